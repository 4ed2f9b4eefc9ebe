import { deleteField, type FieldRemoval } from '../zoho/delete-field.ts';
import { type CrmField, listFields } from '../zoho/metadata.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { refusalError } from './crm-error.ts';

/** Label of the external field on Events that holds a meeting's id. */
export const MEETING_ID_LABEL = 'Salescaling Meeting ID';

/** Fields on Events that make reports inside Zoho possible; created only when somebody asks for them. */
export const OPTIONAL_FIELDS = {
  activityType: { label: 'Activity Type', type: 'text', length: 120, tooltip: 'Kind of meeting, from Salescaling' },
  aiScore: { label: 'AI Score', type: 'percent', tooltip: 'Score of the conversation, from Salescaling' },
  recording: { label: 'Recording', type: 'website', tooltip: 'Recording of the conversation, from Salescaling' },
} as const;

export type OptionalField = keyof typeof OPTIONAL_FIELDS;

/** A field on Events that we made. */
export type OwnField = { id: string; apiName: string; label: string };

/**
 * The fields that we made. Of the optional ones only those that still carry the words that we gave them: the customer may have had a
 * field of that name before us.
 */
export function findOwnFields(fields: readonly CrmField[]): OwnField[] {
  return fields.filter(isOurs).map(({ id, apiName, label }) => ({ id, apiName, label }));
}

function isOurs({ label, external, tooltip }: CrmField): boolean {
  if (label === MEETING_ID_LABEL) return external === 'org';
  return Object.values(OPTIONAL_FIELDS).some((own) => own.label === label && own.tooltip === tooltip);
}

/** The same, read from Zoho now (1 credit). Throws when Zoho cannot be read. */
export async function readOwnFields(transport: ZohoTransport): Promise<OwnField[]> {
  const read = await listFields(transport, 'Events');
  if (read.kind === 'failed') throw refusalError(read, 'The fields of Events could not be read');
  return findOwnFields(read.value);
}

/** Takes a field out of Zoho with what events hold in it (1 credit). */
export function removeOwnField(transport: ZohoTransport, fieldId: string): Promise<FieldRemoval> {
  return deleteField(transport, 'Events', fieldId);
}
