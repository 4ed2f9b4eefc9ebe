import {
  answerCalendar,
  answerTwoEvents,
  decideLink,
  decidePerson,
  isPersonModule,
  publishMeeting,
  settleEdits,
} from '../../api/meetings.ts';
import type { CalendarQuestion, NeedsYouItem } from '../../api/types.ts';
import { clockText, shortDayText } from '../../format/moments.ts';

/** An answer to a question: what it says, what it does, and how it is taken back (null: it cannot be). */
export type Answer = {
  key: string;
  label: string;
  detail: string | null;
  said: string;
  work: () => Promise<unknown>;
  undo: (() => Promise<unknown>) | null;
};

/** The numbered answers to a question; `x` is apart: see `refusal`. A question of a kind that is not known here has none. */
export function answersTo(item: NeedsYouItem): Answer[] {
  switch (item.cause) {
    case 'ambiguous':
      return item.candidates.map((candidate) => chooseAnswer(item, candidate));
    case 'too_many_deals':
      return item.candidates.map((candidate) => linkAnswer(item, candidate));
    case 'nobody_matched':
      return [publishAnswer(item, true, 'Publish anyway', 'The event shows everybody by e-mail, on no record.')];
    case 'failed':
      return [publishAnswer(item, false, 'Try again', 'Only what is missing is written.')];
    case 'different':
      return [publishAnswer(item, false, 'Write ours again', 'Zoho shows again what this meeting says.')];
    case 'deleted_in_crm':
      return [publishAnswer(item, false, 'Write it again', 'A new event and its notes, as the meeting is now.')];
    case 'edited_block':
      return [
        editAnswer(item, 'keep_theirs', 'Keep theirs', 'It stays as it is in Zoho, and is not updated any more.'),
        editAnswer(item, 'write_ours', 'Write ours', 'Our part is written again; text beside it stays.'),
      ];
    case 'calendar_event_unsure':
      return unsureAnswers(item);
    case 'two_events':
      return twoEventsAnswers(item);
    default:
      return [];
  }
}

/** What `x` does: nobody of these people is the participant. */
export function refusal(item: NeedsYouItem): Answer | null {
  const participant = item.participant;
  if (participant === null) return null;
  const { externalId } = item.meeting;
  const participantKey = participant.key;
  return {
    key: 'x',
    label: item.cause === 'ambiguous' ? 'None of them' : 'Nobody to look for',
    detail: null,
    said: `${nameOf(item)}: nobody in Zoho`,
    work: () => decidePerson(externalId, { participantKey, kind: 'ignored' }),
    undo: () => decidePerson(externalId, { participantKey, kind: 'reset' }),
  };
}

/** A candidate of the question, or a record that a person searched for. */
type Choice = Pick<NeedsYouItem['candidates'][number], 'module' | 'crmId' | 'name'> & { detail: string | null };

/** The answer that a participant is this record; an account, which nobody can be, is linked instead. */
export function chooseAnswer(item: NeedsYouItem, candidate: Choice): Answer {
  const participantKey = item.participant?.key ?? '';
  const { externalId } = item.meeting;
  const { module, crmId, name, detail } = candidate;
  if (!isPersonModule(module)) return linkAnswer(item, candidate);
  return {
    key: `${module}:${crmId}`,
    label: name,
    detail,
    said: `${nameOf(item)} is ${name}`,
    work: () => decidePerson(externalId, { participantKey, kind: 'chosen', module, crmId }),
    undo: () => decidePerson(externalId, { participantKey, kind: 'reset' }),
  };
}

function linkAnswer(item: NeedsYouItem, { module, crmId, name, detail }: Choice): Answer {
  const { externalId } = item.meeting;
  return {
    key: `${module}:${crmId}`,
    label: name,
    detail,
    said: `Linked to ${name}`,
    work: () => decideLink(externalId, { module, crmId, decision: 'added' }),
    undo: () => decideLink(externalId, { module, crmId, decision: 'reset' }),
  };
}

function publishAnswer(item: NeedsYouItem, anyway: boolean, label: string, detail: string): Answer {
  return {
    key: 'publish',
    label,
    detail,
    said: `${item.meeting.title}: on its way to Zoho`,
    work: () => publishMeeting(item.meeting.externalId, anyway),
    undo: null,
  };
}

function editAnswer(item: NeedsYouItem, choice: 'keep_theirs' | 'write_ours', label: string, detail: string): Answer {
  const { externalId, title } = item.meeting;
  return {
    key: choice,
    label,
    detail,
    said: `${title}: ${choice === 'keep_theirs' ? 'theirs stays' : 'ours is on its way to Zoho'}`,
    work: () => settleEdits(externalId, { slot: 'event', choice }),
    undo: null,
  };
}

type CalendarEvent = CalendarQuestion['events'][number];

function unsureAnswers(item: NeedsYouItem): Answer[] {
  const { externalId, title } = item.meeting;
  const events = item.calendarQuestion?.events ?? [];
  return [
    ...events.map((event) => ({
      key: `event:${event.eventId}`,
      label: `Take “${event.title}”`,
      detail: eventText(event),
      said: `${title}: the calendar’s event is taken`,
      work: () => answerCalendar(externalId, { choice: 'adopt', eventId: event.eventId }),
      undo: null,
    })),
    {
      key: 'create',
      label: 'Write an event of our own',
      detail: 'None of these is this meeting.',
      said: `${title}: an event of our own is written`,
      work: () => answerCalendar(externalId, { choice: 'create' }),
      undo: null,
    },
    // Where no time runs out, skipping the question waits as well.
    ...((item.calendarQuestion?.answerBy ?? null) === null
      ? []
      : [
          {
            key: 'wait',
            label: 'Keep waiting',
            detail: 'Nothing is written by itself; the calendar’s event may still come.',
            said: `${title}: waits for the calendar`,
            work: () => answerCalendar(externalId, { choice: 'wait' }),
            undo: null,
          },
        ]),
  ];
}

function twoEventsAnswers(item: NeedsYouItem): Answer[] {
  const { externalId, title } = item.meeting;
  return (item.calendarQuestion?.events ?? []).flatMap((event) => [
    {
      key: `take:${event.eventId}`,
      label: `Move everything to “${event.title}”`,
      // What it does comes first: the end of a long line is cut.
      detail: `Ours is removed. ${eventText(event)}`,
      said: `${title}: moves to the calendar’s event`,
      work: () => answerTwoEvents(externalId, { eventId: event.eventId, choice: 'take' }),
      undo: null,
    },
    {
      key: `dismiss:${event.eventId}`,
      label: 'Keep both',
      detail: `Another meeting, or it may stand beside ours: “${event.title}”`,
      said: `${title}: both events stay`,
      work: () => answerTwoEvents(externalId, { eventId: event.eventId, choice: 'dismiss' }),
      undo: null,
    },
  ]);
}

/** `20 Nov, 15:00–15:45 · Laura Méndez · Room 2 · ana@acme.com and 3 more` */
function eventText({ startsAt, endsAt, ownerName, venue, people, isCopy }: CalendarEvent): string {
  const when = `${shortDayText(startsAt, Date.now())}, ${clockText(startsAt)}–${clockText(endsAt)}`;
  const who = people.slice(0, 3).join(', ') + (people.length > 3 ? ` and ${people.length - 3} more` : '');
  return [when, ownerName, venue, who, isCopy ? 'a colleague’s copy' : null].filter(Boolean).join(' · ');
}

const nameOf = (item: NeedsYouItem) => item.participant?.name ?? item.participant?.email ?? 'The participant';
