import type { RecordRow } from '../../api/types.ts';
import { personZone } from '../../format/moments.ts';

const minute = 60_000;

/** A made-up meeting that ended a quarter of an hour before `now`, with a guest from the CRM if there is one. */
export function sampleMeeting(host: { name: string; email: string }, guest: RecordRow | undefined, now: Date) {
  const endsAt = new Date(now.getTime() - 15 * minute);
  const startsAt = new Date(endsAt.getTime() - 30 * minute);
  const attendee = guest ? { name: guest.name, email: guest.email } : { name: 'Ana Pérez', email: 'ana@acme.example' };
  return {
    externalId: `sample-${startsAt.getTime()}`,
    body: {
      title: `Quarterly review with ${attendee.name}`,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      timeZone: personZone,
      kind: 'video',
      activityType: 'Review',
      visibility: 'organization',
      participants: [
        { name: host.name, email: host.email, role: 'organizer', attended: true },
        { ...attendee, role: 'attendee', attended: true },
      ],
      summary: {
        text: 'The first quarter went well. The team asks for one more region and wants to know the price before the end of the month.',
        topics: ['Results', 'New region', 'Price'],
        nextSteps: [{ text: 'Send the offer for the new region', ownerEmail: host.email }],
        aiScore: 0.86,
      },
      notes: [
        {
          id: 'n1',
          smartCategory: 'Objections',
          text: 'The price per seat is seen as high for small offices.',
          startSeconds: 640,
          endSeconds: 705,
          author: 'ai',
        },
        {
          id: 'n2',
          smartCategory: 'Next steps',
          text: 'An offer for the new region by Friday.',
          startSeconds: 1490,
          endSeconds: 1530,
          author: 'ai',
        },
      ],
      transcript: [
        { speaker: host.name, text: 'How did the first quarter go for you?', startSeconds: 12, endSeconds: 15 },
        {
          speaker: attendee.name,
          text: 'Better than we hoped. We would like to add one more region.',
          startSeconds: 16,
          endSeconds: 22,
        },
      ],
      processed: { summaryAt: now.toISOString(), notesAt: now.toISOString() },
    },
  };
}
