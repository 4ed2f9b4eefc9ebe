import { Tooltip } from '@mantine/core';
import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowBackUp,
  IconCircleCheck,
  IconClock,
  IconHandStop,
  IconLock,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { MeetingRow, MeetingState } from '../api/types.ts';
import { Chip, type Tone } from './chip.tsx';

const looks: Record<MeetingState, { tone: Tone; word: string; icon: ReactNode }> = {
  waiting: { tone: 'blue', word: 'Waiting for Zoho', icon: <IconClock aria-hidden /> },
  published: { tone: 'green', word: 'Published', icon: <IconCircleCheck aria-hidden /> },
  held: { tone: 'amber', word: 'Needs you', icon: <IconAlertCircle aria-hidden /> },
  notPublished: { tone: 'grey', word: 'Not published', icon: <IconLock aria-hidden /> },
  failed: { tone: 'red', word: 'Failed', icon: <IconAlertTriangle aria-hidden /> },
  retracted: { tone: 'grey', word: 'Taken back', icon: <IconArrowBackUp aria-hidden /> },
};

export const meetingStateWord = (state: MeetingState) => looks[state].word;

/** What became of a meeting; why is in the tooltip. */
export function MeetingStateChip({
  meeting,
}: {
  meeting: Pick<MeetingRow, 'state' | 'stateReason' | 'verifiedAt' | 'needsYou'>;
}) {
  const look = looks[meeting.state];
  const isVerified = meeting.state === 'published' && meeting.verifiedAt !== null;
  return (
    <span style={{ display: 'inline-flex', gap: 5, alignItems: 'center', maxWidth: '100%' }}>
      <Chip tone={look.tone} icon={look.icon} why={meeting.stateReason}>
        {isVerified ? 'Published ✓ verified' : look.word}
      </Chip>
      {meeting.needsYou && meeting.state !== 'held' && (
        <Tooltip label="A question about it waits under Needs you">
          <IconHandStop
            size={15}
            role="img"
            aria-label="Needs you"
            style={{ flex: 'none', color: 'var(--state-amber)' }}
          />
        </Tooltip>
      )}
    </span>
  );
}
