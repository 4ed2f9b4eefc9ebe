import { chooseConstants } from './choose-constants.ts';
import type { Owner } from './choose-owner.ts';
import type { Primary } from './choose-primary.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { countCodePoints, cutText } from './cut-text.ts';
import { BLOCK_END, BLOCK_START } from './description-block.ts';
import type { ParticipantsList } from './list-event-participants.ts';
import type { Meeting, Participant } from './meeting.ts';
import { durationInWords, label, meetingPage, personInWords, titleOf } from './meeting-words.ts';
import type { Policy } from './policy.ts';
import type { Capabilities, EventContent } from './sync-plan.ts';

export type EventDraftInput = {
  meeting: Meeting;
  policy: Policy;
  capabilities: Capabilities;
  primary: Primary;
  owner: Owner;
  people: ParticipantsList;
  /** The CRM has no event of this meeting yet. */
  isNew?: boolean;
};

/** The event of a meeting as we want it, with a sentence for everything that did not fit. */
export function draftEvent(input: EventDraftInput): { content: EventContent; warnings: string[] } {
  const { meeting, capabilities, primary, owner, people } = input;
  const title = titleOf(meeting);
  const url = meeting.conferenceUrl === null ? '' : cleanLine(meeting.conferenceUrl);
  const isVenueTooLong = countCodePoints(url) > capabilities.venueLength;
  const description = describe(input, isVenueTooLong ? url : null);
  const { record, contact } = primary;
  const content: EventContent = {
    meetingId: meeting.id,
    title: cutText(title, capabilities.titleLength),
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    timeZone: meeting.timeZone,
    ownerUserId: owner.userId,
    organizerKey: owner.organizerKey,
    venue: url === '' || isVenueTooLong ? null : url,
    description: description.text,
    primary: record === null ? null : { module: record.module, id: record.id },
    contactId: contact?.id ?? null,
    participants: people.participants,
    activityType:
      capabilities.hasActivityTypeField && meeting.activityType !== null ? label(meeting.activityType) : null,
    aiScorePercent: capabilities.hasAiScoreField ? percent(meeting) : null,
    recordingUrl: capabilities.hasRecordingField ? meeting.recordingUrl : null,
  };
  const constants =
    input.isNew === true ? chooseConstants(capabilities.constants ?? [], meeting.activityType) : undefined;
  if (constants !== undefined) content.constants = constants;
  return { content, warnings: [...warn(input, title, isVenueTooLong), ...description.warnings] };
}

function percent({ summary }: Meeting): number | null {
  const score = summary?.aiScore ?? null;
  return score === null ? null : Math.round(score * 100);
}

function warn({ owner, people, capabilities }: EventDraftInput, title: string, isVenueTooLong: boolean): string[] {
  const warnings = owner.warning === null ? [] : [owner.warning];
  if (countCodePoints(title) > capabilities.titleLength) {
    warnings.push(`The title is longer than ${capabilities.titleLength} characters and was cut.`);
  }
  if (isVenueTooLong) warnings.push('The conference address is too long for the venue and stands in the description.');
  if (capabilities.useParticipants && people.everybody.length > capabilities.maxParticipants) {
    const max = capabilities.maxParticipants;
    warnings.push(
      `${people.everybody.length} people took part and the event shows at most ${max}: the others are in its description.`,
    );
  }
  return warnings;
}

/**
 * The description: a neutral block between two marker lines, since calendars may show it to guests. The conversation's
 * content is in it only where the organization asks for that.
 */
function describe(input: EventDraftInput, longVenue: string | null): { text: string; warnings: string[] } {
  const { meeting, capabilities, policy } = input;
  const fixed = [...facts(input, longVenue), `Meeting page: ${meetingPage(capabilities.meetingUrl, meeting)}`];
  const frame = (lines: string[]) => [BLOCK_START, ...lines, BLOCK_END].join('\n');
  let room = capabilities.descriptionLength - countCodePoints(frame(fixed));
  const groups: string[] = [];
  let isCut = room < 0;
  for (const [heading, people] of peopleToName(input)) {
    const line = nameAsMany(heading, people, room - 1);
    isCut ||= line.isCut;
    if (line.text === '') continue;
    groups.push(line.text);
    room -= countCodePoints(line.text) + 1;
  }
  const content = policy.describeContent && meeting.summary !== null ? cleanText(meeting.summary.text) : '';
  const told = content === '' || room < 20 ? '' : cutText(content, room - 2);
  isCut ||= told !== content;
  const lines = [...fixed.slice(0, -1), ...groups, ...fixed.slice(-1), ...(told === '' ? [] : ['', told])];
  const text = cutText(frame(lines), capabilities.descriptionLength);
  const warning = `The description was cut to ${capabilities.descriptionLength} characters; the meeting page has all of it.`;
  return { text, warnings: isCut ? [warning] : [] };
}

function facts({ meeting, people }: EventDraftInput, longVenue: string | null): string[] {
  const host = people.everybody.find((person) => person.role === 'organizer');
  return [
    `Duration: ${durationInWords(meeting)}`,
    ...(host === undefined ? [] : [`Host: ${personInWords(host)}`]),
    ...(meeting.activityType === null ? [] : [`Activity type: ${label(meeting.activityType)}`]),
    ...(longVenue === null ? [] : [`Conference: ${longVenue}`]),
  ];
}

function peopleToName({ capabilities, people }: EventDraftInput): [string, Participant[]][] {
  if (!capabilities.useParticipants) return [['Participants', people.everybody]];
  return [
    ['Also took part', people.overflow],
    ['Not in Zoho CRM', people.notInZoho],
    ['Not identified in Zoho CRM yet', people.notIdentified],
  ];
}

/** `Heading: A, B and 12 more`, with as many names as fit into `room` code points. */
function nameAsMany(heading: string, people: Participant[], room: number): { text: string; isCut: boolean } {
  if (people.length === 0) return { text: '', isCut: false };
  const names = people.map(personInWords);
  const whole = `${heading}: ${names.join(', ')}`;
  if (countCodePoints(whole) <= room) return { text: whole, isCut: false };
  const more = (left: number) => ` and ${left} more`;
  let text = `${heading}:`;
  for (const [position, name] of names.entries()) {
    const longer = `${text}${position === 0 ? ' ' : ', '}${name}`;
    const left = names.length - position;
    if (countCodePoints(longer + more(left)) > room) {
      return { text: position === 0 ? '' : text + more(left), isCut: true };
    }
    text = longer;
  }
  return { text, isCut: false };
}
