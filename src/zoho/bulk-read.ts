import { z } from 'zod';
import { AppError } from '../errors.ts';
import { crmId } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { parseCsv } from './parse-csv.ts';
import { readBody } from './read-answer.ts';
import type { ZohoFailure, ZohoTransport } from './transport.ts';
import { unzipSingle } from './unzip-single.ts';

/** How far a bulk read has come. A result is kept for a day; after that, or after a failure, it is `gone` and begun anew. */
export type BulkReadState =
  | { kind: 'pending' }
  | { kind: 'ready'; count: number; nextPageToken: string | null }
  | { kind: 'gone'; reason: string };

/** One line of the file: values by API name, lookups as ids, empty ones left out. */
export type BulkRow = { id: string } & Record<string, string>;

/** Nothing more of a file for so long means that it does not come. */
const STALLED_MS = 60_000;

const startAnswer = z.looseObject({
  data: z.array(z.looseObject({ details: z.looseObject({ id: crmId }) })).min(1),
});

const stateAnswer = z.looseObject({
  data: z
    .array(
      z.looseObject({
        state: z.string(),
        result: z
          .looseObject({
            count: z.number(),
            more_records: z.boolean().nullish(),
            next_page_token: z.string().nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
});

/**
 * Asks Zoho to put all records of a module into a file, up to 200,000; `pageToken` goes on behind an earlier file. 50 credits,
 * whatever the number. Source: Zoho CRM API v8, Bulk Read (create a bulk read job).
 */
export async function startBulkRead(
  transport: ZohoTransport,
  job: { module: string; fields: readonly string[]; pageToken: string | null },
  timing: CallTiming = {},
): Promise<{ kind: 'started'; jobId: string } | ZohoFailure> {
  const query = {
    module: { api_name: job.module },
    fields: job.fields,
    ...(job.pageToken === null ? {} : { page_token: job.pageToken }),
  };
  const answer = await transport.call({
    method: 'POST',
    path: '/read',
    family: 'bulk',
    body: { query, file_type: 'csv' },
    ...timingOf(timing),
  });
  const read = readBody(answer, startAnswer);
  if (read.kind === 'failed') return read;
  const [first] = read.value.data;
  return { kind: 'started', jobId: first?.details.id ?? '' };
}

/** Asks how far a bulk read is (1 credit). Source: Zoho CRM API v8, Bulk Read (get the details of a job). */
export async function readBulkState(
  transport: ZohoTransport,
  jobId: string,
  timing: CallTiming = {},
): Promise<BulkReadState | ZohoFailure> {
  const answer = await transport.call({ method: 'GET', path: `/read/${jobId}`, family: 'bulk', ...timingOf(timing) });
  if (answer.kind === 'failed' && answer.code === 'RESOURCE_NOT_FOUND') return { kind: 'gone', reason: answer.message };
  const read = readBody(answer, stateAnswer);
  if (read.kind === 'failed') return read;
  const [job] = read.value.data;
  if (job?.state === 'FAILURE') return { kind: 'gone', reason: 'Zoho could not make the file.' };
  if (job?.state !== 'COMPLETED' || job.result == null) return { kind: 'pending' };
  const { count, more_records: hasMore, next_page_token: token } = job.result;
  return { kind: 'ready', count, nextPageToken: hasMore ? (token ?? null) : null };
}

/**
 * The rows of a finished bulk read as they arrive, in the order of the file (1 credit). Throws `crm_unavailable` when the file
 * breaks off; what was yielded until then is sound.
 */
export async function openBulkResult(
  transport: ZohoTransport,
  jobId: string,
  timing: CallTiming = {},
): Promise<{ kind: 'rows'; rows: AsyncGenerator<BulkRow, void> } | { kind: 'gone'; reason: string } | ZohoFailure> {
  const answer = await transport.call({
    method: 'GET',
    path: `/read/${jobId}/result`,
    family: 'bulk',
    asStream: true,
    ...timingOf(timing),
  });
  if (answer.kind === 'failed' && answer.code === 'RESOURCE_NOT_FOUND') return { kind: 'gone', reason: answer.message };
  if (answer.kind === 'failed') return answer;
  if (answer.kind !== 'ok' || !(answer.body instanceof ReadableStream)) {
    return { kind: 'gone', reason: 'Zoho answered without a file.' };
  }
  return { kind: 'rows', rows: readRows(unzipSingle(readPieces(answer.body))) };
}

async function* readRows(content: AsyncIterable<Uint8Array>): AsyncGenerator<BulkRow, void> {
  let names: string[] | null = null;
  for await (const fields of parseCsv(content)) {
    if (names === null) {
      names = fields.map((name) => (name.toLowerCase() === 'id' ? 'id' : name));
      if (!names.includes('id')) throw unreadableFile('its first line names no id');
      continue;
    }
    if (fields.length !== names.length) throw unreadableFile('a line has another number of values than the first one');
    const row: Record<string, string> = {};
    for (const [at, name] of names.entries()) {
      const value = fields[at];
      if (value !== undefined && value !== '') row[name] = value;
    }
    const { id } = row;
    if (id === undefined) throw unreadableFile('a line has no id');
    yield { ...row, id };
  }
}

async function* readPieces(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const next = await beforeStalling(reader.read());
      if (next.done) return;
      yield next.value;
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadableFile(error instanceof Error ? error.message : 'the connection was lost');
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function beforeStalling<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unreadableFile('nothing more of it came')), STALLED_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function unreadableFile(why: string): AppError {
  return new AppError(
    'crm_unavailable',
    `The file that Zoho made broke off: ${why}. Reading goes on where it stopped.`,
  );
}
