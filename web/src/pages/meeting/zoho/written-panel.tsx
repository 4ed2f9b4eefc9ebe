import { IconCalendarEvent, IconCircleCheck, IconClock, IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import type { InZoho, MeetingDetail } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { webAddress } from '../../../format/web-address.ts';
import { Ago } from '../../../pieces/moment.tsx';
import { Name } from '../../../pieces/name.tsx';
import { Panel } from '../../../pieces/panel.tsx';
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
        <EventLine inZoho={inZoho} title={inZoho.eventTitle ?? meeting.title} />
      )}
      {inZoho.notes.length > 0 && <NoteLines notes={inZoho.notes} />}
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

function EventLine({ inZoho, title }: { inZoho: InZoho; title: string }) {
  const address = webAddress(inZoho.eventUrl);
  return (
    <div className={classes.event}>
      <IconCalendarEvent size={18} aria-hidden />
      <div className={classes.eventWords}>
        {address === undefined ? (
          <bdi>{title}</bdi>
        ) : (
          <a className="plain-link" href={address} target="_blank" rel="noreferrer">
            <bdi>{title}</bdi> <IconExternalLink size={13} aria-label="opens Zoho" style={{ verticalAlign: -1 }} />
          </a>
        )}
        <div className={classes.soft}>Event</div>
      </div>
    </div>
  );
}

/** More notes than this are listed only on request. */
const notesAtOnce = 4;

function NoteLines({ notes }: { notes: InZoho['notes'] }) {
  const [isWhole, setWhole] = useState(false);
  const verified = notes.filter((note) => note.verifiedAt !== null).length;
  const shown = isWhole ? notes : notes.slice(0, notesAtOnce);
  return (
    <>
      <div className={classes.line}>
        <strong style={{ fontSize: 13 }}>Notes</strong>
        <span className={verified === notes.length ? classes.verified : classes.pending} style={{ fontSize: 13 }}>
          {verified} of {notes.length} verified
        </span>
      </div>
      <ul className={classes.notes}>
        {shown.map((note) => (
          <li key={note.crmId} className={classes.note}>
            {note.verifiedAt === null ? (
              <IconClock size={15} className={classes.pending} role="img" aria-label="Not verified yet" />
            ) : (
              <IconCircleCheck size={15} className={classes.verified} role="img" aria-label="Verified" />
            )}
            <span className={classes.noteWords}>
              <Name>{note.parentModule === 'events' ? 'On the event' : `On ${note.parentName}`}</Name>
              <span className={classes.soft}>
                <Name>{note.title}</Name>
              </span>
            </span>
          </li>
        ))}
      </ul>
      {notes.length > notesAtOnce && (
        <button
          type="button"
          className={classes.linkButton}
          onClick={() => setWhole(!isWhole)}
          style={{ marginTop: 8 }}
        >
          {isWhole ? 'Show fewer' : `All ${countOf(notes.length, 'note')}`}
        </button>
      )}
    </>
  );
}
