import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { dayInput } from '../../format/moments.ts';
import classes from './analytics.module.css';
import { type AnalyticsSearch, daysBefore, type Period } from './period.ts';

const spans = [
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
  { days: 365, label: 'Last 12 months' },
  { days: 3650, label: 'Last 10 years' },
];

/** The one filter bar of the page; it lives in the address. */
export function AnalyticsFilterBar({ period, onChange }: AnalyticsFilterBarProps) {
  const today = new Date();
  const span = spans.find(
    ({ days }) => period.toDay === dayInput(today) && period.fromDay === dayInput(daysBefore(today, days)),
  );
  return (
    <search className={classes.filters} aria-label="What the figures count">
      <Select
        aria-label="Time span"
        w={160}
        value={span ? String(span.days) : 'own'}
        allowDeselect={false}
        data={[
          ...spans.map(({ days, label }) => ({ value: String(days), label })),
          { value: 'own', label: 'Chosen days', disabled: true },
        ]}
        onChange={(days) => onChange({ from: dayInput(daysBefore(today, Number(days))), to: dayInput(today) })}
      />
      <TextInput
        type="date"
        aria-label="From"
        value={period.fromDay}
        max={period.toDay}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        aria-label="Until"
        value={period.toDay}
        min={period.fromDay}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      <NumberInput
        aria-label="A deal is quiet after so many days"
        title="A deal is quiet after so many days without a meeting"
        w={150}
        min={1}
        max={3650}
        suffix=" days quiet"
        value={period.quietDays}
        onChange={(value) => Number(value) >= 1 && onChange({ quietDays: String(value) })}
      />
      <Switch
        label="Count cascaded links too"
        checked={period.areCascadedCounted}
        onChange={(event) => onChange({ cascaded: event.currentTarget.checked ? 'yes' : undefined })}
      />
    </search>
  );
}

type AnalyticsFilterBarProps = { period: Period; onChange: (search: Partial<AnalyticsSearch>) => void };
