import { Tabs } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useMeeting } from '../../api/meetings.ts';
import type { MeetingDetail } from '../../api/types.ts';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import { ConversationPart } from './conversation/conversation-part.tsx';
import { MeetingHead } from './meeting-head.tsx';
import classes from './meeting-page.module.css';
import { PicturePart } from './picture/picture-part.tsx';
import { ZohoPart } from './zoho/zoho-part.tsx';

const route = getRouteApi('/meetings/$externalId');

/** One meeting: the conversation, who and what it concerns, and what Zoho shows of it. */
export function MeetingPage() {
  const { externalId } = route.useParams();
  const meeting = useMeeting(externalId);
  const isPhone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false }) ?? false;
  if (meeting.data === undefined) {
    if (meeting.isError) return <ProblemNote error={meeting.error} onRetry={() => void meeting.refetch()} />;
    return <MeetingSkeleton />;
  }
  return (
    <>
      <MeetingHead meeting={meeting.data} />
      {isPhone ? <MeetingTabs meeting={meeting.data} /> : <MeetingColumns meeting={meeting.data} />}
    </>
  );
}

function MeetingColumns({ meeting }: { meeting: MeetingDetail }) {
  const [isWide, setWide] = useLocalStorage({ key: 'meeting-picture-wide', defaultValue: false });
  return (
    <div className={classes.columns} data-wide={isWide || undefined}>
      <div className={classes.conversation}>
        <ConversationPart meeting={meeting} />
      </div>
      <div className={classes.picture}>
        <PicturePart meeting={meeting} isWide={isWide} onWiden={() => setWide(!isWide)} />
      </div>
      <div className={classes.zoho}>
        <ZohoPart meeting={meeting} />
      </div>
    </div>
  );
}

function MeetingTabs({ meeting }: { meeting: MeetingDetail }) {
  return (
    <Tabs defaultValue="picture" keepMounted={false}>
      <Tabs.List grow mb="md">
        <Tabs.Tab value="conversation">Conversation</Tabs.Tab>
        <Tabs.Tab value="picture">Who and what</Tabs.Tab>
        <Tabs.Tab value="zoho">In Zoho</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="conversation">
        <ConversationPart meeting={meeting} />
      </Tabs.Panel>
      <Tabs.Panel value="picture">
        <PicturePart meeting={meeting} isWide={false} onWiden={() => undefined} />
      </Tabs.Panel>
      <Tabs.Panel value="zoho">
        <ZohoPart meeting={meeting} />
      </Tabs.Panel>
    </Tabs>
  );
}

function MeetingSkeleton() {
  return (
    <>
      <BlockSkeleton height={58} />
      <div className={classes.columns} style={{ marginTop: 18 }}>
        <div className={classes.conversation}>
          <BlockSkeleton height={520} />
        </div>
        <div className={classes.picture}>
          <BlockSkeleton height={520} />
        </div>
        <div className={classes.zoho}>
          <BlockSkeleton height={320} />
        </div>
      </div>
    </>
  );
}
