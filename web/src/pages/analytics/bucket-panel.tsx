import { lazy } from 'react';
import type { Bucket } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import tables from '../../pieces/data-table.module.css';
import { Name } from '../../pieces/name.tsx';
import { Panel } from '../../pieces/panel.tsx';
import classes from './analytics.module.css';
import { CsvButton } from './csv-button.tsx';
import { MeetingsLink } from './meetings-link.tsx';
import { OnlyCascaded } from './only-cascaded.tsx';

const BucketChart = lazy(async () => ({ default: (await import('./bucket-chart.tsx')).BucketChart }));

/** The table shows so many rows; the CSV has all of them. */
const rowsAtOnce = 12;

/** A question with its chart, and the same figures as a table beside it. */
export function BucketPanel(props: BucketPanelProps) {
  const { title, head, name, buckets, areCascadedCounted, onCountCascaded, isTime = false } = props;
  return (
    <div id={name} className={isTime ? classes.wide : undefined}>
      <Panel
        title={title}
        label={title}
        aside={
          <CsvButton
            name={name}
            header={[head, 'Direct', 'Cascaded']}
            rows={buckets.map(({ label, direct, cascaded }) => [label, direct, cascaded])}
          />
        }
      >
        {buckets.every(({ direct, cascaded }) => direct + cascaded === 0) ? (
          <p className={classes.nothing}>No meeting in this time.</p>
        ) : isHidden(buckets, areCascadedCounted) ? (
          <OnlyCascaded onCount={onCountCascaded} />
        ) : (
          <div className={classes.pair}>
            <BucketChart buckets={buckets} areCascadedCounted={areCascadedCounted} isTime={isTime} />
            <BucketTable
              head={head}
              buckets={isTime ? newestFirst(buckets) : buckets}
              areCascadedCounted={areCascadedCounted}
            />
          </div>
        )}
      </Panel>
    </div>
  );
}

type BucketPanelProps = {
  title: string;
  head: string;
  name: string;
  buckets: Bucket[];
  areCascadedCounted: boolean;
  onCountCascaded: () => void;
  isTime?: boolean;
};

/** True when every meeting here is linked through others only, and those are not counted now. */
const isHidden = (buckets: Bucket[], areCascadedCounted: boolean) =>
  !areCascadedCounted && buckets.every(({ direct }) => direct === 0) && buckets.some(({ cascaded }) => cascaded > 0);

/** Times with a meeting, the newest first. */
const newestFirst = (buckets: Bucket[]) => buckets.filter(({ direct, cascaded }) => direct + cascaded > 0).reverse();

function BucketTable({
  head,
  buckets,
  areCascadedCounted,
}: Pick<BucketPanelProps, 'head' | 'buckets' | 'areCascadedCounted'>) {
  const rest = buckets.length - rowsAtOnce;
  return (
    <div className={classes.tableBox}>
      <table className={`${tables.table} ${tables.compact}`}>
        <thead>
          <tr>
            <th>{head}</th>
            <th className={tables.number} style={{ width: 76 }}>
              Direct
            </th>
            {areCascadedCounted && (
              <th className={tables.number} style={{ width: 92 }}>
                Cascaded
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {buckets.slice(0, rowsAtOnce).map((bucket) => (
            <tr key={bucket.key}>
              <td>
                <Name>{bucket.label}</Name>
              </td>
              <td className={tables.number}>
                <MeetingsLink query={bucket.query} links="direct">
                  {countText(bucket.direct)}
                </MeetingsLink>
              </td>
              {areCascadedCounted && (
                <td className={tables.number}>
                  <MeetingsLink query={bucket.query} links="all">
                    {countText(bucket.cascaded)}
                  </MeetingsLink>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && <p className={classes.rest}>and {countText(rest)} more in the CSV</p>}
    </div>
  );
}
