import { Button } from '@mantine/core';
import { useStartDrift } from '../../../api/drift.ts';
import { useRights, useSession } from '../../../api/session.ts';
import type { Drift } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import classes from './comparison.module.css';

/** Starts a comparison; what it costs is said before. */
export function CheckNow({ drift }: { drift: Drift }) {
  const start = useStartDrift();
  const { canDecide } = useRights();
  const isConnected = useSession().data?.connection.state === 'connected';
  const { meetings, credits } = drift.estimate;
  const isRunning = drift.check?.state === 'running';
  const cost = meetings === 0 ? 'Nothing is in Zoho yet' : `about ${countOf(credits, 'credit')}`;
  const aside = isConnected ? cost : 'Reconnect first';
  if (!canDecide) return null;
  return (
    <span className={classes.checkNow}>
      <span className={classes.soft}>{aside}</span>
      <Button
        size="xs"
        variant="default"
        disabled={meetings === 0 || !isConnected}
        loading={start.isPending || isRunning}
        title={`Compares ${countOf(meetings, 'meeting')} with Zoho: about ${countOf(credits, 'credit')}, and one more for each event that was changed there`}
        onClick={() => start.mutate()}
      >
        Check now
      </Button>
    </span>
  );
}
