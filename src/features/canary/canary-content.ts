import { type CanaryCalendars, canaryName, type ShowingStep } from '../../domain/canary.ts';
import type { EventContent, EventParticipant, NoteContent } from '../../domain/sync-plan.ts';

export type CanaryFacts = {
  id: string;
  mailbox: string;
  hostUserId: string;
  startedAt: Date;
  calendars: CanaryCalendars;
};

/** What of the connection the trial's records need. */
export type CanaryOrg = { timeZone: string | null; zohoUserId: string; zohoUserName: string };

const WORDS: Record<ShowingStep, string> = {
  contacts: 'contact as participant',
  emails: 'address as participant',
  contactOfEvent: 'contact of the event',
  users: 'colleague as participant',
};

const HOUR_MS = 3_600_000;
const LENGTH_MS = 15 * 60_000;

/** Title of one of the trial's events; mails about it name it. */
export function canaryTitle(id: string, step: ShowingStep): string {
  return `${canaryName(id)} ${WORDS[step]}`;
}

/** An event two days before the trial, of the host, with one person on it in one way. */
export function canaryEvent(facts: CanaryFacts, org: CanaryOrg, step: ShowingStep, contactId: string): EventContent {
  const startsAt = Math.floor(facts.startedAt.getTime() / HOUR_MS) * HOUR_MS - 48 * HOUR_MS;
  return {
    meetingId: `canary-${facts.id}-${step}`,
    title: canaryTitle(facts.id, step),
    startsAt,
    endsAt: startsAt + LENGTH_MS,
    timeZone: org.timeZone ?? 'UTC',
    ownerUserId: facts.hostUserId,
    venue: null,
    description: 'A trial of whether writes like this one mail anybody. It is removed at its end.',
    primary: null,
    contactId: step === 'contactOfEvent' ? contactId : null,
    participants: participantsOf(facts, org, step, contactId),
    activityType: null,
    aiScorePercent: null,
    recordingUrl: null,
  };
}

function participantsOf(
  { id, mailbox }: CanaryFacts,
  org: CanaryOrg,
  step: ShowingStep,
  contactId: string,
): EventParticipant[] {
  if (step === 'contacts') return [{ type: 'contact', id: contactId, name: canaryName(id) }];
  if (step === 'emails') return [{ type: 'email', email: mailbox, name: canaryName(id) }];
  return step === 'users' ? [{ type: 'user', id: org.zohoUserId, name: org.zohoUserName }] : [];
}

/** The same event as somebody's later evaluation would change it. */
export function changedEvent(content: EventContent): EventContent {
  const description = `${content.description} It was changed.`;
  return { ...content, title: `${content.title} (changed)`, endsAt: content.endsAt + LENGTH_MS, description };
}

export function canaryNote(id: string, parent: NoteContent['parent']): NoteContent {
  return { parent, title: canaryName(id), content: 'A trial of whether notes mail anybody. It is removed at its end.' };
}
