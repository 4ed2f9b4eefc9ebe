import { cleanLine, cleanText } from './clean-text.ts';
import { countCodePoints, cutText } from './cut-text.ts';
import { type DraftedNote, noteTitle, summaryBody } from './draft-summary-notes.ts';
import type { Clip, Meeting, MeetingNote } from './meeting.ts';
import { clock, label, meetingPage } from './meeting-words.ts';
import { CONSOLIDATED_SLOT, noteMarker } from './note-slot.ts';
import type { Policy } from './policy.ts';
import type { Capabilities, LeftOut, Written } from './sync-plan.ts';

const MOST_NAMED = 20;
const UNSEEN = 'Also associated, without a note of their own';
const WITHOUT_CATEGORY = 'Without category';
const WITHOUT_NOTE = 'Clips without a note';
/** Kept free at the end for the line that says how much is missing. */
const MORE_ROOM = 120;

export type ConsolidatedInput = {
  meeting: Meeting;
  policy: Policy;
  capabilities: Capabilities;
  /** The event's id in the CRM, null before it is created. */
  eventId: string | null;
  /** The text that stands and may stay if it only names fewer records; null: the newest text is wanted. */
  standing: string | null;
  /** Associated records on which nothing shows the meeting. */
  unseen: readonly LeftOut[];
  /** Put the summary in front, because no record holds it. */
  holdsSummary: boolean;
};

/**
 * The one note with all notes and clips of a meeting: by smart category in the organization's order, then the others by
 * first appearance, uncategorised last. What does not fit is cut at a whole entry, and a line says how much and where it is.
 */
export function draftConsolidatedNote(input: ConsolidatedInput): { note: DraftedNote; warnings: string[] } {
  const { meeting, capabilities, eventId } = input;
  const page = meetingPage(capabilities.meetingUrl, meeting);
  const limit = capabilities.noteContentLength;
  const head = input.holdsSummary ? [cutText(summaryBody(meeting), Math.floor(limit / 2))] : [];
  const tail = [
    ...nameUnseen(input.unseen, page, Math.floor(limit / 4)),
    `Meeting page: ${page}`,
    noteMarker(meeting.id, CONSOLIDATED_SLOT),
  ];
  const frame = countCodePoints([...head, '', ...tail].join('\n\n'));
  const entries = listEntries(meeting, input.policy);
  const fitted = fitEntries(entries, limit - frame, page);
  const newest = [...head, fitted.text, ...tail].join('\n\n');
  const content = input.standing !== null && saysEnough(input.standing, newest, input.unseen) ? input.standing : newest;
  const title = noteTitle('Notes and clips', meeting, capabilities.noteTitleLength);
  const note = {
    slot: CONSOLIDATED_SLOT,
    content: { parent: { module: 'events' as const, id: eventId }, title, content },
  };
  const left = entries.length - fitted.shown;
  const warning = `${left} of ${entries.length} notes and clips do not fit into one note; it links to the meeting page for them.`;
  return { note, warnings: left === 0 ? [] : [warning] };
}

type Entry = { heading: string; text: string };

function listEntries({ notes, clips }: Meeting, { smartCategoryOrder }: Policy): Entry[] {
  const clipsOf = groupClips(clips, new Set(notes.map((note) => note.id)));
  const inTime = [...notes].sort(byStart);
  const named = inTime.map((note) => label(note.smartCategory ?? ''));
  const order = [...new Set([...smartCategoryOrder.map(label), ...named])].filter((category) => category !== '');
  const rank = new Map(order.map((category, at) => [category, at]));
  const entries = inTime.map((note, at) => ({
    rank: rank.get(named[at] ?? '') ?? order.length,
    heading: named[at] === '' ? WITHOUT_CATEGORY : (named[at] ?? WITHOUT_CATEGORY),
    text: [noteInWords(note), ...(clipsOf.get(note.id) ?? []).map((clip) => `  Clip ${clipInWords(clip)}`)].join('\n'),
  }));
  const loose = (clipsOf.get(null) ?? []).map((clip) => ({ heading: WITHOUT_NOTE, text: clipInWords(clip) }));
  return [...entries.sort((a, b) => a.rank - b.rank), ...loose];
}

/** Clips by the note they belong to, in time; null: those of no note. */
function groupClips(clips: readonly Clip[], noteIds: Set<string>): Map<string | null, Clip[]> {
  const groups = new Map<string | null, Clip[]>();
  for (const clip of [...clips].sort(byStart)) {
    const key = clip.noteId !== null && noteIds.has(clip.noteId) ? clip.noteId : null;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [clip]);
    else group.push(clip);
  }
  return groups;
}

