import {
  IconCalendarEvent,
  IconCircleCheck,
  IconClock,
  IconExternalLink,
  IconHandStop,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { CalendarQuestion, InZoho, MeetingDetail } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { webAddress } from '../../../format/web-address.ts';
import { Ago } from '../../../pieces/moment.tsx';
import { Name } from '../../../pieces/name.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { DeletedNotes, EventHistoryInZoho, isNoteGone, NoteHistoryInZoho } from './people-in-zoho.tsx';
import classes from './zoho.module.css';

/** What is in Zoho now: the event, its notes, whether they were read back, and what differs. */
export function WrittenPanel({ meeting }: { meeting: MeetingDetail }) {
  const { inZoho } = meeting;
  return (
    <Panel
      title="In Zoho"
      label="In Zoho"
      {...(inZoho.verifiedAt === null
        ? {}
        : {
            aside: (
              <span className={classes.verified}>
                ✓ verified <Ago at={inZoho.verifiedAt} />
              </span>
            ),
          })}
    >
      {inZoho.eventId === null ? (
        <p className={classes.soft} style={{ margin: 0 }}>
          {meeting.stateReason || 'Nothing is in Zoho yet.'}
        </p>
      ) : (
        <>
          <EventLine inZoho={inZoho} title={inZoho.eventTitle ?? meeting.title} />
          <EventHistoryInZoho meeting={meeting} />
          <StateReason meeting={meeting} />
        </>
      )}
      {meeting.calendarQuestion !== null && <CalendarNote kind={meeting.calendarQuestion.kind} />}
      {inZoho.notes.length > 0 && <NoteLines meeting={meeting} />}
      <DeletedNotes meeting={meeting} />
      {inZoho.differences.length > 0 && (
        <ul className={classes.differences} aria-label="Differences found">
          {inZoho.differences.map((difference) => (
            <li key={difference}>{difference}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The calendar's events are a question: it is answered where all questions are. */
function CalendarNote({ kind }: { kind: CalendarQuestion['kind'] }) {
  return (
    <p className={classes.asks}>
      <IconHandStop size={15} aria-hidden />
      <span>
        {kind === 'two_events' && 'The calendar has put a second event for this meeting into Zoho. '}
        <Link to="/needs-you" className="plain-link">
          Answer it under Needs you
        </Link>
      </span>
    </p>
  );
}

/** Said by the panel itself, or only that all is well. */
const ordinary = /^(Published( and verified)?\.?)?$/;

/** Why the meeting stands as it does, where the rest of the panel does not say it: notes left out, what was left behind. */
function StateReason({ meeting }: { meeting: MeetingDetail }) {
  const { stateReason, inZoho } = meeting;
  const isTold = inZoho.eventGone !== null || inZoho.eventEdited !== null || inZoho.notes.some(isTouched);
  if (ordinary.test(stateReason) || (isTold && meeting.state !== 'retracted')) return null;
  return <p className={classes.reason}>{stateReason}</p>;
}

const isTouched = (note: InZoho['notes'][number]) => note.edited !== null || note.gone !== null;

function EventLine({ inZoho, title }: { inZoho: InZoho; title: string }) {
  const address = webAddress(inZoho.eventUrl);
  const struck = inZoho.eventGone === null ? undefined : classes.struck;
  return (
    <div className={classes.event}>
      <IconCalendarEvent size={18} aria-hidden />
      <div className={classes.eventWords}>
        {address === undefined ? (
          <bdi className={struck}>{title}</bdi>
        ) : (
          <a className="plain-link" href={address} target="_blank" rel="noreferrer">
            <bdi className={struck}>{title}</bdi>{' '}
            <IconExternalLink size={13} aria-label="opens Zoho" style={{ verticalAlign: -1 }} />
          </a>
        )}
        <div className={classes.soft}>{kindOfEvent(inZoho)}</div>
      </div>
    </div>
  );
}

function kindOfEvent({ isCalendarEvent, isEventReadOnly }: InZoho): string {
  if (isEventReadOnly) return 'The calendar’s event, which Zoho lets nobody write: the notes are on the records';
  return isCalendarEvent ? 'The calendar’s event: we filled what was blank and added the notes' : 'Event';
}

/** More notes than this are listed only on request. */
const notesAtOnce = 4;

function NoteLines({ meeting }: { meeting: MeetingDetail }) {
  const [isWhole, setWhole] = useState(false);
  // What somebody touched there is never folded away.
  const notes = [...meeting.inZoho.notes].sort((a, b) => Number(isTouched(b)) - Number(isTouched(a)));
  const there = notes.filter((note) => !isNoteGone(meeting.inZoho, note));
  const verified = there.filter((note) => note.verifiedAt !== null).length;
  const shown = isWhole ? notes : notes.slice(0, Math.max(notesAtOnce, notes.filter(isTouched).length));
  return (
    <>
      <div className={classes.line}>
        <strong style={{ fontSize: 13 }}>Notes</strong>
        <span className={verified === there.length ? classes.verified : classes.pending} style={{ fontSize: 13 }}>
          {there.length === 0 ? 'none left' : `${verified} of ${there.length} verified`}
        </span>
      </div>
      <ul className={classes.notes}>
        {shown.map((note) => (
          <li key={note.crmId} className={classes.note}>
            {isNoteGone(meeting.inZoho, note) ? (
              <IconTrash size={15} className={classes.gone} role="img" aria-label="Deleted in Zoho" />
            ) : note.edited !== null ? (
              <IconPencil size={15} className={classes.warning} role="img" aria-label="Edited in Zoho" />
            ) : note.verifiedAt === null ? (
              <IconClock size={15} className={classes.pending} role="img" aria-label="Not verified yet" />
            ) : (
              <IconCircleCheck size={15} className={classes.verified} role="img" aria-label="Verified" />
            )}
            <span className={classes.noteWords}>
              <Name>{note.parentModule === 'events' ? 'On the event' : `On ${note.parentName}`}</Name>
              <span className={classes.soft}>
                <Name>{note.title}</Name>
              </span>
              <NoteHistoryInZoho meeting={meeting} note={note} />
            </span>
          </li>
        ))}
      </ul>
      {notes.length > shown.length || isWhole ? (
        <button
          type="button"
          className={classes.linkButton}
          onClick={() => setWhole(!isWhole)}
          style={{ marginTop: 8 }}
        >
          {isWhole ? 'Show fewer' : `All ${countOf(notes.length, 'note')}`}
        </button>
      ) : null}
    </>
  );
}
