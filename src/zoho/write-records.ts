import { z } from 'zod';
import { AppError } from '../errors.ts';
import { crmId, type OutcomeElement, outcomeElement } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { classifyAnswer, type FailureClass, type ThrottleKind } from './classify-answer.ts';
import type { ZohoAnswer, ZohoCall, ZohoFailure, ZohoTransport } from './transport.ts';

/** What became of one record. `unknown`: it may or may not be in Zoho; look before sending it again. */
export type WriteOutcome =
  | { kind: 'done'; id: string; modifiedTime: string | null }
  | { kind: 'duplicate'; field: string | null; existingId: string | null }
  | {
      kind: 'failed';
      class: FailureClass;
      throttle: ThrottleKind | null;
      retryAfterMs: number | null;
      code: string | null;
      message: string;
      details: Record<string, unknown>;
    }
  | { kind: 'unknown'; why: string };

export type RecordFields = Record<string, unknown>;

/**
 * `trigger` is always empty: our writes start no workflow of the customer's. `externalHeader` is the value of `X-EXTERNAL`,
 * such as `Events.Our_Meeting_ID`. `idempotencyField` is preferred when several unique fields collide at once.
 */
export type WriteOptions = CallTiming & {
  trigger: readonly [];
  externalHeader?: string;
  idempotencyField?: string;
};

export type UpdateOptions = WriteOptions & {
  /** Time of Zoho, second granularity: a record changed after it is left alone and fails with ALREADY_MODIFIED. */
  ifUnmodifiedSince?: string;
};

const MAX_WRITTEN = 10;
const MAX_DELETED = 100;

/** Inserts up to 10 records in one call (1 credit); one outcome a record, in order. Source: Zoho CRM API v8, Insert Records. */
export async function insertRecords(
  transport: ZohoTransport,
  module: string,
  records: readonly RecordFields[],
  options: WriteOptions,
): Promise<WriteOutcome[]> {
  checkCount(records.length, MAX_WRITTEN, 'insert');
  const call = { method: 'POST', path: `/${module}`, body: { data: records, trigger: options.trigger } } as const;
  const answer = await sendRecordWrite(transport, call, options);
  return decodeOutcomes(answer, records.length, (element) => elementOutcome(element, options.idempotencyField));
}

/** Updates up to 10 records in one call, each named by its `id` (or its external value); one outcome a record, in order. */
export async function updateRecords(
  transport: ZohoTransport,
  module: string,
  records: readonly (RecordFields & { id: string })[],
  options: UpdateOptions,
): Promise<WriteOutcome[]> {
  checkCount(records.length, MAX_WRITTEN, 'update');
  const headers = { 'if-unmodified-since': options.ifUnmodifiedSince };
  const call = {
    method: 'PUT',
    path: `/${module}`,
    headers,
    body: { data: records, trigger: options.trigger },
  } as const;
  const answer = await sendRecordWrite(transport, call, options);
  return decodeOutcomes(answer, records.length, (element) => elementOutcome(element, options.idempotencyField));
}

/**
 * Deletes up to 100 records in one call, without the customer's workflows. An id that is not there any more is done, as
 * deleting has reached its end. Source: Zoho CRM API v8, Delete Records.
 */
export async function deleteRecords(
  transport: ZohoTransport,
  module: string,
  ids: readonly string[],
  options: WriteOptions,
): Promise<WriteOutcome[]> {
  checkCount(ids.length, MAX_DELETED, 'delete');
  const query = { ids: ids.join(','), wf_trigger: 'false' };
  const answer = await sendRecordWrite(transport, { method: 'DELETE', path: `/${module}`, query }, options);
  return decodeOutcomes(answer, ids.length, (element, index) => deletionOutcome(element, ids[index] ?? ''));
}

/** The one place of this product from which a write to Events or Notes leaves; the transport refuses all others. */
function sendRecordWrite(
  transport: ZohoTransport,
  call: Pick<ZohoCall, 'method' | 'path' | 'query' | 'headers' | 'body'>,
  options: WriteOptions,
): Promise<ZohoAnswer> {
  return transport.call({
    ...call,
    headers: { ...call.headers, 'x-external': options.externalHeader },
    via: 'write-records',
    ...timingOf(options),
  });
}

function checkCount(count: number, max: number, verb: string): void {
  if (count >= 1 && count <= max) return;
  throw new AppError(
    'invalid_input',
    `Cannot ${verb} ${count} records in one call: pass 1 to ${max}. Nothing was sent.`,
    {
      detail: { count, max },
    },
  );
}

type ElementDecoder = (element: OutcomeElement, index: number) => WriteOutcome;

