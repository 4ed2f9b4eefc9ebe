import { Button } from '@mantine/core';
import { IconFilterOff, IconVideo } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type MeetingFilters, useMeetings, useStatus } from '../../api/meetings.ts';
import { countOf } from '../../format/amounts.ts';
import { PageHead } from '../../pieces/page-head.tsx';
import { EmptyNote, ProblemNote, RowsSkeleton } from '../../pieces/page-states.tsx';
import { Pager } from '../../pieces/pager.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { usePages } from '../../pieces/use-pages.ts';
import { MeetingFilterBar } from './meeting-filter-bar.tsx';
import { MeetingTable } from './meeting-table.tsx';

const route = getRouteApi('/meetings');
const pageSize = 50;

/** All meetings, newest first, with what became of each. */
export function MeetingsPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const pages = usePages(`meetings ${JSON.stringify(filters)}`);
  const meetings = useMeetings(filters, pages.cursor, pageSize);
  const status = useStatus();
  const change = (next: MeetingFilters) => void navigate({ search: next, replace: true });
  const total = status.data ? Object.values(status.data.meetings).reduce((sum, count) => sum + count, 0) : null;
  return (
    <>
      <PageHead title="Meetings" about={total === null ? ' ' : `${countOf(total, 'meeting')} in all, newest first`} />
      <MeetingFilterBar filters={filters} counts={status.data?.meetings} onChange={change} />
      <Panel isFlush label="Meetings">
        <MeetingList meetings={meetings} filters={filters} onClear={() => change({})} />
        {meetings.data && (
          <Pager
            pages={pages}
            shown={meetings.data.data.length}
            pageSize={pageSize}
            nextCursor={meetings.data.nextCursor}
          />
        )}
      </Panel>
    </>
  );
}

function MeetingList({ meetings, filters, onClear }: MeetingListProps) {
  if (meetings.data === undefined) {
    if (meetings.isError) return <ProblemNote error={meetings.error} onRetry={() => void meetings.refetch()} />;
    return <RowsSkeleton rows={12} />;
  }
  if (meetings.data.data.length > 0) return <MeetingTable meetings={meetings.data.data} />;
  if (Object.keys(filters).length > 0) {
    return (
      <EmptyNote
        icon={<IconFilterOff size={22} aria-hidden />}
        title="No meeting fits these filters"
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filters
          </Button>
        }
      />
    );
  }
  return (
    <EmptyNote
      icon={<IconVideo size={22} aria-hidden />}
      title="No meeting yet"
      action={
        <Button component={Link} to="/">
          Bring the first one
        </Button>
      }
    >
      Meetings appear here as soon as Salescaling has recorded one and sent it.
    </EmptyNote>
  );
}

type MeetingListProps = {
  meetings: ReturnType<typeof useMeetings>;
  filters: MeetingFilters;
  onClear: () => void;
};
