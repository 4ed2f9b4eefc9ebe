import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useState } from 'react';
import type { Clip, MeetingNote } from '../../../api/types.ts';
import { countText } from '../../../format/amounts.ts';
import { playTime } from '../../../format/moments.ts';
import { webAddress } from '../../../format/web-address.ts';
import classes from './conversation.module.css';
import type { MomentGroup, NoteWithClips } from './group-moments.ts';

/** A group shows so many notes, and a note so many clips, before it is asked for more. */
const notesAtOnce = 6;
const clipsAtOnce = 4;

/** Notes and clips by smart category. */
export function MomentGroups({ groups, loose, notesAt }: MomentGroupsProps) {
  if (groups.length === 0 && loose.length === 0) {
    return (
      <div className={classes.block}>
        <h3 className={classes.heading}>Notes and clips</h3>
        <p className={classes.soft}>
          {notesAt === null ? 'Notes are not there yet. They appear by themselves.' : 'This meeting has no notes.'}
        </p>
      </div>
    );
  }
  return (
    <div className={classes.block}>
      <h3 className={classes.heading}>Notes and clips</h3>
      {groups.map((group) => (
        <Group key={group.smartCategory ?? ''} group={group} />
      ))}
      {loose.length > 0 && (
        <div className={classes.group}>
          <h4 className={classes.groupName}>Other clips</h4>
          <ClipTimes clips={loose} />
        </div>
      )}
    </div>
  );
}

type MomentGroupsProps = { groups: MomentGroup[]; loose: Clip[]; notesAt: string | null };

function Group({ group }: { group: MomentGroup }) {
  const [isWhole, setWhole] = useState(false);
  const hidden = group.notes.length - notesAtOnce;
  const shown = isWhole ? group.notes : group.notes.slice(0, notesAtOnce);
  return (
    <div className={classes.group}>
      <h4 className={classes.groupName}>
        <bdi>{group.smartCategory ?? 'No category'}</bdi>
        <span className={classes.groupCount}>{countText(group.notes.length)}</span>
      </h4>
      <ul className={classes.moments}>
        {shown.map((item) => (
          <NoteLine key={item.note.id} item={item} />
        ))}
      </ul>
      {hidden > 0 && !isWhole && (
        <button type="button" className={classes.linkButton} onClick={() => setWhole(true)}>
          + {countText(hidden)} more
        </button>
      )}
    </div>
  );
}

function NoteLine({ item: { note, clips } }: { item: NoteWithClips }) {
  return (
    <li className={classes.moment}>
      <span dir="auto">{note.text}</span>
      {clips.length > 0 ? <ClipTimes clips={clips} /> : <NoteTime note={note} />}
    </li>
  );
}

function NoteTime({ note }: { note: MeetingNote }) {
  const words = [
    note.startSeconds === null ? null : playTime(note.startSeconds),
    note.author === 'person' ? 'written by a person' : null,
  ].filter((word) => word !== null);
  if (words.length === 0) return null;
  return <div className={`${classes.times} ${classes.soft}`}>{words.join(' · ')}</div>;
}

function ClipTimes({ clips }: { clips: Clip[] }) {
  const [isWhole, setWhole] = useState(false);
  const hidden = clips.length - clipsAtOnce;
  return (
    <div className={classes.times}>
      {(isWhole ? clips : clips.slice(0, clipsAtOnce)).map((clip) => (
        <ClipLink key={clip.id} clip={clip} />
      ))}
      {hidden > 0 && !isWhole && (
        <button type="button" className={classes.linkButton} onClick={() => setWhole(true)}>
          + {countText(hidden)}
        </button>
      )}
    </div>
  );
}

function ClipLink({ clip }: { clip: Clip }) {
  const time = clip.startSeconds === null ? 'Clip' : playTime(clip.startSeconds);
  const address = webAddress(clip.url);
  if (address === undefined) return <span className={classes.soft}>{time}</span>;
  return (
    <a
      className={classes.clip}
      href={address}
      target="_blank"
      rel="noreferrer"
      title={clip.title ?? 'Play this clip'}
      aria-label={`Play ${clip.title ?? 'the clip'} at ${time}`}
    >
      {time}
      <IconPlayerPlayFilled size={11} aria-hidden />
    </a>
  );
}
