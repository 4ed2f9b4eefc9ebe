import type { CrmModule } from '../domain/crm-picture.ts';
import { EVENT_LINK, type EventContent, type EventParticipant, type NoteContent } from '../domain/sync-plan.ts';
import { formatCrmTime } from '../zoho/crm-time.ts';
import type { RecordFields } from '../zoho/write-records.ts';
import type { OrgCapabilities } from './capabilities.ts';

/** Our module words as Zoho's api_names. */
export const ZOHO_MODULES: Record<CrmModule | 'events', string> = {
  contacts: 'Contacts',
  leads: 'Leads',
  accounts: 'Accounts',
  deals: 'Deals',
  events: 'Events',
};

type EventKey = keyof EventContent;

/**
 * An event's fields as Zoho wants them; with `changed`, only those. Reminders are never set and nobody is invited, so that
 * nothing here asks Zoho to mail. Source: Zoho CRM API v8, Insert Records (Events).
 */
export function eventFields(
  content: EventContent,
  capabilities: OrgCapabilities,
  changed: readonly EventKey[] | null = null,
): RecordFields {
  const isWanted = (key: EventKey) => changed === null || changed.includes(key);
  const fields: RecordFields = {};
  const put = (key: EventKey, name: string | null, value: unknown) => {
    // A new event leaves blanks out; an update sends null to clear what was there.
    if (name !== null && isWanted(key) && !(changed === null && value === null)) fields[name] = value;
  };
  put('title', 'Event_Title', content.title);
  if (isWanted('startsAt') || isWanted('endsAt') || isWanted('timeZone')) {
    fields.Start_DateTime = formatCrmTime(content.startsAt, content.timeZone);
    fields.End_DateTime = formatCrmTime(content.endsAt, content.timeZone);
  }
  put('description', 'Description', content.description);
  put('venue', capabilities.venueField, content.venue);
  if (content.ownerUserId !== null) put('ownerUserId', 'Owner', { id: content.ownerUserId });
  put('contactId', 'Who_Id', content.contactId === null ? null : { id: content.contactId });
  if (isWanted('primary')) Object.assign(fields, primaryFields(content.primary, changed === null));
  if (isWanted('participants') && !(changed === null && content.participants.length === 0)) {
    fields.Participants = content.participants.map(participantFields);
  }
  put('activityType', capabilities.activityTypeField, content.activityType);
  put('aiScorePercent', capabilities.aiScoreField, content.aiScorePercent);
  put('recordingUrl', capabilities.recordingField, content.recordingUrl);
  if (isWanted('meetingId') && capabilities.externalField !== null) {
    // An event that is no longer this meeting's gives the id free for another one.
    fields[capabilities.externalField] = content.meetingId === '' ? null : content.meetingId;
  }
  // What the meeting has itself comes before what stands in for it.
  return isWanted('constants') ? { ...content.constants, ...fields } : fields;
}

/** A note as Zoho wants it. The parent of a note cannot be changed later. Source: Zoho CRM API v8, Create Notes. */
export function noteFields(content: NoteContent, event: { id: string; url: string }): RecordFields {
  const id = content.parent.id ?? event.id;
  return {
    Parent_Id: { module: { api_name: ZOHO_MODULES[content.parent.module] }, id },
    ...noteText(content, event.url),
  };
}

/** Title and content, the only parts of a note that can be updated. */
export function noteText(content: NoteContent, eventUrl: string): RecordFields {
  return { Note_Title: content.title, Note_Content: content.content.replaceAll(EVENT_LINK, eventUrl) };
}

/** The page of an event for people. Source: the address bar of Zoho CRM; `crmPages` is the origin of its pages. */
export function eventPage(crmPages: string, zgid: string | null, eventId: string): string {
  return recordPage(crmPages, zgid, 'Events', eventId);
}

/** The page of a record for people; deals go by their internal name there. */
export function recordPage(crmPages: string, zgid: string | null, module: string, id: string): string {
  const org = zgid === null ? '' : `/org${zgid}`;
  return `${crmPages}/crm${org}/tab/${module === 'Deals' ? 'Potentials' : module}/${id}`;
}

function primaryFields(primary: EventContent['primary'], isNew: boolean): RecordFields {
  if (primary === null) return isNew ? {} : { What_Id: null };
  return { What_Id: { id: primary.id }, $se_module: ZOHO_MODULES[primary.module] };
}

/** `invited: false` says that the person is shown, not asked to come. */
function participantFields(participant: EventParticipant): RecordFields {
  if (participant.type === 'email') {
    const { email, name } = participant;
    return { type: 'email', participant: email, Email: email, name, invited: false };
  }
  return { type: participant.type, participant: participant.id, invited: false };
}
