import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MeetingRow, ZohoCard } from '../../api/types.ts';
import { PageHead } from '../../pieces/page-head.tsx';
import { BringStep } from './bring-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import classes from './first-run.module.css';
import { SeeStep } from './see-step.tsx';

/** Three steps on one page: connect, bring a meeting, see it in Zoho. */
export function FirstRun({ card, meeting }: { card: ZohoCard; meeting: MeetingRow | null }) {
  const isConnected = card.state === 'connected';
  return (
    <div className={classes.page}>
      <PageHead
        title="Welcome"
        about="Three steps, and your meetings appear in Zoho CRM by themselves."
        {...(meeting && isConnected
          ? {
              actions: (
                <Button variant="default" component={Link} to="/meetings">
                  To the meetings
                </Button>
              ),
            }
          : {})}
      />
      <ol className={classes.steps}>
        <Step number={1} title="Connect" isDone={isConnected} isNext={!isConnected}>
          <ConnectStep card={card} />
        </Step>
        <Step number={2} title="Bring a meeting" isDone={meeting !== null} isNext={isConnected && meeting === null}>
          <BringStep isReady={isConnected} />
        </Step>
        <Step
          number={3}
          title="See it in Zoho"
          isDone={meeting?.state === 'published'}
          isNext={isConnected && meeting !== null}
        >
          <SeeStep meeting={meeting} />
        </Step>
      </ol>
    </div>
  );
}

type StepProps = { number: number; title: string; isDone: boolean; isNext: boolean; children: ReactNode };

function Step({ number, title, isDone, isNext, children }: StepProps) {
  return (
    <li className={classes.step} data-next={isNext || undefined} aria-current={isNext ? 'step' : undefined}>
      <span className={classes.number} data-done={isDone || undefined}>
        {isDone ? <IconCheck size={17} role="img" aria-label="Done" /> : number}
      </span>
      <div className={classes.stepBody}>
        <h2 className={classes.stepTitle}>{title}</h2>
        {children}
      </div>
    </li>
  );
}
