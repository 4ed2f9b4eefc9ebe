import { getRouteApi, Link } from '@tanstack/react-router';
import { isMoving, useBackfill } from '../../../api/history.ts';
import type { Backfill } from '../../../api/types.ts';
import { spanText } from '../../../format/load-pace.ts';
import { Moment } from '../../../pieces/moment.tsx';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { FactList } from '../fact-list.tsx';
import { BackfillActions } from './backfill-actions.tsx';
import { BackfillChip, isUndoOfTime, nameOf } from './backfill-words.tsx';
import classes from './history.module.css';
import { ProgressPanel } from './progress-panel.tsx';
import { SimulationPanels } from './simulation-panels.tsx';
import { UndoFigures } from './undo-figures.tsx';

const route = getRouteApi('/settings/history/$id');

/** One backfill or undo: what it will do, how far it is, and what can be done with it. */
export function BackfillPage() {
  const { id } = route.useParams();
  const backfill = useBackfill(id);
  if (backfill.data === undefined) {
    if (backfill.isError) return <ProblemNote error={backfill.error} onRetry={() => void backfill.refetch()} />;
    return <BlockSkeleton height={420} />;
  }
  return <Shown backfill={backfill.data} />;
}

function Shown({ backfill }: { backfill: Backfill }) {
  const hasRun = backfill.startedAt !== null;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div className={classes.headWords}>
          <Link to="/settings/history" className="plain-link" aria-label="Back to all of the history">
            ← History
          </Link>
          <h2 className={classes.title}>
            <bdi>{nameOf(backfill)}</bdi>
          </h2>
          <BackfillChip state={backfill.state} />
        </div>
        <BackfillActions backfill={backfill} />
      </div>
      {(hasRun || isMoving(backfill)) && <ProgressPanel backfill={backfill} />}
      {isUndoOfTime(backfill) && backfill.undo !== null && (
        <Panel title={hasRun ? 'What goes' : 'What would go'} label="What goes">
          <UndoFigures preview={backfill.undo} />
        </Panel>
      )}
      {backfill.simulation !== null && (
        <SimulationPanels simulation={backfill.simulation} hours={backfill.hours} hasRun={hasRun} />
      )}
      {!isUndoOfTime(backfill) && backfill.simulation === null && !isMoving(backfill) && !hasRun && (
        <Panel label="Not worked out yet">
          <p className={classes.plain}>
            Its meetings wait here. Work out what it will do; nothing is written by that and no credit is used.
          </p>
        </Panel>
      )}
      <Panel title="About" label="About">
        <Facts backfill={backfill} />
      </Panel>
    </div>
  );
}

function Facts({ backfill }: { backfill: Backfill }) {
  const { since, createdBy, createdAt, startedAt, finishedAt, hours, simulation } = backfill;
  return (
    <FactList
      facts={[
        { name: 'Since', value: since !== null && <Moment at={since} /> },
        { name: 'Opened by', value: <bdi>{createdBy}</bdi> },
        { name: 'Opened', value: <Moment at={createdAt} /> },
        { name: 'Started', value: startedAt !== null && <Moment at={startedAt} /> },
        { name: 'Finished', value: finishedAt !== null && <Moment at={finishedAt} /> },
        {
          name: 'Takes',
          value: simulation === null && startedAt === null && hours !== null && hours > 0 && spanText(hours * 3600),
        },
      ]}
    />
  );
}
