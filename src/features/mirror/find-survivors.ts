import { readRoles } from '../../crm/read-mirror.ts';
import {
  type EventLinks,
  listNoteIds,
  readEventLinks,
  readLastChanged,
  readNoteParent,
  readRecordsById,
} from '../../crm/read-survivors.ts';
import { isRefused } from '../../crm/rights.ts';
import {
  findNeighbours,
  findRecordPointers,
  findRolePointers,
  findWrittenPointers,
  listRolesOf,
  readStageMap,
  type WrittenPointer,
} from '../../db/queries/survivor-evidence.ts';
import type { CrmModule, RecordRef } from '../../domain/crm-picture.ts';
import type { EventContent } from '../../domain/sync-plan.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyChanges } from './apply-changes.ts';

/** Who goes on for a record that was merged or converted, and what Zoho did to what we had written on the loser. */
export type Survivor = {
  loserId: string;
  survivorModule: CrmModule;
  survivorId: string;
  /** Notes that hang on the survivor now; null: nobody looked, or not at all of them. */
  noteIds: ReadonlySet<string> | null;
  /** What became of the loser in our events: the survivor stands in its place, nothing does, or nobody looked. */
  inEvents: 'moved' | 'cleared' | 'unread';
  /** A converted lead's events are about this record now. */
  related: RecordRef | null;
};

type Loser = { id: string; deletedAt: string };
type Search = {
  ctx: FeatureContext;
  open: OpenConnection;
  module: CrmModule;
  loser: Loser;
  /** Brings the mirror up to the deletions: they were listed after the changes, and a survivor may have changed in between. */
  catchUp(): Promise<void>;
};

/** Beyond so many records gone at once, each is judged by what the mirror knows alone. */
const LOSERS_READ = 50;
/** Zoho tells times to the second, and a merge takes its time. */
const SLACK_MS = 2_000;

/**
 * Zoho tells of a merge or a conversion only that the loser is gone for good. The survivor is found by evidence, in this order:
 * where our own events and notes point now; where records that pointed to the loser point now; exactly one record that changed in
 * the same seconds and shares an address or the name. What is not proven has no survivor. Cost: at most eight credits a record
 * that is permanently gone, most often none to four, and one or two for all of them that only the last evidence can decide. A record that Zoho refuses to show is no evidence and holds nothing up. Throws
 * what else Zoho throws: then nothing is decided yet.
 */
export async function findSurvivors({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; module: CrmModule; losers: readonly Loser[] };
}): Promise<Survivor[]> {
  const { open, module, losers } = input;
  if (losers.length === 0) return [];
  const ids = losers.map((loser) => loser.id);
  const read = losers.length > LOSERS_READ ? [] : ids;
  const written = await findWrittenPointers(ctx.db, ctx.organizationId, module, read);
  const pointers = await findRecordPointers(ctx.db, ctx.organizationId, module, read);
  const roles = module === 'contacts' ? await findRolePointers(ctx.db, ctx.organizationId, read) : [];
  const survivors: Survivor[] = [];
  let catchingUp: Promise<void> | null = null;
  const catchUp = () => {
    catchingUp ??= readChangedMeanwhile(ctx, open, module, losers);
    return catchingUp;
  };
  for (const loser of losers) {
    const search = { ctx, open, module, loser, catchUp };
    const ours = written.filter((pointer) => pointer.recordId === loser.id);
    const theirs = pointers.filter((pointer) => pointer.recordId === loser.id);
    const dealIds = roles.filter((role) => role.recordId === loser.id).map((role) => role.dealId);
    const survivor = await findSurvivor(search, ours, theirs, dealIds);
    if (survivor !== null) survivors.push(survivor);
  }
  return survivors;
}

async function findSurvivor(
  search: Search,
  ours: WrittenPointer[],
  theirs: { module: 'contacts' | 'deals'; id: string }[],
  dealIds: string[],
): Promise<Survivor | null> {
  const read = await readWritten(search, ours);
  const found =
    (await confirm(search, read.votes)) ??
    (await confirm(search, await readPointers(search, theirs))) ??
    (await confirm(search, await readRolesAgain(search, dealIds))) ??
    (await findTwin(search));
  if (found === null) return null;
  const hasNotes = ours.some((pointer) => pointer.kind === 'note');
  return {
    loserId: search.loser.id,
    survivorModule: found.module,
    survivorId: found.id,
    noteIds: hasNotes ? await nullIfRefused(listNoteIds(search.open.transport, found.module, found.id)) : null,
    ...placeInEvents(read.events, { module: search.module, id: search.loser.id }, found),
  };
}

type SeenEvent = { written: EventContent; now: EventLinks };

