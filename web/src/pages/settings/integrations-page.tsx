import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useZohoCard } from '../../api/connection.ts';
import type { ZohoCard } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import classes from './integrations.module.css';
import { ReplaceChoice } from './replace-choice.tsx';
import { ZohoCardBox } from './zoho-card.tsx';
import { ZohoDetails } from './zoho-details.tsx';

const route = getRouteApi('/settings/integrations');

/** The systems that meetings flow to and from: today Zoho CRM. */
export function IntegrationsPage() {
  const card = useZohoCard();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const clear = () => void navigate({ search: {}, replace: true });
  return (
    <>
      {search.connect_error !== undefined && (
        <Alert
          color="red"
          mb="md"
          maw={1160}
          withCloseButton
          closeButtonLabel="Close"
          icon={<IconAlertTriangle size={18} aria-hidden />}
          title="Zoho was not connected"
          onClose={clear}
        >
          {search.connect_error}
        </Alert>
      )}
      {search.replace !== undefined && (
        <ReplaceChoice
          nonce={search.replace}
          oldOrg={search.old_org ?? 'the old organization'}
          newOrg={search.new_org ?? 'the new organization'}
          onDone={clear}
        />
      )}
      {search.connected !== undefined && card.data !== undefined && (
        <Alert
          color="green"
          mb="md"
          maw={1160}
          withCloseButton
          closeButtonLabel="Close"
          icon={<IconCircleCheck size={18} aria-hidden />}
          title="Zoho CRM is connected"
          onClose={clear}
        >
          <ConnectedText card={card.data} />
        </Alert>
      )}
      {card.data ? (
        <div className={classes.grid}>
          <ZohoCardBox card={card.data} />
          <ZohoDetails card={card.data} />
        </div>
      ) : card.isError ? (
        <ProblemNote error={card.error} onRetry={() => void card.refetch()} />
      ) : (
        <div className={classes.grid}>
          <BlockSkeleton height={380} />
          <BlockSkeleton height={380} />
        </div>
      )}
    </>
  );
}

/** What happens now: the first load, or what waited flows out. */
function ConnectedText({ card }: { card: ZohoCard }) {
  if (card.firstLoad?.state === 'done') {
    return card.waiting > 0
      ? `Nothing was lost. What waited is being written now: ${countOf(card.waiting, 'meeting')} to go through.`
      : 'Nothing was lost, and nothing waits.';
  }
  return (
    <>
      Your contacts, accounts and deals are being loaded. Meetings flow as soon as that is done.{' '}
      <Link to="/" className="plain-link">
        Go on
      </Link>
    </>
  );
}
