import { Button } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useMeetingDecisions, usePublication } from '../../../api/meetings.ts';
import { useRights } from '../../../api/session.ts';
import type { InZoho, MeetingDetail } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { Ago } from '../../../pieces/moment.tsx';
import { BlockQuestion } from './block-question.tsx';
import classes from './zoho.module.css';

/** What people did in Zoho to the event: edited, which stands; deleted, which stands until somebody asks. */
export function EventHistoryInZoho({ meeting }: { meeting: MeetingDetail }) {
  const { eventGone, eventEdited } = meeting.inZoho;
  if (eventGone !== null) {
    return (
      <Act icon={<IconTrash size={15} aria-hidden />} tone="red">
        <DoneBy done={eventGone} what="Deleted in Zoho" />. Nothing is written for this meeting until somebody asks for
        it.
        <WriteAgain meeting={meeting} />
      </Act>
    );
  }
  if (eventEdited === null) return null;
  const others = eventEdited.isBlockEdited
    ? eventEdited.parts.filter((part) => part !== 'description')
    : eventEdited.parts;
  return (
    <>
      {others.length > 0 && (
        <Act icon={<IconPencil size={15} aria-hidden />} tone="amber">
          <DoneBy done={eventEdited} what="Edited in Zoho" />: <strong>{inWords(others)}</strong>. It stays as it is
          there.
          {!eventEdited.isBlockEdited && <WriteOurs meeting={meeting} slot="event" what="this event" />}
        </Act>
      )}
      {eventEdited.isBlockEdited && <EditedBlock meeting={meeting} edited={eventEdited} />}
    </>
  );
}

function EditedBlock({ meeting, edited }: { meeting: MeetingDetail; edited: NonNullable<InZoho['eventEdited']> }) {
  const { edits } = useMeetingDecisions(meeting.externalId);
  const { canDecide } = useRights();
  return (
    <Act icon={<IconPencil size={15} aria-hidden />} tone="amber">
      <DoneBy done={edited} what="Our part of the description was edited in Zoho" />. It is not updated until somebody
      decides.
      {edited.texts !== null && (
        <span className={classes.actLine}>
          <BlockQuestion
            texts={edited.texts}
            canDecide={canDecide}
            isBusy={edits.isPending}
            onChoose={(choice) => edits.mutate({ slot: 'event', choice })}
          />
        </span>
      )}
    </Act>
  );
}

type Note = InZoho['notes'][number];

/** A note is deleted by itself, or with the event that it is on. */
export const isNoteGone = (inZoho: InZoho, note: Note) =>
  note.gone !== null || (inZoho.eventGone !== null && note.parentModule === 'events');

/** The same of a note: edited, it is left alone; deleted, it is not written again. */
export function NoteHistoryInZoho({ meeting, note }: { meeting: MeetingDetail; note: Note }) {
  if (meeting.inZoho.eventGone !== null && note.parentModule === 'events') {
    return (
      <span className={classes.noteState} data-tone="red">
        Went with the event.
      </span>
    );
  }
  if (note.gone !== null) {
    return (
      <span className={classes.noteState} data-tone="red">
        <DoneBy done={note.gone} what="Deleted in Zoho" />; not written again.
      </span>
    );
  }
  if (note.edited === null) return null;
  return (
    <span className={classes.noteState} data-tone="amber">
      <DoneBy done={note.edited} what="Edited in Zoho" />; left alone.{' '}
      <WriteOurs meeting={meeting} slot={note.slot} what="this note" />
    </span>
  );
}

/** One question for all notes that were deleted there, since they are written again together. */
export function DeletedNotes({ meeting }: { meeting: MeetingDetail }) {
  const { inZoho } = meeting;
  if (inZoho.eventGone !== null || !inZoho.notes.some((note) => note.gone !== null)) return null;
  return <WriteAgain meeting={meeting} label="Write deleted notes again" />;
}

function WriteAgain({ meeting, label = 'Write again' }: { meeting: MeetingDetail; label?: string }) {
  const { publish } = usePublication(meeting.externalId);
  const { canDecide } = useRights();
  if (!canDecide) return null;
  return (
    <span className={classes.actLine}>
      <Button size="compact-sm" variant="default" loading={publish.isPending} onClick={() => publish.mutate(false)}>
        {label}
      </Button>
    </span>
  );
}

/** Overwrites what somebody did, so it is asked again. */
function WriteOurs({ meeting, slot, what }: { meeting: MeetingDetail; slot: string; what: string }) {
  const [isAsking, setAsking] = useState(false);
  const { edits } = useMeetingDecisions(meeting.externalId);
  const { canDecide } = useRights();
  if (!canDecide) return null;
  return (
    <>
      {' '}
      <button type="button" className={classes.linkButton} onClick={() => setAsking(true)}>
        Write ours…
      </button>
      {isAsking && (
        <ConfirmDialog
          title="Write ours?"
          verb="Write ours"
          isBusy={edits.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() => edits.mutate({ slot, choice: 'write_ours' }, { onSettled: () => setAsking(false) })}
        >
          What was changed in Zoho in {what} is overwritten with what this meeting says.
        </ConfirmDialog>
      )}
    </>
  );
}

function DoneBy({ done, what }: { done: { by: string | null; at: string }; what: string }) {
  return (
    <>
      {what}
      {done.by !== null && (
        <>
          {' by '}
          <bdi>{done.by}</bdi>
        </>
      )}
      , <Ago at={done.at} />
    </>
  );
}

function Act({ icon, tone, children }: { icon: ReactNode; tone: 'amber' | 'red'; children: ReactNode }) {
  return (
    <div className={classes.act}>
      <span className={classes.actIcon} data-tone={tone}>
        {icon}
      </span>
      <span>{children}</span>
    </div>
  );
}

/** What of the event and its notes stays as people left it in Zoho, in one sentence; null: nothing. */
export function keptText({ eventEdited, notes }: InZoho): string | null {
  const edited = notes.filter((note) => note.edited !== null && note.gone === null).length;
  const kept = [...(eventEdited?.parts ?? []), ...(edited > 0 ? [countOf(edited, 'note')] : [])];
  return kept.length === 0 ? null : `Stays as people left it in Zoho: ${inWords(kept)}.`;
}

/** `title, place and participants` */
function inWords(parts: string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
