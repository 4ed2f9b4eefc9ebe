import { IconFlask } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSession } from '../../../api/session.ts';
import type { ZohoCard } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Chip, type Tone } from '../../../pieces/chip.tsx';
import { Ago, Moment } from '../../../pieces/moment.tsx';
import { FactList } from '../fact-list.tsx';
import classes from '../integrations.module.css';

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

const environments: Record<NonNullable<ZohoCard['environment']>, { word: string; tone: Tone }> = {
  production: { word: 'Production', tone: 'grey' },
  sandbox: { word: 'Zoho sandbox', tone: 'amber' },
  developer: { word: 'Developer', tone: 'amber' },
};

/** Marks every Zoho that is not the one that people work in. */
export function EnvironmentMark({ card }: { card: ZohoCard }) {
  if (card.provider === 'sandbox') {
    return (
      <Chip tone="accent" icon={<IconFlask aria-hidden />} why="A Zoho CRM on this machine; nothing leaves it.">
        Sandbox on this machine
      </Chip>
    );
  }
  if (card.environment === null) return null;
  const { word, tone } = environments[card.environment];
  return <Chip tone={tone}>{word}</Chip>;
}

/** Who is connected to what. */
export function ConnectionFacts({ card }: { card: ZohoCard }) {
  return (
    <FactList
      facts={[
        { name: 'Organization', value: card.orgName && <bdi title={card.orgId ?? undefined}>{card.orgName}</bdi> },
        { name: 'Signed in as', value: card.zohoUser && <bdi>{card.zohoUser}</bdi> },
        { name: 'Connected', value: <ConnectedSince card={card} /> },
        { name: 'Data centre', value: card.dataCentre && (dataCentres[card.dataCentre] ?? card.dataCentre) },
        { name: 'Edition', value: card.edition && card.edition.charAt(0).toUpperCase() + card.edition.slice(1) },
        { name: 'Environment', value: <EnvironmentMark card={card} /> },
        {
          name: 'Last change seen',
          value: card.lastChangeSeenAt ? <Ago at={card.lastChangeSeenAt} /> : 'none yet',
        },
        { name: 'Waiting for Zoho', value: <WaitingCount count={card.waiting} /> },
      ]}
    />
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

/** Says that this Zoho is the sandbox, and how a real one is connected. */
export function SandboxNote() {
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
