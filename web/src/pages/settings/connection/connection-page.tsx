import { Link } from '@tanstack/react-router';
import { useZohoCard } from '../../../api/connection.ts';
import type { ZohoCard } from '../../../api/types.ts';
import { ConnectionStateChip } from '../../../frame/connection-chip.tsx';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { ComparisonPanel } from '../comparison/comparison-panel.tsx';
import { CreditsBar } from '../credits-bar.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import classes from './connection.module.css';
import { ConnectionActions } from './connection-actions.tsx';
import { ConnectionFacts, EnvironmentMark } from './connection-facts.tsx';
import { CreditsChoice } from './credits-choice.tsx';
import { LoadPanel } from './load-panel.tsx';
import { PermissionsPanel } from './permissions-panel.tsx';
import { StateNote } from './state-note.tsx';
import { FieldsPanel, LeavingPanel, SafetyPanel, ScopesPanel } from './writing-panels.tsx';

/** Everything about the connection to Zoho: how it stands, what it may do, how changes come, and who hears of trouble. */
export function ConnectionPage() {
  const card = useZohoCard();
  if (card.data) return <Connection card={card.data} />;
  if (card.isError) return <ProblemNote error={card.error} onRetry={() => void card.refetch()} />;
  return (
    <div className={classes.page}>
      <BlockSkeleton height={92} />
      <div className={classes.pair} style={{ marginTop: 16 }}>
        <BlockSkeleton height={340} />
        <BlockSkeleton height={340} />
      </div>
    </div>
  );
}

function Connection({ card }: { card: ZohoCard }) {
  const isKnown = card.state === 'connected' || card.state === 'needs_reauth';
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <div className={classes.headWords}>
          <Link to="/settings/integrations" className="plain-link" aria-label="Back to all integrations">
            ← Integrations
          </Link>
          <h2 className={classes.headTitle}>Zoho CRM</h2>
          <ConnectionStateChip state={card.state} />
          {isKnown && <EnvironmentMark card={card} />}
        </div>
        <ConnectionActions card={card} isOnOwnPage />
      </div>
      <StateNote card={card} />
      {isKnown && <KnownConnection card={card} />}
      <AlertsPanel />
      {card.state !== 'not_connected' && (
        <div style={{ marginTop: 16 }}>
          <LeavingPanel />
        </div>
      )}
    </div>
  );
}

function KnownConnection({ card }: { card: ZohoCard }) {
  return (
    <>
      <div className={classes.pair}>
        <div className={classes.column}>
          <Panel title="Connection" label="Connection">
            <ConnectionFacts card={card} />
            <CreditsBar credits={card.credits} mirroring={card.mirrorHealth?.creditsUsed ?? 0} />
            <CreditsChoice key={card.credits.keptPercent} credits={card.credits} />
          </Panel>
          <LoadPanel card={card} />
        </div>
        <div className={classes.column}>
          <ChangesPanel card={card} />
          <ComparisonPanel />
          <SafetyPanel card={card} />
        </div>
      </div>
      <div style={{ marginBottom: 16 }}>
        <PermissionsPanel canCheck={card.state === 'connected'} />
      </div>
      <div className={classes.pair}>
        <FieldsPanel card={card} />
        <ScopesPanel scopes={card.scopes} />
      </div>
    </>
  );
}
