import type { ParticipantMatch } from './association.ts';
import { collapseParticipants } from './collapse-participants.ts';
import type { CrmPicture, CrmUser } from './crm-picture.ts';
import { indexPicture } from './index-picture.ts';
import type { Meeting } from './meeting.ts';
import { personInWords } from './meeting-words.ts';
import type { Capabilities, WrittenEvent } from './sync-plan.ts';

export type Owner = { userId: string | null; organizerKey: string | null; warning: string | null };

/**
 * Whose event it is: the host's, if an active and confirmed Zoho user, else the fallback owner's, else (null) that of the
 * connection's user. An event keeps its owner until the meeting has another organizer.
 */
export function chooseOwner(
  meeting: Meeting,
  matches: readonly ParticipantMatch[],
  picture: CrmPicture,
  capabilities: Capabilities,
  written: WrittenEvent | null,
): Owner {
  const organizer = collapseParticipants(meeting.participants).find((person) => person.role === 'organizer') ?? null;
  const organizerKey = organizer?.key ?? null;
  const before = written?.content;
  if (before !== undefined && before.organizerKey === organizerKey) {
    return { userId: before.ownerUserId, organizerKey, warning: null };
  }
  const host = organizer === null ? null : usableUser(matches, organizer.key, picture);
  if (host !== null) return { userId: host.id, organizerKey, warning: null };
  const fallback = capabilities.fallbackOwnerId;
  const who =
    organizer === null
      ? 'The meeting has no organizer'
      : `${personInWords(organizer)} is no active, confirmed Zoho user`;
  const whose = fallback === null ? "the connection's user" : 'the fallback owner';
  return { userId: fallback, organizerKey, warning: `${who}: the event belongs to ${whose}.` };
}

/** The active and confirmed Zoho user that a participant is, else null. */
export function usableUser(
  matches: readonly ParticipantMatch[],
  participantKey: string,
  picture: CrmPicture,
): CrmUser | null {
  const match = matches.find((one) => one.participantKey === participantKey);
  if (match?.kind !== 'internal' || match.userId === null) return null;
  const user = indexPicture(picture).usersById.get(match.userId);
  return user?.isActive === true && user.isConfirmed ? user : null;
}
