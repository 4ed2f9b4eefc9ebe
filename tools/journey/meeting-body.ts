import { type Actor, USERS } from './cast.ts';

/** Parts of a meeting's body that a journey sets itself. */
export type MeetingParts = Record<string, unknown>;

const HOUR_MS = 3_600_000;

/** A processed meeting of Laura Host with these people, that ended half an hour before `now`; `parts` go over it. */
export function meetingBody(
  title: string,
  people: readonly (Actor | string)[],
  now: Date,
  parts: MeetingParts,
): MeetingParts {
  const endsAt = Math.floor(now.getTime() / 60_000) * 60_000 - HOUR_MS / 2;
  const person = (one: Actor | string) =>
    typeof one === 'string' ? { name: one.split('@')[0], email: one } : { name: one.name, email: one.email };
  const processedAt = new Date(endsAt + 60_000).toISOString();
  return {
    title,
    startsAt: new Date(endsAt - HOUR_MS / 2).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    timeZone: 'Europe/Madrid',
    kind: 'video',
    activityType: 'Demo',
    recordingUrl: 'https://recordings.example/1',
    participants: [
      { name: USERS.host.name, email: USERS.host.email, role: 'organizer' },
      ...people.map((one) => ({ ...person(one), role: 'attendee', attended: true })),
    ],
    summary: {
      text: 'They compare three offers.',
      topics: ['Pricing'],
      nextSteps: [{ text: 'Send offer' }],
      aiScore: 0.8,
    },
    notes: [{ id: 'n1', smartCategory: 'Objections', text: 'Too expensive', startSeconds: 60 }],
    processed: { summaryAt: processedAt, notesAt: processedAt },
    ...parts,
  };
}
