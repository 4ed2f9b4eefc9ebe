import type { AllowedWrites, WriteVerdict } from '../domain/leave-out-refused.ts';
import { type MailModes, participantTypesOf } from '../domain/mail-modes.ts';
import type { Capabilities } from '../domain/sync-plan.ts';
import type { OwnField } from './own-fields.ts';
import { isRefused, type Rights } from './rights.ts';

/** What metadata said about an org at connect; stored with the connection. Lengths in characters. */
export type OrgCapabilities = {
  /** `external`: exactly once by the external field. `marker`: custom fields were refused, so at least once. */
  mode: 'external' | 'marker';
  externalField: string | null;
  titleLength: number;
  descriptionLength: number;
  /** The api_name of the event's place: `Venue` or `venue`, by org. */
  venueField: string | null;
  venueLength: number;
  noteTitleLength: number;
  noteContentLength: number;
  activityTypeField: string | null;
  aiScoreField: string | null;
  recordingField: string | null;
  /** Fields on Events that we made, as they were seen last. Left out: never looked at. */
  ownFields?: OwnField[];
  fallbackOwnerId: string;
  /** Administrators may list all notes at once; others read them parent by parent. */
  canListNotes: boolean;
};

/** Zoho takes at most 50 participants. Source: Zoho CRM API v7, Insert Records (Events). */
const MAX_PARTICIPANTS = 50;

/** The planner's picture of a connection. `meetingUrl` is the product's address of meeting pages, ending with a slash. */
export function toPlanCapabilities(
  org: OrgCapabilities,
  connection: { isSafeMode: boolean; mailModes: MailModes | null; meetingUrl: string; rights: Rights | null },
): Capabilities {
  const { mailModes } = connection;
  const types = mailModes === null ? null : participantTypesOf(mailModes);
  const mayShow = types === null ? !connection.isSafeMode : types.length > 0;
  return {
    useParticipants: mayShow && !isRefused(connection.rights, 'event_participants'),
    ...(types === null ? {} : { participantTypes: types }),
    // In safe mode nobody outside is on the event in any way: contacts get notes.
    showsContact: mailModes === null ? !connection.isSafeMode : mailModes.contactOfEvent,
    areUpdatesSilent: mailModes?.updates === true,
    maxParticipants: MAX_PARTICIPANTS,
    titleLength: org.titleLength,
    descriptionLength: org.descriptionLength,
    venueLength: org.venueLength,
    noteTitleLength: org.noteTitleLength,
    noteContentLength: org.noteContentLength,
    hasActivityTypeField: org.activityTypeField !== null,
    hasAiScoreField: org.aiScoreField !== null,
    hasRecordingField: org.recordingField !== null,
    fallbackOwnerId: org.fallbackOwnerId,
    meetingUrl: connection.meetingUrl,
  };
}

/** Which writes Zoho is not known to refuse, nor to mail on: a right that was never tested is tried. */
export function toAllowedWrites(rights: Rights | null, modes: MailModes | null): AllowedWrites {
  const verdict = (right: Parameters<typeof isRefused>[1], isSilent: boolean | undefined): WriteVerdict => {
    if (isRefused(rights, right)) return 'refused';
    return isSilent === false ? 'mails' : 'allowed';
  };
  const edit = verdict('events_edit', modes?.updates);
  return {
    create_event: verdict('events_create', true),
    update_event: edit,
    adopt_event: edit,
    disown_event: edit,
    release_event: edit,
    delete_event: verdict('events_delete', modes?.deletes),
    create_note: verdict('notes_create', modes?.notes),
    update_note: verdict('notes_edit', modes?.notes),
    delete_note: verdict('notes_delete', true),
  };
}
