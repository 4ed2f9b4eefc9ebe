import { Button } from '@mantine/core';
import { IconForms, IconInfoCircle } from '@tabler/icons-react';
import { usePreflight, useReadLayouts } from '../../../api/preflight.ts';
import { useRights } from '../../../api/session.ts';
import type { Preflight } from '../../../api/types.ts';
import { Ago } from '../../../pieces/moment.tsx';
import { BlockSkeleton, EmptyNote, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import { ConstantsPanel } from './constants-panel.tsx';
import classes from './fields.module.css';
import { SharingPanel } from './sharing-panel.tsx';
import { WithheldPanel } from './withheld-panel.tsx';

/** What this Zoho org asks of every event, and what it does not show: each with the way to live with it. */
export function FieldsPage() {
  const preflight = usePreflight();
  if (preflight.data === undefined) {
    if (preflight.isError) return <ProblemNote error={preflight.error} onRetry={() => void preflight.refetch()} />;
    return <BlockSkeleton height={420} />;
  }
  const found = preflight.data;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <p className={classes.sentence}>
          Zoho orgs differ: some demand fields that no meeting has, some withhold addresses, some keep events private.
        </p>
        <ReadAgain readAt={found.readAt} />
      </div>
      {found.readAt === null ? (
        <Panel label="Not read yet">
          <EmptyNote icon={<IconForms size={22} aria-hidden />} title="The org’s fields were not read yet">
            They are read when Zoho CRM is connected, and every day.
          </EmptyNote>
        </Panel>
      ) : (
        <>
          <Notices notices={otherNotices(found)} />
          <ConstantsPanel preflight={found} />
          <WithheldPanel withheld={found.withheld} />
          <SharingPanel key={found.eventsSharing.stated} sharing={found.eventsSharing} />
        </>
      )}
    </div>
  );
}

function ReadAgain({ readAt }: { readAt: string | null }) {
  const read = useReadLayouts();
  const { canAdminister } = useRights();
  return (
    <div className={classes.readAgain}>
      {readAt !== null && (
        <span className={classes.soft}>
          Read <Ago at={readAt} />
        </span>
      )}
      {canAdminister && (
        <Button
          size="xs"
          variant="default"
          loading={read.isPending}
          onClick={() => read.mutate(undefined, { onSuccess: () => showDone('Read again from Zoho.') })}
        >
          Read again
        </Button>
      )}
    </div>
  );
}

/** What the panels below do not say themselves. */
function otherNotices({ notices, withheld, eventsSharing }: Preflight): string[] {
  const told = new Set([...withheld.map(({ sentence }) => sentence), eventsSharing.sentence]);
  return notices.filter((notice) => !told.has(notice));
}

function Notices({ notices }: { notices: Preflight['notices'] }) {
  if (notices.length === 0) return null;
  return (
    <ul className={classes.notices} aria-label="What is odd about this org">
      {notices.map((notice) => (
        <li key={notice}>
          <IconInfoCircle size={16} aria-hidden /> <span>{notice}</span>
        </li>
      ))}
    </ul>
  );
}
