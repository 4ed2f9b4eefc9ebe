import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useNavigate } from '@tanstack/react-router';
import type { Bucket } from '../../api/types.ts';
import { filtersOf } from './meetings-link.tsx';

/** Bars that still can be told apart; the table and the CSV have the rest. */
const barsAtOnce = { time: 180, names: 10 };

/** Meetings as bars, direct and cascaded apart; a bar opens its meetings. */
export function BucketChart({ buckets, areCascadedCounted, isTime }: BucketChartProps) {
  const navigate = useNavigate();
  const shown = isTime ? buckets.slice(-barsAtOnce.time) : buckets.slice(0, barsAtOnce.names);
  const links = areCascadedCounted ? 'all' : 'direct';
  const open = (label: unknown) => {
    const bucket = shown.find((item) => item.label === label);
    if (bucket) void navigate({ to: '/meetings', search: filtersOf(bucket.query, links) });
  };
  return (
    <div role="img" aria-label="The table beside has the same figures" style={{ minWidth: 0 }}>
      <BarChart
        h={isTime ? 250 : Math.max(150, shown.length * 30 + 40)}
        data={shown.map(({ label, direct, cascaded }) => ({ label, direct, cascaded }))}
        dataKey="label"
        type="stacked"
        orientation={isTime ? 'horizontal' : 'vertical'}
        series={[
          { name: 'direct', label: 'Direct', color: 'indigo.5' },
          ...(areCascadedCounted ? [{ name: 'cascaded', label: 'Cascaded', color: 'indigo.2' }] : []),
        ]}
        withLegend={areCascadedCounted}
        gridAxis={isTime ? 'y' : 'x'}
        tickLine="none"
        maxBarWidth={isTime ? 34 : 18}
        xAxisProps={{ allowDecimals: false }}
        yAxisProps={isTime ? { allowDecimals: false, width: 36 } : { width: 128, tickFormatter: shortLabel }}
        barProps={{
          cursor: 'pointer',
          isAnimationActive: false,
          radius: 3,
          onClick: (bar: { payload?: { label?: unknown } }) => open(bar.payload?.label),
        }}
      />
    </div>
  );
}

type BucketChartProps = { buckets: Bucket[]; areCascadedCounted: boolean; isTime: boolean };

const shortLabel = (label: unknown) => {
  const letters = [...String(label)];
  return letters.length > 17 ? `${letters.slice(0, 16).join('')}…` : String(label);
};
