import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useConnect } from '../../api/connection.ts';
import { useRights } from '../../api/session.ts';
import type { ZohoCard } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import { CopyField } from '../../pieces/copy-field.tsx';
import classes from './first-run.module.css';

/** Step 1: the sandbox with one click, or the own Zoho client. */
export function ConnectStep({ card }: { card: ZohoCard }) {
  if (card.state === 'connected') return <ConnectedLine card={card} />;
  return (
    <>
      <p className={classes.text}>
        {card.provider === 'sandbox'
          ? 'The sandbox is a Zoho CRM on this machine: try everything, nothing leaves it.'
          : 'You sign in at Zoho and agree. It starts in safe mode, so nobody can get a mail.'}
      </p>
      <ConnectButton card={card} />
      {card.provider === 'sandbox' && <RealClient card={card} />}
    </>
  );
}

function ConnectedLine({ card }: { card: ZohoCard }) {
  const isLoading = card.firstLoad?.state === 'running';
  const loaded = card.firstLoad?.steps.reduce((sum, step) => sum + step.loaded, 0) ?? 0;
  return (
    <p className={classes.text}>
      Connected to <bdi>{card.orgName ?? 'Zoho CRM'}</bdi>.{' '}
      {isLoading ? (
        <>Loading your records: {countText(loaded)} so far.</>
      ) : (
        <>
          {countText(card.mirror.contacts)} contacts, {countText(card.mirror.accounts)} accounts and{' '}
          {countText(card.mirror.deals)} deals are loaded.
        </>
      )}{' '}
      <Link to="/settings/integrations" className="plain-link">
        Connection
      </Link>
    </p>
  );
}

function ConnectButton({ card }: { card: ZohoCard }) {
  const connect = useConnect();
  const { canAdminister } = useRights();
  return (
    <Button
      size="md"
      disabled={!canAdminister}
      loading={connect.isPending || card.state === 'connecting'}
      onClick={() => connect.mutate()}
    >
      {card.provider === 'sandbox' ? 'Connect the sandbox' : 'Connect Zoho CRM'}
    </Button>
  );
}

function RealClient({ card }: { card: ZohoCard }) {
  return (
    <details className={classes.more}>
      <summary>Use a real Zoho CRM instead</summary>
      <p className={classes.text}>
        In Zoho’s API console add a client of the kind <em>Server-based Applications</em> with this redirect address:
      </p>
      <CopyField label="redirect address" value={`${window.location.origin}/api/v1/integrations/zoho/callback`} />
      {card.scopes.length > 0 && (
        <>
          <p className={classes.text}>These rights will be asked for:</p>
          <CopyField label="scopes" value={card.scopes.join(',')} />
        </>
      )}
      <p className={classes.text}>Then start the product with its id and secret:</p>
      <CopyField label="start command" value={'ZOHO_CLIENT_ID=… ZOHO_CLIENT_SECRET=… npm start'} />
    </details>
  );
}
