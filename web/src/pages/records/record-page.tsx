import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useMatch, useParams } from '@tanstack/react-router';
import { useRecord } from '../../api/records.ts';
import type { CrmModule, RecordDetail } from '../../api/types.ts';
import { webAddress } from '../../format/web-address.ts';
import { PageHead } from '../../pieces/page-head.tsx';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import { RecordFacts } from './record-facts.tsx';
import { RecordHistory } from './record-history.tsx';
import classes from './record-page.module.css';
import { RelatedRecords } from './related-records.tsx';

/** A record of Zoho with every conversation that concerns it. */
export function RecordPage() {
  const module = useMatch({ strict: false, select: (match) => match.staticData.module }) ?? 'accounts';
  const crmId = useParams({ strict: false, select: (params) => params.id }) ?? '';
  const record = useRecord(module, crmId);
  if (record.data === undefined) {
    if (record.isError) return <ProblemNote error={record.error} onRetry={() => void record.refetch()} />;
    return (
      <>
        <BlockSkeleton height={58} />
        <div className={classes.layout} style={{ marginTop: 18 }}>
          <BlockSkeleton height={460} />
          <BlockSkeleton height={260} />
        </div>
      </>
    );
  }
  return <RecordBody key={crmId} module={module} record={record.data} />;
}

function RecordBody({ module, record }: { module: CrmModule; record: RecordDetail }) {
  const address = webAddress(record.crmUrl);
  return (
    <>
      <PageHead
        title={record.name}
        about={<RecordFacts record={record} />}
        actions={
          address && (
            <Button
              variant="default"
              component="a"
              href={address}
              target="_blank"
              rel="noreferrer"
              rightSection={<IconExternalLink size={14} aria-hidden />}
            >
              Open in Zoho
            </Button>
          )
        }
      />
      <div className={classes.layout}>
        <RecordHistory module={module} record={record} />
        <RelatedRecords record={record} />
      </div>
    </>
  );
}
