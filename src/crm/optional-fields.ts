import { AppError } from '../errors.ts';
import { createFields } from '../zoho/create-fields.ts';
import { type CrmField, listFields } from '../zoho/metadata.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { crmError } from './crm-error.ts';
import { findOwnFields, OPTIONAL_FIELDS, type OptionalField } from './own-fields.ts';

export type OptionalFieldNames = Pick<OrgCapabilities, 'activityTypeField' | 'aiScoreField' | 'recordingField'>;
export type KnownFields = OptionalFieldNames & Pick<OrgCapabilities, 'ownFields'>;

/** The optional fields that an org's Events have, by what they hold; null where there is none. */
export function findOptionalFields(fields: readonly CrmField[]): OptionalFieldNames {
  const named = (key: OptionalField, types: string[]) =>
    fields.find(
      (field) => field.label === OPTIONAL_FIELDS[key].label && types.includes(field.dataType) && !field.isReadOnly,
    )?.apiName ?? null;
  return {
    activityTypeField: named('activityType', ['text', 'picklist']),
    aiScoreField: named('aiScore', ['percent', 'double', 'integer']),
    recordingField: named('recording', ['website']),
  };
}

/**
 * Makes sure that Events have these fields: one call when they are there, three when some are created. Throws `crm_rejected`
 * with Zoho's reason for the first one that was refused.
 */
export async function ensureOptionalFields(
  transport: ZohoTransport,
  keys: readonly OptionalField[],
): Promise<KnownFields> {
  const before = await listFields(transport, 'Events');
  if (before.kind === 'failed') throw crmError(before, 'The fields of Events could not be read');
  const known = findOptionalFields(before.value);
  const missing = keys.filter((key) => known[`${key}Field`] === null);
  if (missing.length === 0) return { ...known, ownFields: findOwnFields(before.value) };
  const outcomes = await createFields(
    transport,
    'Events',
    missing.map((key) => OPTIONAL_FIELDS[key]),
  );
  const refused = outcomes.find((outcome) => outcome.kind === 'failed');
  if (refused?.kind === 'failed') {
    throw new AppError('crm_rejected', `Zoho did not create the fields: ${refused.message} Ask a Zoho administrator.`);
  }
  const after = await listFields(transport, 'Events');
  if (after.kind === 'failed') throw crmError(after, 'The fields of Events could not be read again');
  return { ...findOptionalFields(after.value), ownFields: findOwnFields(after.value) };
}
