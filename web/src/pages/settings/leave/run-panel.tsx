import { Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconLoader2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useBringBack, useLeaveStep } from '../../../api/leave.ts';
import type { Leave, LeaveRun, LeaveStep } from '../../../api/types.ts';
import { countOf, countText, decimalText } from '../../../format/amounts.ts';
import { spanText } from '../../../format/load-pace.ts';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { Moment } from '../../../pieces/moment.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import classes from './leave.module.css';

const titles: Record<LeaveRun['phase'], string> = {
  taking_out: 'Leaving: taking out what we wrote',
  closing: 'Leaving: the last steps',
  stopped: 'Leaving is stopped',
  cancelled: 'Leaving was cancelled',
  over: 'Zoho was left',
};

/** How far leaving is, what can be done about it, and in the end what was found. */
export function RunPanel({ run, leave }: { run: LeaveRun; leave: Leave }) {
  const { meetings, done } = run.progress;
  const isOver = run.phase === 'over' || run.phase === 'cancelled';
  return (
    <Panel title={titles[run.phase]} label="Leaving" aside={<Steps run={run} />}>
      <p className={classes.soft}>
        Begun by <bdi>{run.startedBy}</bdi>, <Moment at={run.startedAt} />
        {run.finishedAt !== null && (
          <>
            ; ended <Moment at={run.finishedAt} />
          </>
        )}
        . {keptWords(run)}
      </p>
      {!isOver && (
        <div aria-live="polite" className={classes.progress}>
          <Progress
            value={meetings === 0 ? 100 : (done / meetings) * 100}
            size="lg"
            radius="xl"
            aria-label="Progress"
            {...(run.phase === 'stopped' ? { color: 'gray' } : {})}
          />
          <p className={classes.progressLine}>
            <strong>
              {countText(done)} of {countOf(meetings, 'meeting')}
            </strong>
            <span className={classes.soft}>{paceWords(run)}</span>
          </p>
        </div>
      )}
      {run.fields.length > 0 && (
        <ul className={classes.fields}>
          {run.fields.map((field) => (
            <FieldLine key={field.label} field={field} />
          ))}
        </ul>
      )}
      {run.phase === 'stopped' && (
        <p className={classes.plain}>
          Nothing new is published while leaving is stopped. Go on, or cancel to stay in Zoho after all.
        </p>
      )}
      {run.result !== null && <Result result={run.result} />}
      {isOver && leave.atRest > 0 && <AtRest leave={leave} />}
    </Panel>
  );
}

function keptWords({ choices }: LeaveRun): string {
  const kept = (['events', 'notes', 'ids', 'fields'] as const).filter((kind) => choices[kind] === 'keep');
  if (kept.length === 0) return 'Nothing is kept.';
  return `Kept: ${kept.join(', ')}.`;
}

function paceWords({ phase, progress }: LeaveRun): string {
  if (phase === 'closing') return 'Fields are deleted, and the access is given back.';
  return [
    phase === 'taking_out' && progress.ratePerMinute !== null && `${decimalText(progress.ratePerMinute)} a minute`,
    phase === 'taking_out' &&
      progress.secondsLeft !== null &&
      progress.left > 0 &&
      `${spanText(progress.secondsLeft)} left`,
    progress.creditsNeeded > 0 && `${countOf(progress.creditsNeeded, 'credit')} still needed`,
  ]
    .filter(Boolean)
    .join(' · ');
}

const stepWords: Record<LeaveStep, string> = { stop: 'Stop', resume: 'Go on', cancel: 'Cancel…' };

function Steps({ run }: { run: LeaveRun }) {
  const [isAsking, setAsking] = useState(false);
  const step = useLeaveStep();
  const close = () => setAsking(false);
  return (
    <div className={classes.actions}>
      {run.steps.map((one) => (
        <Button
          key={one}
          size="xs"
          variant={one === 'resume' ? 'filled' : 'default'}
          loading={step.isPending && step.variables === one && !isAsking}
          disabled={step.isPending && step.variables !== one}
          onClick={() => (one === 'cancel' ? setAsking(true) : step.mutate(one))}
        >
          {stepWords[one]}
        </Button>
      ))}
      {isAsking && (
        <ConfirmDialog
          title="Stay in Zoho after all?"
          verb="Cancel leaving"
          isBusy={step.isPending}
          onClose={close}
          onConfirm={() => step.mutate('cancel', { onSettled: close })}
        >
          What has not begun stays in Zoho and goes on as before. What is out stays out until you publish it again.
        </ConfirmDialog>
      )}
    </div>
  );
}

function FieldLine({ field: { label, state, message } }: { field: LeaveRun['fields'][number] }) {
  const icon =
    state === 'done' ? (
      <IconCheck size={16} className={classes.good} role="img" aria-label="Deleted" />
    ) : state === 'failed' ? (
      <IconAlertTriangle size={16} className={classes.bad} role="img" aria-label="Kept by Zoho" />
    ) : state === 'sending' ? (
      <IconLoader2 size={16} className={classes.soft} role="img" aria-label="Being deleted" />
    ) : (
      <IconCircleDashed size={16} className={classes.soft} role="img" aria-label="Waiting" />
    );
  return (
    <li>
      {icon}
      <span>
        Field <bdi>{label}</bdi>
        {message !== null && <span className={classes.soft}> {message}</span>}
      </span>
    </li>
  );
}

function Result({ result }: { result: NonNullable<LeaveRun['result']> }) {
  const parts = [
    result.events > 0 && countOf(result.events, 'event'),
    result.notes > 0 && countOf(result.notes, 'note'),
    result.ids > 0 && countOf(result.ids, 'id'),
  ].filter(Boolean);
  return (
    <>
      <p className={classes.plain}>
        {parts.length === 0
          ? 'At the end nothing of ours was left in Zoho.'
          : `At the end ${parts.join(', ')} of ours stood in Zoho.`}
        {result.idsSeen !== null && ` Zoho listed ${countOf(result.idsSeen, 'event')} with our id.`}
      </p>
      {result.problems.map((problem) => (
        <p key={problem} className={classes.problem}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{problem}</span>
        </p>
      ))}
    </>
  );
}

/** What was taken out can be published again, once Zoho is connected. */
function AtRest({ leave }: { leave: Leave }) {
  const bring = useBringBack();
  const isConnected = leave.connection === 'connected';
  return (
    <div className={classes.consent}>
      <p>
        <Link to="/meetings" search={{ state: 'notPublished' }} className="quiet-link">
          {countOf(leave.atRest, 'meeting')}
        </Link>{' '}
        {leave.atRest === 1 ? 'rests' : 'rest'} here since then.{' '}
        {isConnected
          ? 'Bringing them back publishes them as new; what still stands in Zoho is not written twice.'
          : 'Connect Zoho again to publish new meetings, and these too if you want.'}
      </p>
      {isConnected ? (
        <Button
          variant="default"
          loading={bring.isPending}
          onClick={() => bring.mutate(null, { onSuccess: () => showDone('They are being published again.') })}
        >
          Bring {leave.atRest === 1 ? 'it' : 'them'} back
        </Button>
      ) : (
        <Button variant="default" component={Link} to="/settings/integrations">
          Connect Zoho again
        </Button>
      )}
    </div>
  );
}