/** What became of the loser in the events that were read, now that the survivor is known: people may be new there for other reasons. */
function placeInEvents(
  events: readonly SeenEvent[],
  loser: RecordRef,
  survivor: RecordRef,
): Pick<Survivor, 'inEvents' | 'related'> {
  const moved = events.find(({ written, now }) => standsInstead(written, now, loser, survivor.id));
  if (moved !== undefined) return { inEvents: 'moved', related: moved.now.related };
  const isCleared = events.some(({ now }) => !pointsTo(now, loser.id));
  return { inEvents: isCleared ? 'cleared' : 'unread', related: null };
}

function standsInstead(written: EventContent, now: EventLinks, loser: RecordRef, survivorId: string): boolean {
  if (written.contactId === loser.id) return now.contactId === survivorId;
  if (written.primary?.id === loser.id) return now.related?.id === survivorId || now.contactId === survivorId;
  return now.people.some(({ id }) => id === survivorId);
}

/** Null: Zoho refuses to show it for good, which must not keep other deletions waiting. */
async function nullIfRefused<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (isAppError(error, 'crm_rejected')) return null;
    throw error;
  }
}

/** Our own events and notes that pointed to the loser: where do they point now? */
async function readWritten(
  search: Search,
  ours: WrittenPointer[],
): Promise<{ votes: RecordRef[]; events: SeenEvent[] }> {
  const { open, module, loser } = search;
  const votes: RecordRef[] = [];
  const events: SeenEvent[] = [];
  for (const pointer of ours) {
    if (pointer.kind === 'note') {
      const parentId = await nullIfRefused(readNoteParent(open.transport, pointer.crmId));
      if (parentId !== null && parentId !== loser.id) {
        votes.push({ module: module === 'leads' ? 'contacts' : module, id: parentId });
      }
      continue;
    }
    const now = await nullIfRefused(readEventLinks(open.transport, pointer.crmId));
    if (now === null) continue;
    events.push({ written: pointer.content, now });
    votes.push(...(await heirsInEvent(search, pointer.content, now)));
  }
  return { votes, events };
}

function pointsTo(links: EventLinks, id: string): boolean {
  return links.contactId === id || links.related?.id === id || links.people.some((person) => person.id === id);
}

/** Who stands where the loser stood when we wrote the event. A converted lead goes on as a contact. */
async function heirsInEvent(search: Search, written: EventContent, now: EventLinks): Promise<RecordRef[]> {
  const loser = { module: search.module, id: search.loser.id };
  const heirs: RecordRef[] = [];
  const { related } = now;
  if (written.contactId === loser.id && now.contactId !== null) heirs.push({ module: 'contacts', id: now.contactId });
  if (written.primary?.id === loser.id) {
    if (loser.module === 'leads' && now.contactId !== null) heirs.push({ module: 'contacts', id: now.contactId });
    else if (related !== null && related.module === loser.module) heirs.push(related);
  }
  const before = new Set(written.participants.flatMap((entry) => ('id' in entry ? [entry.id] : [])));
  if (before.has(loser.id) && heirs.length === 0) {
    const fresh = await onlyChanged(search, freshPeople(written, now, before));
    const [only] = fresh;
    if (only !== undefined && fresh.length === 1) heirs.push(only);
  }
  return heirs.filter((heir) => heir.id !== loser.id && isPossible(heir, loser));
}

/** People who are new on the event, but for a new contact of the event: that one stands for the contact before. */
function freshPeople(written: EventContent, now: EventLinks, before: ReadonlySet<string>): RecordRef[] {
  const explained = now.contactId === written.contactId ? null : now.contactId;
  return now.people.flatMap(({ type, id }) =>
    before.has(id) || id === explained
      ? []
      : [{ module: type === 'contact' ? ('contacts' as const) : ('leads' as const), id }],
  );
}

/** Of several who are new, guests whom somebody added among them, those that were changed when the loser ended. */
async function onlyChanged({ ctx, module, loser }: Search, fresh: RecordRef[]): Promise<RecordRef[]> {
  if (fresh.length < 2) return fresh;
  const changed: RecordRef[] = [];
  for (const kind of new Set(fresh.map((one) => one.module))) {
    const neighbours = await findNeighbours(ctx.db, ctx.organizationId, { ...loser, module }, kind);
    changed.push(...fresh.filter((one) => one.module === kind && neighbours.some(({ id }) => id === one.id)));
  }
  return changed;
}

function isPossible(heir: RecordRef, loser: RecordRef): boolean {
  return heir.module === loser.module || (loser.module === 'leads' && heir.module === 'contacts');
}

