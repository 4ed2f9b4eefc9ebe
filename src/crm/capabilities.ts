import type { AllowedWrites } from '../domain/leave-out-refused.ts';
import type { Capabilities } from '../domain/sync-plan.ts';
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
  fallbackOwnerId: string;
  /** Administrators may list all notes at once; others read them parent by parent. */
  canListNotes: boolean;
};

/** Zoho takes at most 50 participants. Source: Zoho CRM API v7, Insert Records (Events). */
const MAX_PARTICIPANTS = 50;

/** The planner's picture of a connection. `meetingUrl` is the product's address of meeting pages, ending with a slash. */
export function toPlanCapabilities(
  org: OrgCapabilities,
  connection: { isSafeMode: boolean; meetingUrl: string; rights: Rights | null },
): Capabilities {
  return {
    useParticipants: !connection.isSafeMode && !isRefused(connection.rights, 'event_participants'),
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

/** Which writes Zoho is not known to refuse: a right that was never tested is tried. */
export function toAllowedWrites(rights: Rights | null): AllowedWrites {
  const canEdit = !isRefused(rights, 'events_edit');
  return {
    create_event: !isRefused(rights, 'events_create'),
    update_event: canEdit,
    adopt_event: !isRefused(rights, 'events_edit'),
    disown_event: !isRefused(rights, 'events_edit'),
    release_event: !isRefused(rights, 'events_edit'),
    delete_event: !isRefused(rights, 'events_delete'),
    create_note: !isRefused(rights, 'notes_create'),
    update_note: !isRefused(rights, 'notes_edit'),
    delete_note: !isRefused(rights, 'notes_delete'),
  };
}
