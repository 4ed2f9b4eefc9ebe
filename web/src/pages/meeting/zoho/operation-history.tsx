import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconClock,
  IconHelpCircle,
  IconLoader2,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { useOperations } from '../../../api/meetings.ts';
import type { Operation } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Moment } from '../../../pieces/moment.tsx';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './zoho.module.css';

const looks: Record<Operation['state'], { tone: string; word: string; icon: ReactNode }> = {
  planned: { tone: 'blue', word: 'Waiting', icon: <IconClock size={16} aria-hidden /> },
  sending: { tone: 'blue', word: 'On its way', icon: <IconLoader2 size={16} aria-hidden /> },
  done: { tone: 'green', word: 'Done', icon: <IconCircleCheck size={16} aria-hidden /> },
  failed: { tone: 'red', word: 'Failed', icon: <IconAlertTriangle size={16} aria-hidden /> },
  unknown: { tone: 'amber', word: 'Unclear, being looked up in Zoho', icon: <IconHelpCircle size={16} aria-hidden /> },
  superseded: { tone: 'grey', word: 'Replaced by a newer change', icon: <IconArrowBackUp size={16} aria-hidden /> },
};

/** So many writes are listed at once. */
const atOnce = 5;

/** Every write that was planned for this meeting, and what became of it. */
export function OperationHistory({ operations }: { operations: ReturnType<typeof useOperations> }) {
  const [isWhole, setWhole] = useState(false);
  const rows = operations.data?.data ?? [];
  return (
    <Panel
      title="History"
      label="History of writes"
      {...(rows.length > 0 ? { aside: countOf(rows.length, 'write') } : {})}
    >
      {operations.isPending && <BlockSkeleton height={80} />}
      {operations.isError && <ProblemNote error={operations.error} onRetry={() => void operations.refetch()} />}
      {operations.data && rows.length === 0 && <span className={classes.soft}>Nothing was written to Zoho yet.</span>}
      <ul className={classes.history}>
        {(isWhole ? rows : rows.slice(0, atOnce)).map((operation) => (
          <OperationLine key={operation.id} operation={operation} />
        ))}
      </ul>
      {rows.length > atOnce && (
        <button
          type="button"
          className={classes.linkButton}
          onClick={() => setWhole(!isWhole)}
          style={{ marginTop: 10 }}
        >
          {isWhole ? 'Show fewer' : `All ${countOf(rows.length, 'write')}`}
        </button>
      )}
    </Panel>
  );
}

function OperationLine({ operation }: { operation: Operation }) {
  const look = looks[operation.state];
  return (
    <li className={classes.historyItem} data-tone={look.tone}>
      {look.icon}
      <span className={classes.historyWords}>
        <bdi>{operation.label}</bdi>
        <span className={classes.soft} style={{ display: 'block' }}>
          {look.word} · <Moment at={operation.finishedAt ?? operation.plannedAt} />
          {operation.attempts > 1 && ` · ${operation.attempts} attempts`}
        </span>
        {operation.error && (
          <span style={{ display: 'block', color: 'var(--state-red)' }}>
            {operation.error.message} <span className={classes.soft}>({operation.error.code})</span>
          </span>
        )}
      </span>
    </li>
  );
}
