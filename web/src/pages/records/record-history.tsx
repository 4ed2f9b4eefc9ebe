import { Button } from '@mantine/core';
import { IconArrowBigRight, IconMessageOff, IconRoute } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRecordHistory } from '../../api/records.ts';
import type { CrmModule, HistoryEntry, RecordDetail } from '../../api/types.ts';
import { countOf, countText } from '../../format/amounts.ts';
import { durationText } from '../../format/moments.ts';
import { moduleWords } from '../../format/words.ts';
import { Chip } from '../../pieces/chip.tsx';
import { MeetingStateChip } from '../../pieces/meeting-state-chip.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { EmptyNote, ProblemNote, RowsSkeleton } from '../../pieces/page-states.tsx';
import { Panel } from '../../pieces/panel.tsx';
import classes from './record-page.module.css';

/** The conversations about a record as a time line, newest first. */
export function RecordHistory({ module, record }: { module: CrmModule; record: RecordDetail }) {
  const history = useRecordHistory(module, record.crmId);
  const entries = history.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Panel title="Conversations" label="Conversations" aside={<Counts record={record} />}>
      {history.isPending && <RowsSkeleton rows={4} height={92} />}
      {history.isError && <ProblemNote error={history.error} onRetry={() => void history.refetch()} />}
      {history.data && entries.length === 0 && (
        <EmptyNote icon={<IconMessageOff size={22} aria-hidden />} title="No conversation yet">
          Meetings with this {moduleWords[module].one} appear here by themselves.
        </EmptyNote>
      )}
      <ol className={classes.timeline}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button variant="default" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </Panel>
  );
}

function Counts({ record }: { record: RecordDetail }) {
  const search = { module: record.module, crmId: record.crmId };
  return (
    <>
      <Link to="/meetings" search={{ ...search, links: 'direct' }} className="plain-link">
        {countText(record.meetingsDirect)} direct
      </Link>
      {record.meetingsCascaded > 0 && (
        <Link to="/meetings" search={{ ...search, links: 'all' }} className="plain-link">
          {countText(record.meetingsCascaded)} through others
        </Link>
      )}
    </>
  );
}

/** So many names are shown; the rest is counted. */
const namesAtOnce = 5;

function Entry({ entry }: { entry: HistoryEntry }) {
  const more = entry.people.length - namesAtOnce;
  return (
    <li className={classes.entry} data-direct={entry.origin !== 'cascade' || undefined}>
      <div className={classes.when}>
        <Moment at={entry.startsAt} /> · {durationText(entry.startsAt, entry.endsAt)}
        <Origin entry={entry} />
      </div>
      <Link
        to="/meetings/$externalId"
        params={{ externalId: entry.externalId }}
        className={`quiet-link ${classes.entryTitle}`}
      >
        <bdi>{entry.title}</bdi>
      </Link>
      {entry.people.length > 0 && (
        <div className={classes.people}>
          <bdi>{entry.people.slice(0, namesAtOnce).join(', ')}</bdi>
          {more > 0 && ` and ${countOf(more, 'other')}`}
        </div>
      )}
      {entry.summaryLines !== '' && (
        <p className={classes.lines} dir="auto">
          {entry.summaryLines}
        </p>
      )}
      <div className={classes.tags}>
        {entry.state !== 'published' && <MeetingStateChip meeting={entry} />}
        {entry.smartCategories.map((category) => (
          <Chip key={category} tone="grey">
            <bdi>{category}</bdi>
          </Chip>
        ))}
      </div>
    </li>
  );
}

function Origin({ entry }: { entry: HistoryEntry }) {
  if (entry.origin === 'cascade') {
    return (
      <Chip tone="grey" icon={<IconRoute aria-hidden />}>
        <bdi>{entry.via === null ? 'through others' : `via ${entry.via.replace(/^via /, '')}`}</bdi>
      </Chip>
    );
  }
  const words = { direct: 'direct', manual: 'linked by a person', zoho: 'linked in Zoho' };
  return (
    <Chip tone="accent" icon={<IconArrowBigRight aria-hidden />}>
      {words[entry.origin]}
    </Chip>
  );
}
