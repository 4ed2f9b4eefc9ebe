import { z } from 'zod';
import { outcomeElement } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import type { ZohoFailure, ZohoTransport } from './transport.ts';

/** What became of a field: `done`, also where it was gone already; else what became of the request. */
export type FieldRemoval = { kind: 'done' } | { kind: 'unknown'; why: string } | ZohoFailure;

/**
 * Deletes one custom field with what records hold in it (1 credit). Zoho refuses one that something else uses. Needs the scope
 * `ZohoCRM.settings.fields.DELETE`. Source: Zoho CRM API v8, Delete Custom Fields.
 */
export async function deleteField(
  transport: ZohoTransport,
  module: string,
  fieldId: string,
  timing: CallTiming = {},
): Promise<FieldRemoval> {
  const answer = await transport.call({
    method: 'DELETE',
    path: `/settings/fields/${encodeURIComponent(fieldId)}`,
    query: { module },
    ...timingOf(timing),
  });
  if (answer.kind === 'failed') {
    if (answer.class === 'unknown') return { kind: 'unknown', why: answer.message };
    return answer.code === 'INVALID_DATA' ? { kind: 'done' } : answer;
  }
  const parsed = fieldsAnswer.safeParse(answer.kind === 'ok' ? answer.body : undefined);
  if (parsed.success && parsed.data.fields[0].code === 'SUCCESS') return { kind: 'done' };
  return { kind: 'unknown', why: 'Zoho did not say whether it deleted the field.' };
}

const fieldsAnswer = z.looseObject({ fields: z.tuple([outcomeElement]) });
