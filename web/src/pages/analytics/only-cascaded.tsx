import { Button } from '@mantine/core';
import classes from './analytics.module.css';

/** Said in place of an empty chart when all its links come through others. */
export function OnlyCascaded({ onCount }: { onCount: () => void }) {
  return (
    <div className={classes.onlyCascaded}>
      <p className={classes.nothing}>
        No meeting is linked here directly: all of them come through a contact or an account.
      </p>
      <Button size="xs" variant="light" onClick={onCount}>
        Count cascaded links too
      </Button>
    </div>
  );
}