function byStart(a: { startSeconds: number | null }, b: { startSeconds: number | null }): number {
  if (a.startSeconds === null || b.startSeconds === null) {
    return Number(a.startSeconds === null) - Number(b.startSeconds === null);
  }
  return a.startSeconds - b.startSeconds;
}

function noteInWords({ startSeconds, text, recording }: MeetingNote): string {
  const words = `${cleanText(text)}${from(recording)}`;
  return startSeconds === null ? words : `${clock(startSeconds)} ${words}`;
}

function from(recording: string | null | undefined): string {
  return recording == null ? '' : ` (${label(recording)})`;
}

function clipInWords({ startSeconds, endSeconds, title, url, recording }: Clip): string {
  const start = startSeconds === null ? '' : clock(startSeconds);
  const period = endSeconds === null || start === '' ? start : `${start}–${clock(endSeconds)}`;
  return `${[period, label(title ?? ''), cleanLine(url)].filter((part) => part !== '').join(' ')}${from(recording)}`;
}

function fitEntries(entries: Entry[], room: number, page: string): { text: string; shown: number } {
  if (entries.length === 0) return { text: 'No notes were taken in this meeting.', shown: 0 };
  const whole = render(entries);
  if (countCodePoints(whole) <= room) return { text: whole, shown: entries.length };
  const more = (left: number) => `… and ${left} more notes and clips: ${page}`;
  const budget = Math.max(0, room - MORE_ROOM - countCodePoints(page));
  let used = 0;
  let shown = 0;
  for (const [at, entry] of entries.entries()) {
    used += countCodePoints(render([entry])) + 2;
    if (used > budget) break;
    shown = at + 1;
  }
  const [first] = entries;
  if (shown > 0 || first === undefined) {
    return { text: `${render(entries.slice(0, shown))}\n\n${more(entries.length - shown)}`, shown };
  }
  // Not even the first entry fits: its beginning says more than nothing.
  const beginning = cutText(render([first]), Math.max(1, budget));
  return { text: `${beginning}\n\n${more(entries.length)}`, shown: 0 };
}

function render(entries: Entry[]): string {
  const lines: string[] = [];
  let heading: string | null = null;
  for (const entry of entries) {
    if (entry.heading !== heading) lines.push(...(heading === null ? [] : ['']), entry.heading);
    heading = entry.heading;
    lines.push(entry.text);
  }
  return lines.join('\n');
}

/** The text that stands, where it may stay: nobody edited it, and only records in the CRM changed. */
export function standingNote({ written, isMirrorOnly }: { written: Written; isMirrorOnly?: boolean }): string | null {
  if (!isMirrorOnly) return null;
  return written.notes.find((note) => note.slot === CONSOLIDATED_SLOT)?.content.content ?? null;
}

/**
 * Whether a text says the same as the newest one but for records that are left out since: a new deal of an account would else have
 * the note of every past meeting with it written again.
 */
function saysEnough(standing: string, newest: string, unseen: readonly LeftOut[]): boolean {
  const one = takeUnseen(standing);
  const other = takeUnseen(newest);
  const known = new Set(unseen.map(({ name }) => `- ${label(name)}`));
  return one.rest === other.rest && one.count <= unseen.length && one.lines.every((line) => known.has(line));
}

const UNSEEN_HEAD = new RegExp(`^${UNSEEN} \\((\\d+)\\):$`, 'u');

/** A text without its paragraph about records that show nothing, and what that says. */
function takeUnseen(text: string): { rest: string; lines: string[]; count: number } {
  const paragraphs = text.split('\n\n');
  const at = paragraphs.length - 3;
  const [head = '', ...lines] = (paragraphs[at] ?? '').split('\n');
  const count = UNSEEN_HEAD.exec(head)?.[1];
  if (count === undefined) return { rest: text, lines: [], count: 0 };
  const rest = paragraphs.filter((_, position) => position !== at).join('\n\n');
  return { rest, lines: lines.filter((line) => line.startsWith('- ')), count: Number(count) };
}

/** The first records that are associated and show nothing, with their number and where all of them are. */
function nameUnseen(unseen: readonly LeftOut[], page: string, room: number): string[] {
  if (unseen.length === 0) return [];
  const head = `${UNSEEN} (${unseen.length}):`;
  const names: string[] = [];
  let used = countCodePoints(`${head}\n… and ${unseen.length} more: ${page}`);
  for (const { name } of unseen.slice(0, MOST_NAMED)) {
    const line = `- ${label(name)}`;
    used += countCodePoints(line) + 1;
    if (used > room) break;
    names.push(line);
  }
  const left = unseen.length - names.length;
  const end = left === 0 ? `All of them: ${page}` : `… and ${left} more: ${page}`;
  return [[head, ...names, end].join('\n')];
}
