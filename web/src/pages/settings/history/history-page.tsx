import { Button, Progress } from '@mantine/core';
import { IconArrowBackUp, IconHistory, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isMoving, useBackfills } from '../../../api/history.ts';
import { useRights } from '../../../api/session.ts';
import type { Backfill } from '../../../api/types.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import tables from '../../../pieces/data-table.module.css';
import { Moment } from '../../../pieces/moment.tsx';
import { Name } from '../../../pieces/name.tsx';
import { EmptyNote, ProblemNote, RowsSkeleton } from '../../../pieces/page-states.tsx';
import { Pager } from '../../../pieces/pager.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { usePages } from '../../../pieces/use-pages.ts';
import { BackfillChip, nameOf } from './backfill-words.tsx';
import classes from './history.module.css';
import { NewBackfill } from './new-backfill.tsx';
import { UndoSince } from './undo-since.tsx';

const pageSize = 30;

/** Past meetings in, and what was brought to Zoho out again. */
export function HistoryPage() {
  const pages = usePages('backfills');
  const list = useBackfills(pages.cursor, pageSize);
  const [dialog, setDialog] = useState<'new' | 'undo' | null>(null);
  const { canAdminister } = useRights();
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <p className={classes.sentence}>
          Past meetings are brought in as a backfill: first it is worked out what would happen, and nothing goes to Zoho
          before you start it. Live meetings always go first.
        </p>
        {canAdminister && (
          <div className={classes.actions}>
            <Button
              variant="default"
              leftSection={<IconArrowBackUp size={16} aria-hidden />}
              onClick={() => setDialog('undo')}
            >
              Take out of Zoho…
            </Button>
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog('new')}>
              Bring past meetings
            </Button>
          </div>
        )}
      </div>
      <Panel isFlush label="Backfills">
        {list.data === undefined ? (
          list.isError ? (
            <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <RowsSkeleton rows={4} />
          )
        ) : list.data.data.length === 0 ? (
          <EmptyNote icon={<IconHistory size={22} aria-hidden />} title="No past meetings yet">
            {canAdminister
              ? 'Choose files of your recorder’s export, or send them with the command line.'
              : 'An administrator can bring them in.'}
          </EmptyNote>
        ) : (
          <BackfillTable backfills={list.data.data} />
        )}
        {list.data !== undefined && (
          <Pager
            pages={pages}
            shown={list.data.data.length}
            pageSize={pageSize}
            nextCursor={list.data.nextCursor ?? null}
          />
        )}
      </Panel>
      {dialog === 'new' && <NewBackfill onClose={() => setDialog(null)} />}
      {dialog === 'undo' && <UndoSince onClose={() => setDialog(null)} />}
    </div>
  );
}

function BackfillTable({ backfills }: { backfills: Backfill[] }) {
  return (
    <table className={`${tables.table} ${tables.cards}`}>
      <thead>
        <tr>
          <th>Name</th>
          <th style={{ width: '26%' }}>Progress</th>
          <th className={tables.wide} style={{ width: '17%' }}>
            Begun by
          </th>
          <th style={{ width: 130 }}>When</th>
          <th style={{ width: 190 }}>State</th>
        </tr>
      </thead>
      <tbody>
        {backfills.map((backfill) => (
          <tr key={backfill.id}>
            <td>
              <Link
                to="/settings/history/$id"
                params={{ id: backfill.id }}
                className={`quiet-link ${tables.strong}`}
                style={{ minWidth: 0 }}
              >
                <Name>{nameOf(backfill)}</Name>
              </Link>
            </td>
            <td>
              <RowProgress backfill={backfill} />
            </td>
            <td className={tables.wide}>
              <Name>{backfill.createdBy}</Name>
            </td>
            <td>
              <Moment at={backfill.createdAt} />
            </td>
            <td>
              <BackfillChip state={backfill.state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RowProgress({ backfill }: { backfill: Backfill }) {
  const { meetings, done, simulated } = backfill.progress;
  if (backfill.state === 'simulating' && simulated !== null) return <Part done={simulated} all={meetings} />;
  if (isMoving(backfill) || backfill.state === 'paused') return <Part done={done} all={meetings} />;
  // Of an undo that waits, none has begun: what it would take out is counted apart.
  return <span>{countOf(Math.max(meetings, backfill.undo?.meetings ?? 0), 'meeting')}</span>;
}

function Part({ done, all }: { done: number; all: number }) {
  return (
    <span className={classes.part}>
      <Progress value={all === 0 ? 0 : (done / all) * 100} size={6} aria-label="Progress" className={classes.partBar} />
      <span>
        {countText(done)} of {countText(all)}
      </span>
    </span>
  );
}
