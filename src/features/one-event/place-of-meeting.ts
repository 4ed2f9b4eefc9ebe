import type { ScheduledRow } from '../../db/queries/candidates.ts';
import type { Evaluation } from '../../domain/association.ts';
import { canonicalEmail } from '../../domain/canonical-email.ts';
import type { MeetingToPlace } from '../../domain/judge-candidates.ts';
import type { Meeting } from '../../domain/meeting.ts';

/** A meeting as the calendar knows it: its scheduled times, its colleagues as Zoho users, its people of the other side. */
export function placeOfMeeting(
  meeting: Meeting,
  evaluation: Evaluation,
  scheduled: ScheduledRow | undefined,
): MeetingToPlace {
  const matches = new Map(evaluation.matches.map((match) => [match.participantKey, match]));
  const userOf = (key: string): string | null => {
    const match = matches.get(key);
    return match?.kind === 'internal' ? match.userId : null;
  };
  const organizerEmail = canonicalEmail(scheduled?.organizerEmail)?.email ?? null;
  const organizer = meeting.participants.find((person) =>
    organizerEmail === null ? person.role === 'organizer' : canonicalEmail(person.email)?.email === organizerEmail,
  );
  const outsiders = meeting.participants.flatMap((person) => {
    const match = matches.get(person.key);
    if (match?.kind === 'internal') return [];
    const email = canonicalEmail(person.email)?.email;
    return [
      ...(email === undefined ? [] : [email]),
      ...(match?.kind === 'matched' ? [`${match.module}/${match.recordId}`] : []),
    ];
  });
  return {
    id: meeting.id,
    title: meeting.title,
    startsAt: scheduled?.startsAt?.getTime() ?? meeting.startsAt,
    endsAt: scheduled?.endsAt?.getTime() ?? meeting.endsAt,
    userIds: [...new Set(meeting.participants.flatMap((person) => userOf(person.key) ?? []))],
    organizerUserId: organizer === undefined ? null : userOf(organizer.key),
    conferenceUrl: meeting.conferenceUrl,
    outsiders,
  };
}
