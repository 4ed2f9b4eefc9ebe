import { Button } from '@mantine/core';
import { IconPlug } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCanary, useCancelCanary } from '../../../api/canary.ts';
import { useZohoCard } from '../../../api/connection.ts';
import { useRights } from '../../../api/session.ts';
import type { Canary } from '../../../api/types.ts';
import { BlockSkeleton, EmptyNote, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './canary.module.css';
import { ModesPanel } from './modes-panel.tsx';
import { RunPanel } from './run-panel.tsx';
import { StartPanel } from './start-panel.tsx';

/** Tries out with an outside mailbox whether this Zoho org mails people, and shows what may be written since. */
export function CanaryPage() {
  const { canAdminister } = useRights();
  const canary = useCanary(canAdminister);
  const card = useZohoCard();
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Link to="/settings/integrations/zoho" className="plain-link">
          ← Zoho CRM
        </Link>
        <h2 className={classes.title}>Does Zoho mail anybody?</h2>
      </div>
      <p className={classes.sentence}>
        Workflows and calendars of an org may mail guests when an event is written. It is tried out here with a mailbox
        of yours: what mails nobody is used from then on, what mails is never used.
      </p>
      {!canAdminister ? (
        <Panel label="For administrators">
          <EmptyNote title="Only an administrator can try this out" />
        </Panel>
      ) : canary.data !== undefined ? (
        <Known canary={canary.data} isConnected={card.data?.state === 'connected'} />
      ) : canary.isError ? (
        <ProblemNote error={canary.error} onRetry={() => void canary.refetch()} />
      ) : (
        <BlockSkeleton height={360} />
      )}
    </div>
  );
}

function Known({ canary, isConnected }: { canary: Canary; isConnected: boolean }) {
  const [isAgain, setAgain] = useState(false);
  const run = canary.run;
  const isUnderWay = run !== null && (run.state === 'running' || run.state === 'cleaning');
  if (!isConnected && run === null) {
    return (
      <Panel label="Not connected">
        <EmptyNote
          icon={<IconPlug size={22} aria-hidden />}
          title="Zoho CRM is not connected"
          action={
            <Button component={Link} to="/settings/integrations">
              To the integrations
            </Button>
          }
        />
      </Panel>
    );
  }
  return (
    <>
      {isUnderWay && <RunPanel run={run} aside={run.state === 'running' && <Cancel />} />}
      {!isUnderWay && (run === null || isAgain) && <StartPanel canary={canary} onStarted={() => setAgain(false)} />}
      <ModesPanel canary={canary} />
      {!isUnderWay && run !== null && (
        <RunPanel
          run={run}
          aside={
            !isAgain && (
              <Button size="xs" variant="default" onClick={() => setAgain(true)}>
                Try again
              </Button>
            )
          }
        />
      )}
    </>
  );
}

function Cancel() {
  const cancel = useCancelCanary();
  return (
    <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(null)}>
      Stop the test
    </Button>
  );
}
