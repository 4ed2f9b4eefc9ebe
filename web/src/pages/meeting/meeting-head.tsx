import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsJoin,
  IconCalendar,
  IconDots,
  IconExternalLink,
  IconLock,
  IconPlayerPlay,
  IconSend,
  IconSparkles,
  IconUser,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { usePublication } from '../../api/meetings.ts';
import { useRights } from '../../api/session.ts';
import type { MeetingDetail } from '../../api/types.ts';
import { percentText } from '../../format/amounts.ts';
import { clockText, durationText, personZone } from '../../format/moments.ts';
import { webAddress } from '../../format/web-address.ts';
import { MeetingStateChip } from '../../pieces/meeting-state-chip.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { Name } from '../../pieces/name.tsx';
import { PageHead } from '../../pieces/page-head.tsx';
import classes from './meeting-page.module.css';
import { MergeDialog } from './recordings/merge-dialog.tsx';
import { UndoDialog } from './zoho/undo-dialog.tsx';

/** Title, the facts of the meeting, its state and what can be done with it. */
export function MeetingHead({ meeting }: { meeting: MeetingDetail }) {
  return (
    <PageHead
      title={meeting.title}
      about={<Facts meeting={meeting} />}
      actions={
        <>
          <MeetingStateChip meeting={meeting} />
          <MeetingMenu meeting={meeting} />
        </>
      }
    />
  );
}

function Facts({ meeting }: { meeting: MeetingDetail }) {
  const recording = webAddress(meeting.recordingUrl);
  return (
    <div className={classes.facts}>
      <Fact icon={<IconCalendar size={15} aria-hidden />}>
        <span>
          <Moment at={meeting.startsAt} kind="weekday" /> <Moment at={meeting.startsAt} kind="clock" />–
          {clockText(meeting.endsAt)}
        </span>
        <span title={`Held in ${meeting.timeZone}, shown in ${personZone}`}>
          · {durationText(meeting.startsAt, meeting.endsAt)}
        </span>
      </Fact>
      {meeting.hostName && (
        <Fact icon={<IconUser size={15} aria-hidden />}>
          <Name>{meeting.hostName}</Name>
        </Fact>
      )}
      {meeting.activityType && (
        <Fact>
          <Name>{meeting.activityType}</Name>
        </Fact>
      )}
      {meeting.aiScore !== null && (
        <Fact icon={<IconSparkles size={15} aria-hidden />}>AI Score {percentText(meeting.aiScore)}</Fact>
      )}
      {meeting.visibility === 'private' && <Fact icon={<IconLock size={15} aria-hidden />}>Private</Fact>}
      {recording && (
        <a className={`plain-link ${classes.fact}`} href={recording} target="_blank" rel="noreferrer">
          <IconPlayerPlay size={15} aria-hidden />
          Recording
        </a>
      )}
    </div>
  );
}

function Fact({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.fact}>
      {icon}
      {children}
    </span>
  );
}

/** Something of it is there that can be taken out. */
const isInZoho = ({ state, inZoho }: MeetingDetail) =>
  state !== 'retracted' && (inZoho.notes.length > 0 || (inZoho.eventId !== null && inZoho.eventGone === null));

function MeetingMenu({ meeting }: { meeting: MeetingDetail }) {
  const [dialog, setDialog] = useState<'undo' | 'merge' | null>(null);
  const { publish } = usePublication(meeting.externalId);
  const { canDecide } = useRights();
  const event = webAddress(meeting.inZoho.eventUrl);
  const isGone = meeting.inZoho.eventGone !== null;
  const isHeldBack = !isGone && (meeting.state === 'held' || meeting.state === 'notPublished');
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="What to do with this meeting">
            <IconDots size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {event && (
            <Menu.Item
              component="a"
              href={event}
              target="_blank"
              rel="noreferrer"
              leftSection={<IconExternalLink size={15} aria-hidden />}
            >
              Open in Zoho
            </Menu.Item>
          )}
          <Menu.Item
            disabled={!canDecide}
            leftSection={<IconSend size={15} aria-hidden />}
            onClick={() => publish.mutate(isHeldBack)}
          >
            {isHeldBack ? 'Publish anyway' : isGone ? 'Write again' : 'Publish again'}
          </Menu.Item>
          <Menu.Item
            disabled={!canDecide}
            leftSection={<IconArrowsJoin size={15} aria-hidden />}
            onClick={() => setDialog('merge')}
          >
            Same conversation as…
          </Menu.Item>
          <Menu.Item
            disabled={!canDecide || !isInZoho(meeting)}
            color="red"
            leftSection={<IconArrowBackUp size={15} aria-hidden />}
            onClick={() => setDialog('undo')}
          >
            Take out of Zoho…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'undo' && <UndoDialog meeting={meeting} onClose={() => setDialog(null)} />}
      {dialog === 'merge' && <MergeDialog meeting={meeting} onClose={() => setDialog(null)} />}
    </>
  );
}
