import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Session } from '../api/types.ts';
import classes from './stop-banner.module.css';

/** A banner for what stops work, and for nothing else. */
export function StopBanner({ session, isUnreachable }: { session: Session | undefined; isUnreachable: boolean }) {
  if (isUnreachable) {
    return (
      <Banner icon={<IconPlugConnectedX size={18} aria-hidden />}>
        <strong>The product does not answer.</strong> What you see is the last known state. This page tries again by
        itself.
      </Banner>
    );
  }
  if (session?.connection.state === 'needs_reauth') {
    return (
      <Banner
        icon={<IconAlertTriangle size={18} aria-hidden />}
        action={
          <Button size="xs" color="red" variant="filled" component={Link} to="/settings/integrations">
            Reconnect
          </Button>
        }
      >
        <strong>Zoho no longer accepts our access.</strong> Nothing is lost: what could not be written waits.
      </Banner>
    );
  }
  return null;
}

function Banner({ icon, children, action }: { icon: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <div role="alert" className={classes.banner}>
      {icon}
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  );
}
