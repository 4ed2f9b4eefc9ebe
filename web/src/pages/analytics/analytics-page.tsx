import { getRouteApi } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useStatus } from '../../api/meetings.ts';
import { useAnalytics } from '../../api/organization.ts';
import type { Analytics } from '../../api/types.ts';
import { personZone, timeLabel } from '../../format/moments.ts';
import { PageHead } from '../../pieces/page-head.tsx';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import classes from './analytics.module.css';
import { AnalyticsFilterBar } from './analytics-filter-bar.tsx';
import { BucketPanel } from './bucket-panel.tsx';
import { CategoryPanel } from './category-panel.tsx';
import { FigureRow } from './figure-row.tsx';
import { type Period, periodOf } from './period.ts';
import { QuietDealsPanel } from './quiet-deals-panel.tsx';

const route = getRouteApi('/analytics');

/** Figures and charts that answer questions; each opens the meetings behind it. */
export function AnalyticsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const period = periodOf(search, new Date());
  const analytics = useAnalytics({ ...period.moments, quietDays: period.quietDays, timeZone: personZone });
  const change = (next: Partial<typeof search>) => void navigate({ search: { ...search, ...next }, replace: true });
  return (
    <>
      <PageHead title="Analytics" about="Every figure opens the meetings that it counts" />
      <AnalyticsFilterBar period={period} onChange={change} />
      {analytics.data ? (
        <div aria-busy={analytics.isPlaceholderData}>
          <Answers analytics={analytics.data} period={period} onCountCascaded={() => change({ cascaded: 'yes' })} />
        </div>
      ) : analytics.isError ? (
        <ProblemNote error={analytics.error} onRetry={() => void analytics.refetch()} />
      ) : (
        <AnalyticsSkeleton />
      )}
    </>
  );
}

type AnswersProps = { analytics: Analytics; period: Period; onCountCascaded: () => void };

function Answers({ analytics, period, onCountCascaded }: AnswersProps) {
  const { areCascadedCounted } = period;
  const common = { areCascadedCounted, onCountCascaded };
  return (
    <>
      <FigureRow analytics={analytics} period={period} />
      <RolesNote />
      <Suspense fallback={<BlockSkeleton height={320} />}>
        <div className={classes.panels}>
          <BucketPanel
            {...common}
            title="When do we meet customers?"
            head="Time"
            name="meetings-over-time"
            buckets={analytics.overTime.map((bucket) => ({ ...bucket, label: timeLabel(bucket.label) }))}
            isTime
          />
          <BucketPanel
            {...common}
            title="Which accounts do we meet most?"
            head="Account"
            name="meetings-by-account"
            buckets={analytics.byAccount}
          />
          <BucketPanel
            {...common}
            title="At which deal stages do we meet?"
            head="Stage"
            name="meetings-by-stage"
            buckets={analytics.byStage}
          />
          <BucketPanel
            {...common}
            title="Who meets customers?"
            head="Owner"
            name="meetings-by-owner"
            buckets={analytics.byOwner}
          />
          <BucketPanel
            {...common}
            title="What kind of meetings are they?"
            head="Activity type"
            name="meetings-by-activity-type"
            buckets={analytics.byActivityType}
          />
        </div>
      </Suspense>
      <div className={classes.panels}>
        <CategoryPanel table={analytics.categoriesByStage} {...common} />
        <QuietDealsPanel deals={analytics.quietDeals} total={analytics.quietDealsTotal} quietDays={period.quietDays} />
      </div>
    </>
  );
}

/** While contact roles load, deal figures may still grow: said, not hidden. */
function RolesNote() {
  const count = useStatus().data?.rolesStillLoading ?? 0;
  if (count === 0) return null;
  return (
    <p role="status" className={classes.rolesNote}>
      Contact roles of some deals are still loading from Zoho. Figures by deal may still grow.
    </p>
  );
}

function AnalyticsSkeleton() {
  return (
    <>
      <BlockSkeleton height={104} />
      <div className={classes.panels} style={{ marginTop: 16 }}>
        <BlockSkeleton height={340} />
        <BlockSkeleton height={340} />
      </div>
    </>
  );
}
