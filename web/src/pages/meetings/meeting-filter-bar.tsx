import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { MeetingFilters } from '../../api/meetings.ts';
import { useRecord } from '../../api/records.ts';
import type { CrmModule, MeetingState } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import { dayInput } from '../../format/moments.ts';
import { moduleWords } from '../../format/words.ts';
import { meetingStateWord } from '../../pieces/meeting-state-chip.tsx';
import classes from './meeting-filter-bar.module.css';

const states: MeetingState[] = ['published', 'waiting', 'held', 'failed', 'notPublished', 'retracted'];

/** Filters of the list; each lives in the address, so a filtered list can be sent to somebody. */
export function MeetingFilterBar({ filters, counts, onChange }: MeetingFilterBarProps) {
  return (
    <search className={classes.bar} aria-label="Filter meetings">
      <StateFilter filters={filters} counts={counts} onChange={onChange} />
      <div className={classes.fields}>
        <TitleFilter filters={filters} onChange={onChange} />
        <DayFilter label="From" name="from" filters={filters} onChange={onChange} />
        <DayFilter label="Until" name="to" filters={filters} onChange={onChange} />
      </div>
      <GivenFilters filters={filters} onChange={onChange} />
    </search>
  );
}

type ChangeProps = { filters: MeetingFilters; onChange: (filters: MeetingFilters) => void };
type MeetingFilterBarProps = ChangeProps & { counts: Record<MeetingState, number> | undefined };

function StateFilter({ filters, counts, onChange }: MeetingFilterBarProps) {
  const total = counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
  const shown = states.filter((state) => state === filters.state || (counts?.[state] ?? 0) > 0);
  const choices: { value: MeetingState | undefined; word: string; count: number | undefined }[] = [
    { value: undefined, word: 'All', count: total },
    ...shown.map((state) => ({ value: state, word: meetingStateWord(state), count: counts?.[state] })),
  ];
  return (
    <fieldset className={classes.states} aria-label="State">
      {choices.map(({ value, word, count }) => (
        <button
          key={word}
          type="button"
          className={classes.state}
          aria-pressed={filters.state === value}
          onClick={() => onChange(without(filters, 'state', value))}
        >
          {word}
          {count !== undefined && <span className={classes.count}>{countText(count)}</span>}
        </button>
      ))}
    </fieldset>
  );
}

function TitleFilter({ filters, onChange }: ChangeProps) {
  const [text, setText] = useState(filters.q ?? '');
  const send = useDebouncedCallback((q: string) => onChange(without(filters, 'q', q || undefined)), 250);
  useEffect(() => {
    if (filters.q === undefined) setText('');
  }, [filters.q]);
  return (
    <TextInput
      className={classes.title}
      aria-label="Words in the title"
      placeholder="Words in the title"
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
}

function DayFilter({ label, name, filters, onChange }: ChangeProps & { label: string; name: 'from' | 'to' }) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      title={label}
      className={classes.day}
      value={shownDay(name, filters[name])}
      onChange={(event) => onChange(without(filters, name, event.currentTarget.value || undefined))}
    />
  );
}

/** The day of a filter that may be a moment; a moment at the end is not included itself. */
function shownDay(name: 'from' | 'to', value: string | undefined): string {
  if (value === undefined || value.length <= 10) return value ?? '';
  return dayInput(new Date(new Date(value).getTime() - (name === 'to' ? 1 : 0)));
}

const givenWords: Partial<Record<keyof MeetingFilters, string>> = {
  activityType: 'Activity type',
  owner: 'Owner',
  smartCategory: 'Smart category',
  stage: 'Deal stage',
};

/** Filters that other pages set (a bar of a chart, a record): named, and each can be taken away. */
function GivenFilters({ filters, onChange }: ChangeProps) {
  const chips: { names: (keyof MeetingFilters)[]; text: string }[] = [];
  for (const name of ['activityType', 'owner', 'smartCategory', 'stage'] as const) {
    const value = filters[name];
    if (value !== undefined)
      chips.push({ names: [name], text: `${givenWords[name]}: ${value === '' ? 'none' : value}` });
  }
  if (filters.links === 'direct') chips.push({ names: ['links'], text: 'Direct links only' });
  const hasRecord = filters.module !== undefined && filters.crmId !== undefined;
  if (chips.length === 0 && !hasRecord) return null;
  const drop = (names: (keyof MeetingFilters)[]) => {
    const next = { ...filters };
    for (const name of names) delete next[name];
    onChange(next);
  };
  return (
    <div className={classes.given}>
      {filters.module !== undefined && filters.crmId !== undefined && (
        <RecordChip module={filters.module} crmId={filters.crmId} onDrop={() => drop(['module', 'crmId'])} />
      )}
      {chips.map(({ names, text }) => (
        <GivenChip key={text} text={text} onDrop={() => drop(names)} />
      ))}
    </div>
  );
}

function RecordChip({ module, crmId, onDrop }: { module: CrmModule; crmId: string; onDrop: () => void }) {
  const record = useRecord(module, crmId);
  return <GivenChip text={`About ${moduleWords[module].one}: ${record.data?.name ?? crmId}`} onDrop={onDrop} />;
}

function GivenChip({ text, onDrop }: { text: string; onDrop: () => void }) {
  return (
    <button type="button" className={classes.chip} onClick={onDrop} title="Take this filter away">
      <bdi>{text}</bdi>
      <IconX size={13} aria-label="take away" />
    </button>
  );
}

function without<Name extends keyof MeetingFilters>(
  filters: MeetingFilters,
  name: Name,
  value: MeetingFilters[Name] | undefined,
): MeetingFilters {
  const { [name]: _old, ...rest } = filters;
  return value === undefined ? rest : { ...rest, [name]: value };
}
