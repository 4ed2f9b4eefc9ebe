import { IconAlertTriangle } from '@tabler/icons-react';
import type { ZohoCard } from '../../api/types.ts';
import { ConnectionStateChip } from '../../frame/connection-chip.tsx';
import { ConnectionActions } from './connection/connection-actions.tsx';
import { ConnectionFacts, SandboxNote } from './connection/connection-facts.tsx';
import { CreditsBar } from './credits-bar.tsx';
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
      {(card.state === 'connected' || card.state === 'needs_reauth') && (
        <>
          <ConnectionFacts card={card} />
          <CreditsBar credits={card.credits} mirroring={card.mirrorHealth?.creditsUsed ?? 0} />
        </>
      )}
      {card.state === 'disconnected' && (
        <p className={classes.soft}>Disconnected. Your history stays; connect again to go on where it stopped.</p>
      )}
      <ConnectionActions card={card} />
    </section>
  );
}
