import { Stack } from '@mantine/core';
import { useSettings } from '../../../api/organization.ts';
import type { MeetingDetail } from '../../../api/types.ts';
import { Panel } from '../../../pieces/panel.tsx';
import { RecordingsPanel } from '../recordings/recordings-panel.tsx';
import { groupMoments, looseClips } from './group-moments.ts';
import { MomentGroups } from './moment-groups.tsx';
import { SummaryBlock } from './summary-block.tsx';
import { TranscriptBlock } from './transcript-block.tsx';

/** What was said: summary, moments by smart category, the transcript on request; and by whom it was recorded. */
export function ConversationPart({ meeting }: { meeting: MeetingDetail }) {
  const order = useSettings().data?.smartCategoryOrder ?? [];
  return (
    <Stack gap={16}>
      <RecordingsPanel meeting={meeting} />
      <Panel title="Conversation" label="Conversation">
        <SummaryBlock summary={meeting.summary} summaryAt={meeting.processed.summaryAt} />
        <MomentGroups
          groups={groupMoments(meeting.notes, meeting.clips, order)}
          loose={looseClips(meeting.notes, meeting.clips)}
          notesAt={meeting.processed.notesAt}
        />
        <TranscriptBlock externalId={meeting.externalId} turns={meeting.transcriptTurns} />
      </Panel>
    </Stack>
  );
}
