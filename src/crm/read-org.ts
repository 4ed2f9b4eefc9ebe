import { AppError } from '../errors.ts';
import { createTextField } from '../zoho/create-fields.ts';
import {
  type CrmField,
  type CrmOrganization,
  type CrmUser,
  listFields,
  readCurrentUser,
  readOrganization,
} from '../zoho/metadata.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { crmError } from './crm-error.ts';
import { findOptionalFields } from './optional-fields.ts';
import { findOwnFields, MEETING_ID_LABEL } from './own-fields.ts';

/** What is learned about an org when somebody connects it. */
export type OrgFacts = {
  org: CrmOrganization;
  user: CrmUser;
  environment: 'production' | 'sandbox' | 'developer';
  capabilities: OrgCapabilities;
};

/** Fits a UUID with room; shorter external values are cheaper for Zoho to index. */
const MEETING_ID_LENGTH = 100;

/** Standard lengths, for an org whose metadata does not tell them. Source: Zoho CRM API v8, Fields Metadata; Notes. */
const STOCK = { title: 255, description: 32_000, venue: 255, noteTitle: 120, noteContent: 65_535 };

/**
 * Reads who and what was connected (org, user, lengths) and finds or creates the external field on Events: five calls, six
 * when the field is new. Throws `crm_rejected` for Bigin and for orgs whose Events cannot be read.
 */
export async function readOrgFacts(transport: ZohoTransport): Promise<OrgFacts> {
  const org = read(await readOrganization(transport), 'Zoho did not tell which org was connected');
  if (org.kind === 'bigin') {
    throw new AppError(
      'crm_rejected',
      'This is a Bigin account. Bigin has no contact roles and no fields on events; connect a Zoho CRM org instead.',
    );
  }
  const user = read(await readCurrentUser(transport), 'Zoho did not tell who connected');
  const eventFields = read(await listFields(transport, 'Events'), 'The fields of Events could not be read');
  const noteFields = await listFields(transport, 'Notes');
  const { externalField, created } = await findOrCreateMeetingId(transport, eventFields);
  const fields = created === null ? eventFields : [...eventFields, created];
  return {
    org,
    user,
    environment: org.kind === 'sandbox' || org.kind === 'developer' ? org.kind : 'production',
    capabilities: toCapabilities(user, fields, noteFields.kind === 'read' ? noteFields.value : [], externalField),
  };
}

function toCapabilities(
  user: CrmUser,
  eventFields: CrmField[],
  noteFields: CrmField[],
  externalField: string | null,
): OrgCapabilities {
  const event = (name: string) => eventFields.find((field) => field.apiName === name);
  const note = (name: string) => noteFields.find((field) => field.apiName === name);
  const venue = event('Venue') ?? event('venue');
  return {
    mode: externalField === null ? 'marker' : 'external',
    externalField,
    titleLength: event('Event_Title')?.length ?? STOCK.title,
    descriptionLength: event('Description')?.length ?? STOCK.description,
    venueField: venue?.apiName ?? null,
    venueLength: venue?.length ?? STOCK.venue,
    noteTitleLength: note('Note_Title')?.length ?? STOCK.noteTitle,
    noteContentLength: note('Note_Content')?.length ?? STOCK.noteContent,
    ...findOptionalFields(eventFields),
    ownFields: findOwnFields(eventFields),
    fallbackOwnerId: user.id,
    canListNotes: /administrator/i.test(user.profileName ?? ''),
  };
}

/** The api_name of our external field; null when the org refuses to have one (no administrator, or no field left). */
async function findOrCreateMeetingId(
  transport: ZohoTransport,
  fields: CrmField[],
): Promise<{ externalField: string | null; created: CrmField | null }> {
  const existing = fields.find((field) => field.label === MEETING_ID_LABEL && field.external === 'org');
  if (existing !== undefined) return { externalField: existing.apiName, created: null };
  const outcome = await createTextField(transport, 'Events', {
    label: MEETING_ID_LABEL,
    length: MEETING_ID_LENGTH,
    tooltip: 'Set by Salescaling: one meeting is one event',
    kind: 'external',
  });
  if (outcome.kind === 'created') return { externalField: outcome.field.apiName, created: outcome.field };
  const isRefused = outcome.kind === 'failed' && outcome.class === 'permanent';
  if (isRefused || (outcome.kind === 'failed' && outcome.code === 'OAUTH_SCOPE_MISMATCH')) {
    return { externalField: null, created: null };
  }
  const why = outcome.kind === 'failed' ? outcome.message : outcome.why;
  throw new AppError(
    'crm_unavailable',
    `Zoho did not create the field “${MEETING_ID_LABEL}” on meetings: ${why} Connect again.`,
  );
}

function read<T>(answer: { kind: 'read'; value: T } | ZohoFailure, doing: string): T {
  if (answer.kind === 'failed') throw crmError(answer, doing);
  return answer.value;
}
