import { Button } from '@mantine/core';
import { IconPlug } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLeave } from '../../../api/leave.ts';
import { useRights } from '../../../api/session.ts';
import type { Leave, LeaveChoices } from '../../../api/types.ts';
import { BlockSkeleton, EmptyNote, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { ChoicesPanel } from './choices-panel.tsx';
import classes from './leave.module.css';
import { PricePanel } from './price-panel.tsx';
import { RunPanel } from './run-panel.tsx';
import { WrittenPanel } from './written-panel.tsx';

/** Everything goes but the fields, which reports in Zoho may use. */
const USUAL: LeaveChoices = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'keep' };

/** The way out: what is ours in Zoho, what becomes of it, what that costs, and how far it is. */
export function LeavePage() {
  const [choices, setChoices] = useState(USUAL);
  const { canAdminister } = useRights();
  const leave = useLeave(choices, canAdminister);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Link to="/settings/integrations/zoho" className="plain-link">
          ← Zoho CRM
        </Link>
        <h2 className={classes.title}>Leaving Zoho CRM</h2>
      </div>
      <p className={classes.sentence}>
        Takes out of Zoho what we wrote there, as you choose, and then ends the connection. Your meetings, their links
        and their history stay here.
      </p>
      {!canAdminister ? (
        <Panel label="For administrators">
          <EmptyNote title="Only an administrator can leave Zoho" />
        </Panel>
      ) : leave.data !== undefined ? (
        <Known leave={leave.data} choices={choices} onChoose={setChoices} isFresh={!leave.isPlaceholderData} />
      ) : leave.isError ? (
        <ProblemNote error={leave.error} onRetry={() => void leave.refetch()} />
      ) : (
        <>
          <BlockSkeleton height={190} />
          <BlockSkeleton height={330} />
        </>
      )}
    </div>
  );
}

type KnownProps = {
  leave: Leave;
  choices: LeaveChoices;
  onChoose: (choices: LeaveChoices) => void;
  /** False: the numbers are still those of other choices. */
  isFresh: boolean;
};

function Known({ leave, choices, onChoose, isFresh }: KnownProps) {
  const { connection, run, written } = leave;
  if (connection === 'none' || written === null) return <NeverConnected />;
  const isOpen = run !== null && ['taking_out', 'closing', 'stopped'].includes(run.phase);
  const mayChoose = !isOpen && connection === 'connected';
  // What waits for a word, or explains why nothing is connected, comes before what could be done next.
  const isFirst = isOpen || (run?.phase === 'over' && (connection !== 'connected' || leave.atRest > 0));
  return (
    <>
      {isFirst && run !== null && <RunPanel run={run} leave={leave} />}
      {!isOpen && connection !== 'connected' && <NotConnected connection={connection} isOver={run?.phase === 'over'} />}
      <WrittenPanel written={written} />
      {mayChoose && (
        <>
          <ChoicesPanel leave={leave} written={written} choices={choices} onChoose={onChoose} />
          <PricePanel leave={leave} choices={choices} isFresh={isFresh} />
        </>
      )}
      {!isFirst && run !== null && <RunPanel run={run} leave={leave} />}
    </>
  );
}

function ToIntegrations({ word }: { word: string }) {
  return (
    <Button component={Link} to="/settings/integrations" variant="default">
      {word}
    </Button>
  );
}

function NeverConnected() {
  return (
    <Panel label="Not connected">
      <EmptyNote
        icon={<IconPlug size={22} aria-hidden />}
        title="Zoho CRM was never connected"
        action={<ToIntegrations word="To the integrations" />}
      >
        There is nothing of ours in Zoho.
      </EmptyNote>
    </Panel>
  );
}

function NotConnected({ connection, isOver }: { connection: Leave['connection']; isOver: boolean }) {
  if (isOver) return null;
  const isBroken = connection === 'needs_reauth';
  return (
    <Panel label="Not connected">
      <EmptyNote
        icon={<IconPlug size={22} aria-hidden />}
        title={isBroken ? 'Zoho no longer accepts our access' : 'Zoho CRM is not connected'}
        action={<ToIntegrations word={isBroken ? 'Reconnect' : 'Connect'} />}
      >
        Taking out what we wrote needs the connection once more.
      </EmptyNote>
    </Panel>
  );
}
