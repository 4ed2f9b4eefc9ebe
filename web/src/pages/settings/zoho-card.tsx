import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isBusy, useConnect, useDisconnect } from '../../api/connection.ts';
import { useRights, useSession } from '../../api/session.ts';
import type { ZohoCard } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { ConnectionStateChip } from '../../frame/connection-chip.tsx';
import { ConfirmDialog } from '../../pieces/confirm-dialog.tsx';
import { Ago, Moment } from '../../pieces/moment.tsx';
import { showDone } from '../../pieces/show-message.tsx';
import { CreditsBar } from './credits-bar.tsx';
import { FactList } from './fact-list.tsx';
import classes from './integrations.module.css';

/** The Zoho card: what it is, how it stands, and what to do about it. */
export function ZohoCardBox({ card }: { card: ZohoCard }) {
  return (
    <section className={classes.card} aria-label="Zoho CRM">
      <header className={classes.cardHead}>
        <h2 className={classes.wordmark}>Zoho CRM</h2>
        <ConnectionStateChip state={card.state} />
      </header>
      <p className={classes.sentence}>
        Every processed meeting appears on its contacts, accounts and deals, with summary, notes and participants.
      </p>
      {card.provider === 'sandbox' && <SandboxNote />}
      {card.problem !== null && (
        <p className={classes.problem}>
          <IconAlertTriangle size={16} aria-hidden />
          <span>{card.problem}</span>
        </p>
      )}
      {(card.state === 'connected' || card.state === 'needs_reauth') && <ConnectedFacts card={card} />}
      {card.state === 'disconnected' && (
        <p className={classes.soft}>Disconnected. Your history stays; connect again to go on where it stopped.</p>
      )}
      <CardActions card={card} />
    </section>
  );
}

function SandboxNote() {
  const address = useSession().data?.sandboxUrl ?? null;
  return (
    <p className={classes.sandbox}>
      <IconFlask size={16} aria-hidden />
      <span>
        This is the <strong>sandbox</strong>: a Zoho CRM on this machine. To connect a real one, set{' '}
        <code>ZOHO_CLIENT_ID</code> and <code>ZOHO_CLIENT_SECRET</code> and start again.{' '}
        {address !== null && (
          <a className="plain-link" href={address} target="_blank" rel="noreferrer">
            Open the sandbox
          </a>
        )}
      </span>
    </p>
  );
}

const dataCentres: Record<string, string> = {
  us: 'United States',
  eu: 'Europe',
  in: 'India',
  au: 'Australia',
  jp: 'Japan',
  ca: 'Canada',
  cn: 'China',
  sa: 'Saudi Arabia',
  uk: 'United Kingdom',
  ae: 'United Arab Emirates',
};

const environments = { production: 'Production', sandbox: 'Zoho sandbox', developer: 'Developer' };

function ConnectedFacts({ card }: { card: ZohoCard }) {
  return (
    <>
      <FactList
        facts={[
          { name: 'Organization', value: card.orgName && <bdi title={card.orgId ?? undefined}>{card.orgName}</bdi> },
          { name: 'Signed in as', value: card.zohoUser && <bdi>{card.zohoUser}</bdi> },
          { name: 'Connected', value: <ConnectedSince card={card} /> },
          { name: 'Data centre', value: card.dataCentre && (dataCentres[card.dataCentre] ?? card.dataCentre) },
          { name: 'Edition', value: card.edition && card.edition.charAt(0).toUpperCase() + card.edition.slice(1) },
          { name: 'Environment', value: card.environment && environments[card.environment] },
          {
            name: 'Last change seen',
            value: card.lastChangeSeenAt ? <Ago at={card.lastChangeSeenAt} /> : 'none yet',
          },
          { name: 'Waiting for Zoho', value: <WaitingCount count={card.waiting} /> },
        ]}
      />
      <CreditsBar credits={card.credits} />
    </>
  );
}

function ConnectedSince({ card }: { card: ZohoCard }) {
  if (card.connectedAt === null) return 'not known';
  return (
    <>
      <Moment at={card.connectedAt} />
      {card.connectedBy && (
        <>
          {' by '}
          <bdi>{card.connectedBy}</bdi>
        </>
      )}
    </>
  );
}

function WaitingCount({ count }: { count: number }) {
  if (count === 0) return 'nothing';
  return (
    <Link to="/meetings" search={{ state: 'waiting' }} className="plain-link">
      {countOf(count, 'meeting')}
    </Link>
  );
}

function CardActions({ card }: { card: ZohoCard }) {
  const [isAsking, setAsking] = useState(false);
  const connect = useConnect();
  const disconnect = useDisconnect();
  const { canAdminister } = useRights();
  if (!canAdminister) {
    return <p className={classes.soft}>Only an administrator can connect or disconnect.</p>;
  }
  const isConnected = card.state === 'connected';
  const canDisconnect = isConnected || card.state === 'needs_reauth';
  return (
    <div className={classes.actions}>
      <Button
        variant={isConnected ? 'default' : 'filled'}
        loading={connect.isPending || (card.state === 'connecting' && isBusy(card))}
        onClick={() => connect.mutate()}
      >
        {isConnected || card.state === 'needs_reauth' ? 'Reconnect' : 'Connect'}
      </Button>
      <Button variant="default" component={Link} to="/settings/policy">
        Settings
      </Button>
      {canDisconnect && (
        <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
          Disconnect…
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title="Disconnect Zoho CRM?"
          verb="Disconnect"
          isBusy={disconnect.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            disconnect.mutate(undefined, {
              onSuccess: () => showDone('Zoho CRM is disconnected.'),
              onSettled: () => setAsking(false),
            })
          }
        >
          Our access is revoked at Zoho and nothing more is read or written. What was published stays in Zoho, the
          history stays here, and new meetings wait until you connect again.
        </ConfirmDialog>
      )}
    </div>
  );
}
