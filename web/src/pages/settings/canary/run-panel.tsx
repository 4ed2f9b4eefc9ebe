import { Button } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconClock, IconHandStop, IconMail, IconMinus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useAnswerCanary } from '../../../api/canary.ts';
import type { CanaryReply, CanaryRun, CanaryStep } from '../../../api/types.ts';
import { Moment, Until } from '../../../pieces/moment.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './canary.module.css';
import { replyWords, runWords, stepWords } from './canary-words.ts';

/** One test: its steps with when they were written, what is asked of a person now, and what was answered. */
export function RunPanel({ run, aside }: { run: CanaryRun; aside: ReactNode }) {
  const isRunning = run.state === 'running';
  return (
    <Panel title={`Test: ${runWords[run.state]}`} label="Test" aside={aside} isFlush>
      <div className={classes.about}>
        <span>
          <bdi>{run.mailbox}</bdi>, on events of <bdi>{run.hostName}</bdi>. Started by <bdi>{run.startedBy}</bdi>,{' '}
          <Moment at={run.startedAt} />
          {run.finishedAt !== null && (
            <>
              ; ended <Moment at={run.finishedAt} />
            </>
          )}
          .
        </span>
        {(isRunning || run.state === 'cleaning') && run.dueAt !== null && (
          <span>
            {isRunning ? 'Next write' : 'What it made is removed'}: <Until at={run.dueAt} />.
          </span>
        )}
      </div>
      {run.problem !== null && <p className={classes.problem}>{run.problem}</p>}
      <ol className={classes.list}>
        {run.steps.map((step) => (
          <StepLine key={step.step} step={step} run={run} />
        ))}
      </ol>
    </Panel>
  );
}

function StepLine({ step, run }: { step: CanaryStep; run: CanaryRun }) {
  const isRunning = run.state === 'running';
  const words = stepWords[step.step];
  return (
    <li className={classes.step}>
      <StepIcon step={step} />
      <div className={classes.stepWords}>
        <strong>{words.title}</strong>
        <span className={classes.soft}>
          {words.does} <StepState step={step} run={run} />
        </span>
        {isRunning && step.state === 'ask' && <Ask step={step.step} run={run} />}
      </div>
    </li>
  );
}

function StepIcon({ step: { state, answer } }: { step: CanaryStep }) {
  const size = 17;
  if (state === 'answered') {
    return answer?.answer === 'no' ? (
      <IconCheck size={size} className={classes.good} role="img" aria-label="Passed" />
    ) : (
      <IconMail size={size} className={classes.bad} role="img" aria-label="Mails" />
    );
  }
  if (state === 'ask') return <IconHandStop size={size} className={classes.ask} role="img" aria-label="Asks you" />;
  if (state === 'waiting') return <IconClock size={size} className={classes.wait} role="img" aria-label="Waiting" />;
  if (state === 'later') return <IconCircleDashed size={size} className={classes.soft} role="img" aria-label="Later" />;
  return <IconMinus size={size} className={classes.soft} role="img" aria-label="Not tried" />;
}

function StepState({ step, run }: { step: CanaryStep; run: CanaryRun }) {
  const { state, answer, askAt, writtenAt } = step;
  if (answer !== null) {
    return (
      <>
        {replyWords[answer.answer]}: <bdi>{answer.by}</bdi>, <Moment at={answer.at} />.
      </>
    );
  }
  if (state === 'not_tried') {
    const hasEnded = run.problem !== null || run.state === 'cancelled';
    return hasEnded ? <>Not tried.</> : <>Not tried: what it needs mails already, or there is nobody for it.</>;
  }
  if (run.state !== 'running') return null;
  if (state === 'waiting' && askAt !== null) {
    return (
      <>
        {writtenAt !== null && (
          <>
            Written <Moment at={writtenAt} kind="clock" />.{' '}
          </>
        )}
        You are asked <Until at={askAt} />.
      </>
    );
  }
  return null;
}

const replies: CanaryReply[] = ['no', 'yes', 'not_sure'];

/** What is written last is written to the colleague's event too, if that one passed. */
const following: CanaryStep['step'][] = ['updates', 'notes', 'deletes'];

function Ask({ step, run }: { step: CanaryStep['step']; run: CanaryRun }) {
  const hasColleague = run.steps.some((one) => one.step === 'users' && one.answer?.answer === 'no');
  const answer = useAnswerCanary();
  return (
    <div className={classes.question}>
      <p>
        {step === 'users' ? (
          'Did the user that Zoho is connected with get a mail about this? That is the colleague on it.'
        ) : (
          <>
            Did a mail about this come to <bdi>{run.mailbox}</bdi>
            {hasColleague && following.includes(step) && ', or to the user that Zoho is connected with'}? Look into the
            spam too.
          </>
        )}
      </p>
      <div className={classes.replies}>
        {replies.map((reply) => (
          <Button
            key={reply}
            size="xs"
            variant="default"
            loading={answer.isPending && answer.variables.answer === reply}
            disabled={answer.isPending}
            onClick={() => answer.mutate({ step, answer: reply })}
          >
            {replyWords[reply]}
          </Button>
        ))}
      </div>
      <p className={classes.soft}>Not sure counts as a mail: that kind of write is not used.</p>
    </div>
  );
}
