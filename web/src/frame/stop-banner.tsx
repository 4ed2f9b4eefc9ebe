import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Session } from '../api/types.ts';
import { showDone } from '../pieces/show-message.tsx';
import classes from './stop-banner.module.css';

/** A banner for what stops work, and for nothing else. */
export function StopBanner({ session, isUnreachable }: { session: Session | undefined; isUnreachable: boolean }) {
  useRecoveryMessage(session?.connection.state);
  if (isUnreachable) {
    return (
      <Banner icon={<IconPlugConnectedX size={18} aria-hidden />}>
        <strong>The product does not answer.</strong> What you see is the last known state. This page tries again by
        itself.
      </Banner>
    );
  }
  if (session?.connection.state === 'needs_reauth') {
    const canReconnect = session.role === 'admin' || session.role === 'owner';
    return (
      <Banner
        icon={<IconAlertTriangle size={18} aria-hidden />}
        action={
          canReconnect && (
            <Button size="xs" color="red" variant="filled" component={Link} to="/settings/integrations/zoho">
              Reconnect
            </Button>
          )
        }
      >
        <strong>Zoho no longer accepts our access.</strong> Nothing is lost: what could not be written waits.
        {!canReconnect && ' Ask an administrator to reconnect.'}
      </Banner>
    );
  }
  return null;
}

/** Whoever saw the banner is told when it is over. */
function useRecoveryMessage(state: Session['connection']['state'] | undefined) {
  const last = useRef(state);
  useEffect(() => {
    if (last.current === 'needs_reauth' && state === 'connected') {
      showDone('Zoho accepts us again. What waited is being written now.');
    }
    if (state !== undefined) last.current = state;
  }, [state]);
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
