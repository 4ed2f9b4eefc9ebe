import type { Obstacle } from '../domain/obstacle.ts';
import type { WriteOutcome } from '../zoho/write-records.ts';

/** Where a refused write was meant to go: its slot, and the record that it is about (`deals:…`, `events:…`); null: none is known. */
export type RefusedWrite = { slot: string; record: string | null };

const STATES = ['RECORD_LOCKED', 'RECORD_IN_BLUEPRINT', 'NOT_APPROVED', 'NOT_REVIEWED'];

/**
 * What a refusal says about the org, where it says something that a person can cure; null: it is another kind of refusal. Source:
 * Zoho CRM API v8, Insert Records and Update Records, possible errors.
 */
export function readRefusal(outcome: WriteOutcome, write: RefusedWrite, externalField: string | null): Obstacle | null {
  const { slot } = write;
  if (outcome.kind === 'duplicate') {
    const isForeign = outcome.field !== null && outcome.field !== externalField;
    return isForeign ? { slot, kind: 'unique_value', subject: outcome.field ?? '', detail: '' } : null;
  }
  if (outcome.kind !== 'failed') return null;
  const { code, message, details } = outcome;
  const field = typeof details.api_name === 'string' ? details.api_name : null;
  if (code === 'MANDATORY_NOT_FOUND' && field !== null) {
    return { slot, kind: 'mandatory_field', subject: field, detail: message };
  }
  if (code !== null && STATES.includes(code) && write.record !== null) {
    return { slot, kind: 'record_blocked', subject: write.record, detail: code };
  }
  if (code !== 'INVALID_DATA' || field === null || field === externalField) return null;
  if (Array.isArray(details.supported_values)) {
    return { slot, kind: 'pick_value', subject: field, detail: details.supported_values.slice(0, 10).join(', ') };
  }
  return isRule(message, details) ? { slot, kind: 'validation_rule', subject: field, detail: message } : null;
}

/** The words of a rule are the org's own; Zoho's own refusals say what was expected, or that an id is not valid. */
function isRule(message: string, details: Record<string, unknown>): boolean {
  const isZohos = /^invalid data$/iu.test(message.trim()) || /\bid given seems to be invalid/iu.test(message);
  return !isZohos && !('expected_data_type' in details) && !('maximum_length' in details);
}
