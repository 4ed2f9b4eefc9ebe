import { Progress } from '@mantine/core';
import type { Backfill } from '../../../api/types.ts';
import { countOf, countText, decimalText } from '../../../format/amounts.ts';
import { spanText } from '../../../format/load-pace.ts';
import { Panel } from '../../../pieces/panel.tsx';
import { FactList } from '../fact-list.tsx';
import classes from './history.module.css';

/** How far it is, how fast it goes, how long the rest takes and what it costs. */
export function ProgressPanel({ backfill }: { backfill: Backfill }) {
  const { progress, state } = backfill;
  const isSimulating = state === 'simulating';
  const done = isSimulating ? (progress.simulated ?? 0) : progress.done;
  return (
    <Panel title="Progress" label="Progress">
      <div aria-live="polite">
        <Progress
          value={progress.meetings === 0 ? 0 : (done / progress.meetings) * 100}
          size="lg"
          radius="xl"
          aria-label="Progress"
          {...(state === 'paused' || state === 'cancelled' ? { color: 'gray' } : {})}
        />
        <p className={classes.progressLine}>
          <strong>
            {countText(done)} of {countOf(progress.meetings, 'meeting')}
          </strong>
          {isSimulating && <span className={classes.soft}>worked out; nothing is written</span>}
          {!isSimulating && <Pace backfill={backfill} />}
        </p>
      </div>
      {!isSimulating && <Outcome backfill={backfill} />}
    </Panel>
  );
}

function Pace({ backfill: { progress, state, hours } }: { backfill: Backfill }) {
  if (state !== 'running' && state !== 'undoing') return null;
  const left = progress.secondsLeft ?? (hours === null ? null : hours * 3600);
  return (
    <span className={classes.soft}>
      {[
        progress.ratePerMinute !== null && `${decimalText(progress.ratePerMinute)} a minute`,
        progress.left > 0 && left !== null && `${spanText(left)} left`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </span>
  );
}

function Outcome({ backfill: { progress } }: { backfill: Backfill }) {
  const counted = (value: number) => value > 0 && countText(value);
  return (
    <FactList
      facts={[
        { name: 'Published', value: counted(progress.published) },
        { name: 'Verified', value: counted(progress.verified) },
        { name: 'Needs you', value: counted(progress.held) },
        { name: 'Not published', value: counted(progress.notPublished) },
        { name: 'Failed', value: counted(progress.failed) },
        { name: 'Taken out', value: counted(progress.undone) },
        { name: 'Events written', value: counted(progress.eventsWritten) },
        { name: 'Notes written', value: counted(progress.notesWritten) },
        {
          name: 'API credits',
          value: `${countText(progress.creditsUsed)} used${progress.creditsNeeded > 0 ? `, ${countText(progress.creditsNeeded)} still needed` : ''}`,
        },
      ]}
    />
  );
}
