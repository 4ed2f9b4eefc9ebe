import { Button, Group } from '@mantine/core';
import { IconCalendarEvent, IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMeeting, usePublication } from '../../api/meetings.ts';
import { useRights } from '../../api/session.ts';
import type { MeetingRow } from '../../api/types.ts';
import { webAddress } from '../../format/web-address.ts';
import { MeetingStateChip } from '../../pieces/meeting-state-chip.tsx';
import { Moment } from '../../pieces/moment.tsx';
import classes from './first-run.module.css';

/** Step 3: the event in Zoho, live. */
export function SeeStep({ meeting }: { meeting: MeetingRow | null }) {
  if (meeting === null) return <p className={classes.text}>The event appears here as soon as it is in Zoho.</p>;
  return <LiveMeeting externalId={meeting.externalId} />;
}

function LiveMeeting({ externalId }: { externalId: string }) {
  const meeting = useMeeting(externalId).data;
  const { publish } = usePublication(externalId);
  const { canDecide } = useRights();
  if (meeting === undefined) return null;
  const event = webAddress(meeting.inZoho.eventUrl);
  return (
    <>
      <div className={classes.event}>
        <IconCalendarEvent size={20} aria-hidden />
        <div style={{ minWidth: 0, flex: 1 }}>
          <strong>
            <bdi>{meeting.title}</bdi>
          </strong>
          <div className={classes.soft}>
            <Moment at={meeting.startsAt} />
            {meeting.primary && (
              <>
                {' · '}
                <bdi>{meeting.primary.name}</bdi>
              </>
            )}
          </div>
        </div>
        <MeetingStateChip meeting={meeting} />
      </div>
      {meeting.state !== 'published' && <p className={classes.text}>{meeting.stateReason}</p>}
      <Group gap="xs" mt="sm">
        {meeting.state === 'held' && canDecide && (
          <Button loading={publish.isPending} onClick={() => publish.mutate(true)}>
            Publish anyway
          </Button>
        )}
        {event && (
          <Button
            component="a"
            href={event}
            target="_blank"
            rel="noreferrer"
            rightSection={<IconExternalLink size={14} aria-hidden />}
          >
            Open it in Zoho
          </Button>
        )}
        <Button
          variant="default"
          renderRoot={(props) => <Link to="/meetings/$externalId" params={{ externalId }} {...props} />}
        >
          See why it is linked
        </Button>
      </Group>
    </>
  );
}