/** 200, 201, 207 and 400 all carry one element a record; the body decides, never the status alone. */
function decodeOutcomes(answer: ZohoAnswer, count: number, decodeElement: ElementDecoder): WriteOutcome[] {
  const body = answer.kind === 'ok' || answer.kind === 'failed' ? answer.body : undefined;
  const elements = z.looseObject({ data: z.array(z.unknown()) }).safeParse(body);
  if (elements.success && elements.data.data.length === count) {
    return elements.data.data.map((raw, index) => {
      const element = outcomeElement.safeParse(raw);
      return element.success
        ? decodeElement(element.data, index)
        : { kind: 'unknown', why: 'Zoho answered for this record in a shape that we cannot read.' };
    });
  }
  const whole = wholeOutcome(answer, count);
  return Array.from({ length: count }, () => whole);
}

function wholeOutcome(answer: ZohoAnswer, count: number): WriteOutcome {
  if (answer.kind !== 'failed') {
    return { kind: 'unknown', why: `Zoho did not answer for each of the ${count} records.` };
  }
  if (answer.class === 'unknown') return { kind: 'unknown', why: answer.message };
  // A duplicate concerns one record; as the only answer for several it does not tell which.
  if (answer.code === 'DUPLICATE_DATA')
    return { kind: 'unknown', why: 'Zoho reported a duplicate without saying of which record.' };
  return failedOutcome(answer);
}

function failedOutcome(failure: ZohoFailure): WriteOutcome {
  const { class: failureClass, throttle, retryAfterMs, code, message, details } = failure;
  return { kind: 'failed', class: failureClass, throttle, retryAfterMs, code, message, details };
}

function elementOutcome(element: OutcomeElement, idempotencyField: string | undefined): WriteOutcome {
  if (element.code === 'SUCCESS') return doneOutcome(element);
  return duplicateOutcome(element, idempotencyField) ?? refusedOutcome(element);
}

function doneOutcome(element: OutcomeElement): WriteOutcome {
  const id = crmId.safeParse(element.details.id);
  if (!id.success) return { kind: 'unknown', why: 'Zoho reported success without the id of the record.' };
  const modifiedTime = element.details.Modified_Time;
  return { kind: 'done', id: id.data, modifiedTime: typeof modifiedTime === 'string' ? modifiedTime : null };
}

function deletionOutcome(element: OutcomeElement, id: string): WriteOutcome {
  const isGone = element.code === 'INVALID_DATA' && /\bthe id given seems to be invalid/i.test(element.message);
  if (element.code === 'SUCCESS' || isGone) return { kind: 'done', id, modifiedTime: null };
  return refusedOutcome(element);
}

function refusedOutcome(element: OutcomeElement): WriteOutcome {
  const { code, message, details } = element;
  // Whatever the status of the whole call, this element says that its record was refused: judged as a 400.
  const verdict = classifyAnswer({ status: 400, code, message, kind: 'write', isSent: true });
  if (verdict.class === 'unknown') return { kind: 'unknown', why: `Zoho answered ${code}: ${message}` };
  return { kind: 'failed', ...verdict, retryAfterMs: null, code, message, details };
}

/**
 * DUPLICATE_DATA of an external field (details name the field, sometimes the id), of a unique field (details with
 * `duplicate_record`), or several collisions in MULTIPLE_OR_MULTI_ERRORS; null if anything else is wrong as well.
 */
function duplicateOutcome(element: OutcomeElement, idempotencyField: string | undefined): WriteOutcome | null {
  const collisions = collisionsOf(element);
  if (collisions === null) return null;
  // A collision of another field may be with a stranger's record: its id is no answer for ours.
  const preferred = collisions.find((one) => one.field !== null && one.field === idempotencyField);
  const chosen = preferred ?? collisions.find((one) => one.existingId !== null) ?? collisions[0];
  return { kind: 'duplicate', field: chosen?.field ?? null, existingId: chosen?.existingId ?? null };
}

type Collision = { field: string | null; existingId: string | null };

function collisionsOf(element: OutcomeElement): Collision[] | null {
  if (element.code === 'DUPLICATE_DATA') return [collisionOf(element.details)];
  if (element.code !== 'MULTIPLE_OR_MULTI_ERRORS') return null;
  const errors = z.array(outcomeElement).min(1).safeParse(element.details.errors);
  if (!errors.success || errors.data.some((error) => error.code !== 'DUPLICATE_DATA')) return null;
  return errors.data.map((error) => collisionOf(error.details));
}

const duplicateRecord = z.looseObject({ id: crmId });

function collisionOf(details: Record<string, unknown>): Collision {
  const nested = duplicateRecord.safeParse(details.duplicate_record);
  const direct = crmId.safeParse(details.id);
  return {
    field: typeof details.api_name === 'string' ? details.api_name : null,
    existingId: nested.success ? nested.data.id : direct.success ? direct.data : null,
  };
}
