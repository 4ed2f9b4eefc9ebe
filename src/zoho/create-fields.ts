import { z } from 'zod';
import { AppError } from '../errors.ts';
import { crmId, outcomeElement } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { classifyAnswer } from './classify-answer.ts';
import { type CrmField, listFields } from './metadata.ts';
import type { ZohoAnswer, ZohoTransport } from './transport.ts';
import type { WriteOutcome } from './write-records.ts';

/** A field to create. An external text field of type `org` has one value space for the whole org and refuses a second equal value. */
export type NewField =
  | { label: string; type: 'text'; length: number; tooltip?: string; isExternal?: boolean; isUnique?: boolean }
  | { label: string; type: 'picklist'; values: readonly string[]; tooltip?: string }
  | { label: string; type: 'percent' | 'website'; tooltip?: string };

/** `created` with the field as it is now (Zoho makes the api_name from the label); else what became of the request. */
export type FieldOutcome =
  | { kind: 'created'; field: CrmField }
  | Exclude<WriteOutcome, { kind: 'done' } | { kind: 'duplicate' }>;

const FIELDS_MAX = 5;

/**
 * Creates up to five fields on the standard layout and reads them back, as Zoho's answer lacks the api_name; one outcome a
 * field, in order. Needs an administrator's profile. Source: Zoho CRM API v8, Create Custom Fields.
 */
export async function createFields(
  transport: ZohoTransport,
  module: string,
  fields: readonly NewField[],
  timing: CallTiming = {},
): Promise<FieldOutcome[]> {
  if (fields.length < 1 || fields.length > FIELDS_MAX) {
    throw new AppError('invalid_input', `Zoho creates 1 to ${FIELDS_MAX} fields in one call, not ${fields.length}.`);
  }
  const answer = await transport.call({
    method: 'POST',
    path: '/settings/fields',
    query: { module },
    body: { fields: fields.map(wireField) },
    ...timingOf(timing),
  });
  const created = decodeCreated(answer, fields.length);
  // Nothing was created: there is nothing to read back.
  if (!created.some((outcome) => outcome.kind === 'id')) return created.flatMap(notCreated);
  const listed = await listFields(transport, module, timing);
  const known = new Map(listed.kind === 'read' ? listed.value.map((field) => [field.id, field]) : []);
  return created.map((outcome): FieldOutcome => {
    if (outcome.kind !== 'id') return outcome;
    const field = known.get(outcome.id);
    if (field !== undefined) return { kind: 'created', field };
    return { kind: 'unknown', why: 'Zoho created the field, but it could not be read back. Look at the fields again.' };
  });
}

/** The field that makes meetings exactly once: text, external for the org. */
export async function createTextField(
  transport: ZohoTransport,
  module: string,
  field: { label: string; length: number; tooltip?: string; kind: 'external' | 'unique' | 'plain' },
  timing: CallTiming = {},
): Promise<FieldOutcome> {
  const { label, length, tooltip, kind } = field;
  const wanted: NewField = {
    type: 'text',
    label,
    length,
    tooltip,
    isExternal: kind === 'external',
    isUnique: kind === 'unique',
  };
  const [outcome] = await createFields(transport, module, [wanted], timing);
  return outcome ?? { kind: 'unknown', why: 'Zoho did not answer for the field.' };
}

function wireField(field: NewField): Record<string, unknown> {
  const base = { field_label: field.label, data_type: field.type, ...tooltipOf(field) };
  if (field.type === 'text') {
    return {
      ...base,
      length: field.length,
      ...(field.isExternal === true ? { external: { type: 'org', show: false } } : {}),
      ...(field.isUnique === true ? { unique: { case_sensitive: false } } : {}),
    };
  }
  if (field.type !== 'picklist') return base;
  return { ...base, pick_list_values: field.values.map((value) => ({ display_value: value, actual_value: value })) };
}

/** Picklists take the icon form only. Source: Zoho CRM API, Create Custom Fields (notes of each type). */
function tooltipOf(field: NewField): Record<string, unknown> {
  return field.tooltip === undefined ? {} : { tooltip: { name: 'info_icon', value: field.tooltip } };
}

type Created = { kind: 'id'; id: string } | Exclude<FieldOutcome, { kind: 'created' }>;

function decodeCreated(answer: ZohoAnswer, count: number): Created[] {
  const body = answer.kind === 'ok' || answer.kind === 'failed' ? answer.body : undefined;
  const parsed = z.looseObject({ fields: z.array(outcomeElement).length(count) }).safeParse(body);
  if (parsed.success) return parsed.data.fields.map(elementOutcome);
  const whole: Created =
    answer.kind !== 'failed' || answer.class === 'unknown'
      ? { kind: 'unknown', why: answer.kind === 'failed' ? answer.message : 'Zoho did not answer for each field.' }
      : { ...answer };
  return Array.from({ length: count }, () => whole);
}

function notCreated(outcome: Created): FieldOutcome[] {
  return outcome.kind === 'id' ? [] : [outcome];
}

function elementOutcome(element: z.infer<typeof outcomeElement>): Created {
  const { code, message, details } = element;
  const id = crmId.safeParse(details.id);
  if (code === 'SUCCESS') {
    return id.success
      ? { kind: 'id', id: id.data }
      : { kind: 'unknown', why: 'Zoho reported a new field without its id.' };
  }
  const verdict = classifyAnswer({ status: 400, code, message, kind: 'write', isSent: true });
  if (verdict.class === 'unknown') return { kind: 'unknown', why: `Zoho answered ${code}: ${message}` };
  return { kind: 'failed', ...verdict, retryAfterMs: null, code, message, details };
}
