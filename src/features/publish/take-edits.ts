import type { DeletedRecord } from '../../crm/read-changes.ts';
import {
  type OurNote,
  readOurEvent,
  readOurEvents,
  readOurNotes,
  type SeenOurEvent,
  type SeenOurNote,
} from '../../crm/read-ours.ts';
import { isRefused } from '../../crm/rights.ts';
import {
  findOurRecords,
  listOwnDeletions,
  markPlacementsGone,
  type OurRecord,
  oweEditedMeetings,
  readRecordFacts,
  saveSeenPlacements,
  saveZohoDecisions,
} from '../../db/queries/edits.ts';
import { deletePlacements } from '../../db/queries/ledger.ts';
import { mergeEvent } from '../../domain/merge-edits.ts';
import { recordKey } from '../../domain/record-order.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';
import type { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { type JudgedEdits, judgeEdits } from './judge-edits.ts';

export type EditsInput = {
  open: OpenConnection;
  eventIds: string[];
  noteIds: string[];
  deletedEvents: DeletedRecord[];
  deletedNotes: DeletedRecord[];
  /** We are about to delete them ourselves: those that are not there were deleted by nobody in particular. */
  isAbsenceExpected?: boolean;
  /** A write was refused because a record is not there: where it cannot be read either, it is gone. */
  isAbsenceProof?: boolean;
  /** Goes on without events that Zoho refuses to show; else the refusal of one is thrown. */
  skipsRefused?: boolean;
  /** Leaves all as it is where deletions that are news to us have to be read first: whoever follows a merge needs the old picture. */
  waitsForDeletions?: boolean;
};

export type TakenEdits = {
  touched: number;
  meetingIds: string[];
  isWaiting: boolean;
  refused: ReadonlyMap<string, AppError>;
  unseen: ReadonlySet<string>;
};

/**
 * Takes over what people did in Zoho to records of ours: reads those that changed (1 credit per 100 events, 1 for each that differs,
 * for its participants; 1 per 100 notes), drops our own echo, compares three ways, saves what people changed with the decisions about
 * links that follow, and owes the touched meetings an evaluation. Records that are not ours cost one statement. `touched`: meetings
 * that are owed because of it; `isWaiting`: nothing was taken, see `waitsForDeletions`; `refused`: what Zoho does not show, by id, of
 * which nothing was taken; `unseen`: events that Zoho did not show and nothing says were deleted. Throws when Zoho cannot be read;
 * nothing is saved then.
 */
export async function takeEdits({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: EditsInput;
}): Promise<TakenEdits> {
  const deleted = new Map([...input.deletedEvents, ...input.deletedNotes].map((record) => [record.id, record]));
  const ids = [...new Set([...input.eventIds, ...input.noteIds, ...deleted.keys()])];
  const ours = await findOurRecords(ctx.db, ctx.organizationId, ids);
  if (ours.length === 0) return { touched: 0, meetingIds: [], isWaiting: false, refused: new Map(), unseen: new Set() };
  const isNamed = new Set([...input.eventIds, ...input.noteIds]);
  const events = ours.filter((record) => record.slot === EVENT_SLOT && isNamed.has(record.crmId));
  const notes = ours.filter((record) => record.slot !== EVENT_SLOT && isNamed.has(record.crmId));
  const seen = await readThem(input.open, events, notes);
  const { refused } = seen;
  const [first] = refused.values();
  if (first !== undefined && input.skipsRefused !== true) throw first;
  const judged = await judgeEdits({ ctx, input: { open: input.open, ...seen } });
  if (judged.hasVanished && input.waitsForDeletions === true)
    return { touched: 0, meetingIds: [], isWaiting: true, refused, unseen: new Set() };
  const gone = await findGone(ctx, ours, {
    deleted,
    absent: input.isAbsenceExpected === true ? new Set() : provenGone(ours, seen, input),
    found: seen.foundIds,
  });
  const unseen = new Set(
    events.filter(({ crmId }) => !seen.foundIds.has(crmId) && !deleted.has(crmId)).map(({ crmId }) => crmId),
  );
  const meetingIds = [...new Set([...judged.touched, ...gone.map((row) => row.meetingId)])];
  await save(ctx, judged, gone, meetingIds);
  return { touched: meetingIds.length, meetingIds, isWaiting: false, refused, unseen };
}

const EVENT_SLOT = 'event';

export type SeenRecords = {
  events: { ours: OurRecord; seen: SeenOurEvent }[];
  notes: { ours: OurRecord; seen: SeenOurNote }[];
};

type Reading = SeenRecords & { foundIds: Set<string>; absent: Set<string>; refused: Map<string, AppError> };

async function readThem(open: OpenConnection, events: OurRecord[], notes: OurRecord[]): Promise<Reading> {
  const { transport, connection } = open;
  const { capabilities } = connection;
  const absent = new Set<string>();
  const foundIds = new Set<string>();
  const refused = new Map<string, AppError>();
  const seenEvents: SeenRecords['events'] = [];
  const isSingle = events.length === 1;
  const listed = await readOurEvents(transport, capabilities, isSingle ? [] : events.map((one) => one.crmId));
  for (const ours of events) {
    const glance = listed.found.get(ours.crmId);
    if (listed.absent.includes(ours.crmId)) absent.add(ours.crmId);
    if (!isSingle && glance === undefined) continue;
    if (glance !== undefined && isEcho(ours, glance)) {
      foundIds.add(ours.crmId);
      continue;
    }
    const whole = await readOurEvent(transport, capabilities, ours.crmId);
    if (whole.kind === 'absent') absent.add(ours.crmId);
    else if (whole.kind === 'refused') refused.set(ours.crmId, whole.error);
    else {
      foundIds.add(ours.crmId);
      seenEvents.push({ ours, seen: whole.seen });
    }
  }
  // Notes that may not be read cannot be looked at: the checklist of rights says so.
  const readable = isRefused(connection.rights, 'notes_list') ? [] : placesOf(notes, events);
  const read = await readOurNotes(transport, capabilities, readable);
  for (const id of read.absent) absent.add(id);
  for (const id of read.found.keys()) foundIds.add(id);
  const seenNotes = notes.flatMap((ours) => {
    const seen = read.found.get(ours.crmId);
    return seen === undefined ? [] : [{ ours, seen }];
  });
  return { events: seenEvents, notes: seenNotes, foundIds, absent, refused };
}

/** What we know already, by time and by every part that a list tells: nobody has touched it since. */
function isEcho(ours: OurRecord, { modifiedAt, theirs }: SeenOurEvent): boolean {
  if (ours.goneAt !== null || modifiedAt === null || ours.crmModifiedAt?.getTime() !== modifiedAt) return false;
  const edits = mergeEvent({
    base: ours.content as EventContent,
    kept: null,
    theirs,
    ours: [],
    fateOf: () => ({ kind: 'live' }),
    accountOfDeal: () => null,
    isLinked: () => true,
  });
  return edits.changed.length === 0;
}

function placesOf(notes: OurRecord[], events: OurRecord[]): OurNote[] {
  const eventOf = new Map(events.map((event) => [event.meetingId, event.crmId]));
  return notes.flatMap(({ crmId, meetingId, content, parentModule, parentRecordId, crmModifiedAt }) => {
    const { parent } = content as NoteContent;
    const id = parentRecordId ?? parent.id ?? eventOf.get(meetingId);
    return id === undefined
      ? []
      : [{ crmId, parent: { module: parentModule ?? parent.module, id }, knownAt: crmModifiedAt?.getTime() ?? null }];
  });
}

/** `wentWithRecord`: nobody took it away; it went with the record that it hung on, or by a deletion of ours that nobody heard of. */
/**
 * That an event is not shown proves no deletion: sharing rules hide events as well, with the notes on them, and deleted ones are listed.
 * Zoho lists no deleted notes, so a note on a record is gone when it is not there.
 */
function provenGone(ours: OurRecord[], { absent }: Reading, { isAbsenceProof }: EditsInput): Set<string> {
  if (isAbsenceProof === true) return absent;
  const isOnUnseen = new Set(
    ours.filter(({ slot, crmId }) => slot === EVENT_SLOT && absent.has(crmId)).map(({ meetingId }) => meetingId),
  );
  const proven = ours.filter(
    ({ slot, meetingId, parentModule }) =>
      slot !== EVENT_SLOT && !(parentModule === 'events' && isOnUnseen.has(meetingId)),
  );
  return new Set(proven.map(({ crmId }) => crmId).filter((crmId) => absent.has(crmId)));
}

type Gone = { meetingId: string; slot: string; goneAt: Date; goneBy: string | null; wentWithRecord: boolean };

/** Deleted by somebody else than us, and not seen to be there. */
async function findGone(
  ctx: FeatureContext,
  ours: OurRecord[],
  { deleted, absent, found }: { deleted: Map<string, DeletedRecord>; absent: Set<string>; found: Set<string> },
): Promise<Gone[]> {
  const missing = ours.filter(
    ({ crmId, goneAt }) => goneAt === null && !found.has(crmId) && (deleted.has(crmId) || absent.has(crmId)),
  );
  const own = await listOwnDeletions(
    ctx.db,
    ctx.organizationId,
    missing.map(({ crmId }) => crmId),
  );
  const ended = await endedParents(ctx, missing);
  return missing
    .filter(({ crmId }) => own.get(crmId) !== 'under_way')
    .map(({ meetingId, slot, crmId, parentModule, parentRecordId }) => {
      const deletion = deleted.get(crmId);
      const goneAt = deletion === undefined ? ctx.now() : new Date(deletion.deletedAt);
      const wentWithRecord = ended.has(`${parentModule}:${parentRecordId}`) || own.get(crmId) === 'lost';
      return { meetingId, slot, goneAt, goneBy: deletion?.deletedBy ?? null, wentWithRecord };
    });
}

/** Records that were deleted or merged: a note that went with one was not taken away by anybody. */
async function endedParents(ctx: FeatureContext, notes: OurRecord[]): Promise<Set<string>> {
  const parents = notes.flatMap(({ parentModule, parentRecordId }) =>
    parentModule === null || parentModule === 'events' || parentRecordId === null
      ? []
      : [{ module: parentModule, id: parentRecordId }],
  );
  const facts = await readRecordFacts(ctx.db, ctx.organizationId, parents);
  return new Set(facts.filter((fact) => fact.isDeleted || fact.mergedInto !== null).map(recordKey));
}

async function save(ctx: FeatureContext, judged: JudgedEdits, gone: Gone[], meetingIds: string[]): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    await saveSeenPlacements(sql, ctx.organizationId, judged.placements);
    await saveZohoDecisions(sql, ctx.organizationId, judged.decisions, ctx.now());
    const deleted = gone.filter((row) => !row.wentWithRecord);
    await markPlacementsGone(sql, ctx.organizationId, deleted);
    const ended = gone.filter((row) => row.wentWithRecord);
    await deletePlacements(
      sql,
      ctx.organizationId,
      ended.map(({ meetingId, slot }) => ({ meetingId, slot, takesNotes: slot === EVENT_SLOT })),
    );
    await oweEditedMeetings(sql, ctx.organizationId, meetingIds, ctx.now());
    if (meetingIds.length > 0) await ctx.wake(sql, ctx.organizationId);
  });
}
