import type { EventContent, NoteContent } from '../domain/sync-plan.ts';
import { formatCrmTime } from '../zoho/crm-time.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import {
  deleteRecords,
  insertRecords,
  updateRecords,
  type WriteOptions,
  type WriteOutcome,
} from '../zoho/write-records.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { eventFields, noteFields, noteText } from './to-zoho.ts';

/** One write to an event or a note. `event` is where the meeting's event is: it exists when notes are written. */
export type CrmWrite =
  | { kind: 'create_event'; content: EventContent }
  | {
      kind: 'update_event' | 'release_event';
      crmId: string;
      content: EventContent;
      changed: (keyof EventContent)[];
      unmodifiedSince: number | null;
    }
  /** Only the meeting's id, and related record and contact where they were blank, on an event of the calendar's. */
  | {
      kind: 'adopt_event';
      crmId: string;
      content: EventContent;
      changed: (keyof EventContent)[];
      unmodifiedSince: string | null;
    }
  | { kind: 'disown_event'; crmId: string; content: EventContent; changed: (keyof EventContent)[] }
  | { kind: 'delete_event'; crmId: string }
  | { kind: 'create_note'; content: NoteContent; event: { id: string; url: string } }
  | {
      kind: 'update_note';
      crmId: string;
      content: NoteContent;
      event: { id: string; url: string };
      unmodifiedSince: number | null;
    }
  | { kind: 'delete_note'; crmId: string };

/** How many writes of a kind travel in one call: up to ten cost one credit and stay out of Zoho's sub-concurrency. */
export const CALL_SIZE: Record<CrmWrite['kind'], number> = {
  create_event: 10,
  update_event: 10,
  // Each has its own condition, which is a header of the call.
  adopt_event: 1,
  disown_event: 10,
  release_event: 1,
  delete_event: 100,
  create_note: 10,
  update_note: 10,
  delete_note: 100,
};

/**
 * Sends writes of one kind in one call; one outcome a write, in order. Every write to events and notes of this product goes
 * through here: no workflow is triggered and nobody is invited, so nobody is mailed.
 */
export async function writeMeetings(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  writes: readonly CrmWrite[],
  timing: Pick<WriteOptions, 'priority' | 'signal'> = {},
): Promise<WriteOutcome[]> {
  const kind = writes[0]?.kind;
  const options: WriteOptions = {
    trigger: [],
    ...timing,
    ...(capabilities.externalField === null ? {} : { idempotencyField: capabilities.externalField }),
  };
  switch (kind) {
    case 'create_event':
      return insertRecords(
        transport,
        'Events',
        ofKind(writes, kind).map((write) => eventFields(write.content, capabilities)),
        options,
      );
    case 'update_event':
    case 'disown_event': {
      const records = ofKind(writes, kind).map((write) => ({
        id: write.crmId,
        ...eventFields(write.content, capabilities, write.changed),
      }));
      // Without our field in the org nothing carries an id that could be taken: the ledger alone holds it.
      if (records.every((record) => Object.keys(record).length === 1)) return records.map(({ id }) => unchanged(id));
      return updateRecords(transport, 'Events', records, { ...options, ...conditionOf(writes[0]) });
    }
    case 'adopt_event':
    case 'release_event': {
      const [write] = ofKind(writes, kind);
      if (write === undefined) return [];
      const fields = eventFields(write.content, capabilities, write.changed);
      // Without our field in the org, and with nothing blank, there is nothing to write: the ledger alone holds it.
      if (Object.keys(fields).length === 0) return [unchanged(write.crmId)];
      const adoptable = write.kind === 'adopt_event' ? write.unmodifiedSince : null;
      const condition = adoptable === null ? conditionOf(write) : { ifUnmodifiedSince: adoptable };
      return updateRecords(transport, 'Events', [{ id: write.crmId, ...fields }], { ...options, ...condition });
    }
    case 'create_note':
      return insertRecords(
        transport,
        'Notes',
        ofKind(writes, kind).map((write) => noteFields(write.content, write.event)),
        options,
      );
    case 'update_note': {
      const records = ofKind(writes, kind).map((write) => ({
        id: write.crmId,
        ...noteText(write.content, write.event.url),
      }));
      return updateRecords(transport, 'Notes', records, { ...options, ...conditionOf(writes[0]) });
    }
    case 'delete_event':
      return deleteRecords(
        transport,
        'Events',
        ofKind(writes, kind).map((write) => write.crmId),
        options,
      );
    case 'delete_note':
      return deleteRecords(
        transport,
        'Notes',
        ofKind(writes, kind).map((write) => write.crmId),
        options,
      );
    case undefined:
      return [];
  }
}

function unchanged(id: string): WriteOutcome {
  return { kind: 'done', id, modifiedTime: null };
}

/**
 * The time that is a header of the whole call: the caller puts only records of one time into a call. A record that was changed later
 * is not written. Source: Zoho CRM API v8, Update Records, If-Unmodified-Since (seconds).
 */
function conditionOf(write: CrmWrite | undefined): { ifUnmodifiedSince?: string } {
  const isTimed = write?.kind === 'update_event' || write?.kind === 'release_event' || write?.kind === 'update_note';
  if (!isTimed || write.unmodifiedSince === null) return {};
  return { ifUnmodifiedSince: formatCrmTime(write.unmodifiedSince, 'UTC') };
}

function ofKind<Kind extends CrmWrite['kind']>(writes: readonly CrmWrite[], kind: Kind) {
  return writes.filter((write): write is Extract<CrmWrite, { kind: Kind }> => write.kind === kind);
}
