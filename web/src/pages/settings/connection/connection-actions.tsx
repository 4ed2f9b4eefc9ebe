import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useConnect, useDisconnect } from '../../../api/connection.ts';
import { useRights } from '../../../api/session.ts';
import type { ZohoCard } from '../../../api/types.ts';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { showDone, showProblem } from '../../../pieces/show-message.tsx';
import classes from '../integrations.module.css';

/** What an administrator can do with the connection. */
export function ConnectionActions({ card, isOnOwnPage = false }: { card: ZohoCard; isOnOwnPage?: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const connect = useConnect();
  const { canAdminister } = useRights();
  const isConnected = card.state === 'connected';
  const isKnown = isConnected || card.state === 'needs_reauth';
  const place = isOnOwnPage ? classes.pageActions : classes.actions;
  if (!canAdminister) {
    return (
      <div className={place}>
        {isKnown && !isOnOwnPage && <OpenButton />}
        <span className={classes.soft}>Only an administrator can connect or disconnect.</span>
      </div>
    );
  }
  return (
    <div className={place}>
      {isConnected && !isOnOwnPage && <OpenButton />}
      <Button variant={isConnected ? 'default' : 'filled'} loading={connect.isPending} onClick={() => connect.mutate()}>
        {isKnown ? 'Reconnect' : 'Connect'}
      </Button>
      {card.state === 'needs_reauth' && !isOnOwnPage && <OpenButton />}
      {!isOnOwnPage && (
        <Button variant="default" component={Link} to="/settings/policy">
          Settings
        </Button>
      )}
      {isKnown && (
        <Button variant="subtle" color="red" c="var(--state-red)" onClick={() => setAsking(true)}>
          Disconnect…
        </Button>
      )}
      {isAsking && <DisconnectDialog onClose={() => setAsking(false)} />}
    </div>
  );
}

function OpenButton() {
  return (
    <Button variant="default" component={Link} to="/settings/integrations/zoho" hash="permissions">
      Permissions
    </Button>
  );
}

function DisconnectDialog({ onClose }: { onClose: () => void }) {
  const disconnect = useDisconnect();
  return (
    <ConfirmDialog
      title="Disconnect Zoho CRM?"
      verb="Disconnect"
      isBusy={disconnect.isPending}
      onClose={onClose}
      onConfirm={() =>
        disconnect.mutate(undefined, {
          onSuccess: ({ problem }) =>
            problem === null ? showDone('Zoho CRM is disconnected.') : showProblem(new Error(problem)),
          onSettled: onClose,
        })
      }
    >
      Our access is revoked at Zoho and nothing more is read or written. What was published stays in Zoho, the history
      stays here, and new meetings wait until you connect again.{' '}
      <Link to="/settings/integrations/zoho/leave" className="plain-link" onClick={onClose}>
        Take out what we wrote and leave
      </Link>
    </ConfirmDialog>
  );
}
