import { cleanLine, cleanText } from './clean-text.ts';
import { collapseParticipants } from './collapse-participants.ts';
import type { RecordRef } from './crm-picture.ts';
import { countCodePoints, cutText, splitText } from './cut-text.ts';
import { localDay } from './local-day.ts';
import type { Meeting, NextStep } from './meeting.ts';
import { durationInWords, label, meetingPage, periodInWords, personInWords, titleOf } from './meeting-words.ts';
import { noteMarker, summarySlot } from './note-slot.ts';
import { type Capabilities, EVENT_LINK, type NoteContent } from './sync-plan.ts';

/** The event's address takes the place of `EVENT_LINK` when a note is sent; this many code points are kept free for it. */
export const EVENT_LINK_ROOM = 120;
/** No field is so short in any CRM known; below it a note would be all frame. */
const LEAST_ROOM = 100;

export type DraftedNote = { slot: string; content: NoteContent };

/**
 * The summary notes of a meeting: for each record one note, or numbered parts where one is too short. The text is made
 * once for all of them, since a meeting may have hundreds.
 */
export function draftSummaryNotes(
  meeting: Meeting,
  records: readonly RecordRef[],
  capabilities: Capabilities,
): DraftedNote[][] {
  const tail = pointers(meeting, capabilities);
  const markers = records.map((record) => countCodePoints(noteMarker(meeting.id, summarySlot(record, 999))));
  const frame = countCodePoints(`\n\n${tail}\n\n`) + EVENT_LINK_ROOM + Math.max(0, ...markers);
  const pieces = splitText(summaryBody(meeting), Math.max(LEAST_ROOM, capabilities.noteContentLength - frame));
  const parts = pieces.map((piece, at) => {
    const suffix = pieces.length === 1 ? '' : ` (${at + 1}/${pieces.length})`;
    const paragraphs = [piece.trim(), ...(at === pieces.length - 1 ? [tail] : [])];
    return {
      title: noteTitle('Meeting summary', meeting, capabilities.noteTitleLength, suffix),
      text: paragraphs.join('\n\n'),
    };
  });
  return records.map(({ module, id }) =>
    parts.map(({ title, text }, at) => {
      const slot = summarySlot({ module, id }, at + 1);
      const content = `${text}\n\n${noteMarker(meeting.id, slot)}`;
      return { slot, content: { parent: { module, id }, title, content } };
    }),
  );
}

/** `Meeting summary: Quarterly review – 2026-11-20 (2/3)`; a long title gives way to the date. */
export function noteTitle(kind: string, meeting: Meeting, length: number, suffix = ''): string {
  const end = ` – ${localDay(meeting.startsAt, meeting.timeZone)}${suffix}`;
  const room = Math.max(1, length - countCodePoints(`${kind}: ${end}`));
  return cutText(`${kind}: ${cutText(titleOf(meeting), room)}${end}`, length);
}

/** Summary, AI Score, topics, next steps and recording, as plain text. */
export function summaryBody(meeting: Meeting): string {
  const { summary } = meeting;
  const host = collapseParticipants(meeting.participants).find((person) => person.role === 'organizer');
  const text = cleanText(summary?.text ?? '');
  const score = summary?.aiScore ?? null;
  const topics = (summary?.topics ?? []).map(cleanLine).filter((topic) => topic !== '');
  const steps = (summary?.nextSteps ?? []).map(nextStepInWords);
  const head = [titleOf(meeting), `${periodInWords(meeting)}, ${durationInWords(meeting)}`];
  if (host !== undefined) head.push(`Host: ${personInWords(host)}`);
  if (meeting.activityType !== null) head.push(`Activity type: ${label(meeting.activityType)}`);
  return [
    head.join('\n'),
    `Summary\n${text === '' ? 'No summary was made.' : text}`,
    ...(score === null ? [] : [`AI Score: ${Math.round(score * 100)}%`]),
    ...list('Topics', topics),
    ...list('Next steps', steps),
    ...(meeting.recordingUrl === null ? [] : [`Recording: ${cleanLine(meeting.recordingUrl)}`]),
  ].join('\n\n');
}

function pointers(meeting: Meeting, { meetingUrl }: Capabilities): string {
  return `All notes and clips are on the event: ${EVENT_LINK}\nMeeting page: ${meetingPage(meetingUrl, meeting)}`;
}

function list(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [`${heading}\n${lines.map((line) => `- ${line}`).join('\n')}`];
}

function nextStepInWords({ text, ownerEmail, dueOn }: NextStep): string {
  const owner = ownerEmail === null ? '' : cleanLine(ownerEmail);
  const details = [...(owner === '' ? [] : [owner]), ...(dueOn === null ? [] : [`due ${dueOn}`])].join(', ');
  return details === '' ? cleanLine(text) : `${cleanLine(text)} (${details})`;
}
