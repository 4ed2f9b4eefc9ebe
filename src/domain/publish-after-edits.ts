import type { EventPart, KeptEvent, KeptNote } from './kept.ts';
import { localMinute } from './local-day.ts';
import type { EventContent, NoteContent, Publication, Written, WrittenEvent, WrittenNote } from './sync-plan.ts';

/**
 * What becomes of a meeting after what people did to it in the CRM. An event that was deleted there ends everything until a person
 * asks for it again; a change inside our block of the description is asked about, while everything else goes on.
 */
export function publishAfterEdits(publication: Publication, { event }: Written, timeZone: string): Publication {
  const isOwnChoice = publication.kind === 'not_published' && publication.cause !== 'internal';
  if (event === null || publication.kind === 'waiting' || isOwnChoice) return publication;
  if (event.goneAt !== null) {
    const when = localMinute(event.goneAt, timeZone);
    const who = event.goneBy === null ? '' : ` by ${event.goneBy}`;
    const reason = `The event was deleted in Zoho${who} on ${when}: nothing is written for this meeting until you publish it again.`;
    return { kind: 'not_published', cause: 'deleted_in_crm', reason };
  }
  if (publication.kind === 'publish' && event.kept?.description === 'block')
    return { kind: 'publish', asks: 'edited_block' };
  return publication;
}

const PART_WORDS: Record<EventPart, string> = {
  title: 'title',
  times: 'time',
  venue: 'place',
  ownerUserId: 'host',
  activityType: 'activity type',
  aiScorePercent: 'AI score',
  recordingUrl: 'recording',
};

/** What stands in the CRM as people left it, in sentences. */
export function tellStanding({ event, notes }: Written): string[] {
  return [...(event === null ? [] : tellEvent(event)), ...notes.flatMap(tellNote)];
}

function tellEvent({ kept, editedBy, goneAt }: WrittenEvent): string[] {
  if (kept === null || goneAt !== null) return [];
  const parts = partsInWords(kept);
  if (parts.length === 0) return [];
  return [`The event was edited in Zoho${by(editedBy)} and keeps its ${inWords(parts)} from there.`];
}

/** The parts of an event that stand as people set them, in words. */
export function partsInWords(kept: KeptEvent): string[] {
  const parts: string[] = kept.parts.map((part) => PART_WORDS[part]);
  if (kept.description === 'block' || kept.description === 'theirs') parts.push('description');
  if (kept.primary !== null) parts.push('related record');
  if (kept.contact !== null) parts.push('contact');
  if (kept.added.length + kept.removed.length > 0) parts.push('participants');
  return parts;
}

function tellNote({ content, kept, editedBy, goneAt, goneBy }: WrittenNote): string[] {
  const note = `The note “${content.title}”`;
  if (goneAt !== null) return [`${note} was deleted in Zoho${by(goneBy)} and is not written again.`];
  return kept === null ? [] : [`${note} was edited in Zoho${by(editedBy)} and is left alone.`];
}

/** What stays in the CRM of a meeting that is taken back, in sentences. */
export function tellLeft({ event, notes }: Written): string[] {
  const edited = notes.filter((note) => note.kept !== null && note.goneAt === null);
  const left = edited.map((note) => `the note “${note.content.title}” was edited there${by(note.editedBy)}`);
  if (event !== null && staysBehind({ event, notes }) && !event.isAdopted) {
    left.unshift(
      event.kept === null ? 'the event carries an edited note' : `the event was edited there${by(event.editedBy)}`,
    );
  }
  return left.length === 0 ? [] : [`Left in Zoho: ${left.join('; ')}.`];
}

/** Whether a meeting that is taken back leaves its event, because a person's work is in it or hangs on it. */
export function staysBehind({ event, notes }: Written): boolean {
  if (event === null || event.goneAt !== null) return false;
  const holdsEdits = notes.some(
    (note) => note.kept !== null && note.goneAt === null && note.content.parent.module === 'events',
  );
  return event.kept !== null || holdsEdits;
}

function by(who: string | null): string {
  return who === null ? '' : ` by ${who}`;
}

function inWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** What happened to one record of ours in the CRM, in a sentence. */
export function tellRecord(record: {
  slot: string;
  content: EventContent | NoteContent;
  kept: KeptEvent | KeptNote | null;
  editedBy: string | null;
  goneAt: unknown;
  goneBy: string | null;
}): string {
  const { slot, content, kept, editedBy, goneAt, goneBy } = record;
  const what = slot === 'event' ? 'The event' : `The note “${content.title}”`;
  if (goneAt !== null) return `${what} is not in Zoho any more${goneBy === null ? '' : `: deleted by ${goneBy}`}.`;
  const parts = kept !== null && 'parts' in kept ? partsInWords(kept) : [];
  const which = parts.length === 0 ? '' : `: ${inWords(parts)}`;
  return `${what} was edited in Zoho${by(editedBy)}${which}.`;
}
