import { IconCircleCheck, IconCircleX, IconShieldLock } from '@tabler/icons-react';
import type { Canary, CanaryStep } from '../../../api/types.ts';
import { Moment } from '../../../pieces/moment.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './canary.module.css';
import { replyWords, useWords } from './canary-words.ts';

const order: CanaryStep['step'][] = ['contacts', 'emails', 'contactOfEvent', 'users', 'updates', 'notes', 'deletes'];

/** What is written since the last finished test, each with the answer and the date that it rests on. */
export function ModesPanel({ canary }: { canary: Canary }) {
  const { modes, decidedBy } = canary;
  if (modes === null) {
    if (!canary.safeMode) return null;
    return (
      <Panel title="What is written now" label="What is written now">
        <p className={classes.safe}>
          <IconShieldLock size={18} aria-hidden />
          <span>
            <strong>Safe mode is on</strong> until a test is finished: events show nobody, everybody is named in the
            description, and contacts get the note.
          </span>
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="What is written now" label="What is written now">
      <ul className={classes.modes}>
        {order.map((step) => {
          const answer = decidedBy?.steps.find((one) => one.step === step)?.answer ?? null;
          return (
            <li key={step}>
              {modes[step] ? (
                <IconCircleCheck size={17} className={classes.good} role="img" aria-label="Used" />
              ) : (
                <IconCircleX size={17} className={classes.bad} role="img" aria-label="Not used" />
              )}
              <span>
                {useWords[step]}
                {!modes[step] && <strong> — off</strong>}
                {answer !== null && (
                  <span className={classes.soft}>
                    {' '}
                    {replyWords[answer.answer]}, <Moment at={answer.at} kind="day" />, <bdi>{answer.by}</bdi>
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