/** Records that pointed to the loser by a lookup, read again: they are brought up to date and say where they point now. */
async function readPointers(
  { ctx, open, module }: Search,
  theirs: { module: 'contacts' | 'deals'; id: string }[],
): Promise<RecordRef[]> {
  const votes: RecordRef[] = [];
  for (const from of ['contacts', 'deals'] as const) {
    const ids = theirs.filter((pointer) => pointer.module === from).map((pointer) => pointer.id);
    if (ids.length === 0) continue;
    const stages = await readStageMap(ctx.db, ctx.organizationId);
    const page = await nullIfRefused(readRecordsById(open.transport, from, ids, stages));
    if (page === null) continue;
    await applyChanges({ ctx, input: { page } });
    for (const row of page.rows) {
      const id =
        module === 'accounts' && 'accountId' in row ? row.accountId : 'contactId' in row ? row.contactId : null;
      if (id !== null) votes.push({ module, id });
    }
  }
  return votes;
}

/** Deals in which the loser had a role, read again: in each, one contact took its place. */
async function readRolesAgain({ ctx, open }: Search, dealIds: string[]): Promise<RecordRef[]> {
  if (dealIds.length === 0) return [];
  const known = await listRolesOf(ctx.db, ctx.organizationId, dealIds);
  const oneByOne = isRefused(open.connection.rights, 'composite');
  const { read } = await readRoles(open.transport, dealIds, { priority: 'live', oneByOne });
  return read.flatMap(({ dealId, roles }) => {
    const before = new Set(known.filter((role) => role.dealId === dealId).map((role) => role.contactId));
    const fresh = roles.filter((role) => !before.has(role.contactId));
    const [heir] = fresh;
    return heir === undefined || fresh.length > 1 ? [] : [{ module: 'contacts' as const, id: heir.contactId }];
  });
}

/** Evidence counts when all of it names one record, and that one is there and was touched by a merge at that time. */
async function confirm(search: Search, votes: readonly RecordRef[]): Promise<RecordRef | null> {
  const heirs = new Map(
    votes.filter((vote) => vote.id !== search.loser.id).map((vote) => [`${vote.module}:${vote.id}`, vote]),
  );
  const [heir] = heirs.values();
  if (heir === undefined || heirs.size !== 1) return null;
  const { ctx, open, loser } = search;
  const stages = await readStageMap(ctx.db, ctx.organizationId);
  const page = await nullIfRefused(readRecordsById(open.transport, heir.module, [heir.id], stages));
  const record = page?.rows[0];
  if (page === null || record === undefined) return null;
  await applyChanges({ ctx, input: { page } });
  // A conversion into a contact that existed already need not change it.
  if (heir.module !== search.module) return heir;
  const earliest = new Date(loser.deletedAt).getTime() - SLACK_MS;
  return record.modifiedAt !== null && new Date(record.modifiedAt).getTime() >= earliest ? heir : null;
}

/** The one record that changed in the same seconds and has an address or (in its own module) the name of the loser. */
async function findTwin({ ctx, module, loser, catchUp }: Search): Promise<RecordRef | null> {
  await catchUp();
  const found: RecordRef[] = [];
  for (const other of heirModules(module)) {
    const neighbours = await findNeighbours(ctx.db, ctx.organizationId, { ...loser, module }, other);
    const twins = neighbours.filter(
      ({ sharesKey, name, formerName }) =>
        sharesKey || (other === module && plainName(name) !== '' && plainName(name) === plainName(formerName)),
    );
    found.push(...twins.map(({ id }) => ({ module: other, id })));
  }
  const [twin] = found;
  return twin !== undefined && found.length === 1 ? twin : null;
}

/** A lead goes on as a contact, or as the lead that it was merged into. */
function heirModules(module: CrmModule): CrmModule[] {
  return module === 'leads' ? ['contacts', 'leads'] : [module];
}

/** What changed while the losers ended, as Zoho has it now (1 credit a module). */
async function readChangedMeanwhile(
  ctx: FeatureContext,
  open: OpenConnection,
  module: CrmModule,
  losers: readonly Loser[],
): Promise<void> {
  const times = losers.map(({ deletedAt }) => Date.parse(deletedAt));
  const span = { from: new Date(Math.min(...times) - SLACK_MS), to: new Date(Math.max(...times) + SLACK_MS) };
  const { columns } = await readOddOrg(ctx);
  for (const other of heirModules(module)) {
    const stages = await readStageMap(ctx.db, ctx.organizationId);
    const page = await nullIfRefused(readLastChanged(open.transport, other, span, { stages, columns }));
    if (page !== null) await applyChanges({ ctx, input: { page } });
  }
}

/** A name without accents, case, spaces and punctuation. */
function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();
}
