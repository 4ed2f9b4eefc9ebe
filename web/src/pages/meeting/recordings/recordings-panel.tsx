import { Button, Modal } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { separateRecording } from '../../../api/meetings.ts';
import { useRights } from '../../../api/session.ts';
import type { MeetingDetail } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { durationText } from '../../../format/moments.ts';
import { webAddress } from '../../../format/web-address.ts';
import { Chip } from '../../../pieces/chip.tsx';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { Moment } from '../../../pieces/moment.tsx';
import { Name } from '../../../pieces/name.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './recordings.module.css';

type Recording = MeetingDetail['recordings'][number];

/** The recordings of one conversation: which one the meeting is told by, and a way to part one that is of another. */
export function RecordingsPanel({ meeting }: { meeting: MeetingDetail }) {
  const [parted, setParted] = useState<Recording | null>(null);
  const { canDecide } = useRights();
  if (meeting.recordings.length < 2) return null;
  return (
    <Panel
      title="Recordings"
      label="Recordings of this conversation"
      aside={countOf(meeting.recordings.length, 'recording')}
    >
      <ul className={classes.list}>
        {meeting.recordings.map((recording) => (
          <li key={recording.externalId} className={classes.item}>
            <RecordingWords recording={recording} />
            {canDecide && (
              <Button size="compact-sm" variant="default" onClick={() => setParted(recording)}>
                Separate…
              </Button>
            )}
          </li>
        ))}
      </ul>
      {parted !== null && <SeparateDialog meeting={meeting} recording={parted} onClose={() => setParted(null)} />}
    </Panel>
  );
}

function RecordingWords({ recording }: { recording: Recording }) {
  const address = webAddress(recording.recordingUrl);
  return (
    <div className={classes.words}>
      <div className={classes.name}>
        <Name>{recording.label.charAt(0).toUpperCase() + recording.label.slice(1)}</Name>
        {recording.isPrimary && <Chip tone="accent">Title and summary</Chip>}
        {!recording.isProcessed && <Chip tone="grey">Not processed yet</Chip>}
      </div>
      <div className={classes.soft}>
        {recording.hostName !== null && (
          <>
            <bdi>{recording.hostName}</bdi> ·{' '}
          </>
        )}
        <Moment at={recording.startsAt} /> · {durationText(recording.startsAt, recording.endsAt)}
        {address !== undefined && (
          <>
            {' '}
            <span className={classes.play}>
              ·{' '}
              <a className="plain-link" href={address} target="_blank" rel="noreferrer">
                <IconPlayerPlay size={13} aria-hidden /> Play
              </a>
            </span>
          </>
        )}
      </div>
    </div>
  );
}

type SeparateDialogProps = { meeting: MeetingDetail; recording: Recording; onClose: () => void };

function SeparateDialog({ meeting, recording, onClose }: SeparateDialogProps) {
  const client = useQueryClient();
  const [own, setOwn] = useState<MeetingDetail | null>(null);
  const separate = useMutation({
    mutationFn: () => separateRecording(meeting.externalId, recording.externalId),
    onSuccess: (answer) => {
      setOwn(answer);
      void client.invalidateQueries({ queryKey: ['meeting'] });
      void client.invalidateQueries({ queryKey: ['meetings'] });
    },
    onError: onClose,
  });
  if (own !== null) {
    return (
      <Modal opened onClose={onClose} title="Separated" closeButtonProps={{ 'aria-label': 'Close' }}>
        The recording is a meeting of its own now:{' '}
        <Link to="/meetings/$externalId" params={{ externalId: own.externalId }} className="plain-link">
          <bdi>{own.title}</bdi>
        </Link>
        .
      </Modal>
    );
  }
  return (
    <ConfirmDialog
      title="Is this recording of another conversation?"
      verb="Separate"
      isBusy={separate.isPending}
      onClose={onClose}
      onConfirm={() => separate.mutate()}
    >
      <bdi>{recording.label}</bdi> becomes a meeting of its own, with its own event in Zoho; its notes leave this one.
      They are not joined again by themselves.
    </ConfirmDialog>
  );
}
