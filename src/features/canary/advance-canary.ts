import { createCanaryContact, findCanaryRecords, removeCanaryRecords, writeCanary } from '../../crm/canary-writes.ts';
import {
  beginCleaning,
  type CanaryRow,
  type CanaryWriteRow,
  endCanary,
  findCanary,
  insertCanaryWrites,
  listCanaryWrites,
  markCanaryDone,
  markCanarySending,
  saveMailModes,
  scheduleCanary,
} from '../../db/queries/canary.ts';
import { oweHeldBack } from '../../db/queries/owed-meetings.ts';
import {
  canaryName,
  concludeModes,
  hasFollowed,
  isAnswered,
  planFollowing,
  planShowing,
  stepsOf,
} from '../../domain/canary.ts';
import { chooseTrialConstants } from '../../domain/choose-constants.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { readOddities } from '../read-oddities.ts';
import { canaryEvent, canaryNote, canaryTitle, changedEvent } from './canary-content.ts';
import { tellRefusal } from './tell-refusal.ts';

type Turn = { ctx: FeatureContext; open: OpenConnection; run: CanaryRow };
type Outcome = Awaited<ReturnType<typeof writeCanary>>;

/** What was removed is looked for once more after so long. */
const LOOK_AGAIN_MS = 5 * 60_000;

/**
 * Does what is due of a trial: the next writes, each a row before it is a request; with all answers, the second part or the
 * conclusion; at the end, removing what it left in Zoho. 1 credit a write, 2 to look for its records. Throws what concerns the
 * connection; it goes on where it stopped.
 */
export async function advanceCanary({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const run = await findCanary(ctx.db, ctx.organizationId);
  if (run === null) return;
  const turn = { ctx, open: input.open, run };
  if (run.state === 'running') await goOn(turn);
  else if (run.state === 'cleaning') await cleanUp(turn);
}

async function goOn(turn: Turn): Promise<void> {
  const { ctx, run } = turn;
  const writes = await writesOf(turn);
  await settleUnsettled(turn, writes);
  for (const write of writes) {
    if (write.state === 'done' || write.dueAt > ctx.now()) continue;
    const problem = await send(turn, writes, write);
    if (problem !== null) return startCleaning(turn, { outcome: 'failed', problem });
  }
  const next = writes.filter((write) => write.state !== 'done').map((write) => write.dueAt.getTime());
  if (next.length > 0) return scheduleCanary(ctx.db, ctx.organizationId, run.id, new Date(Math.min(...next)));
  await followUp(turn, writes);
}

/** The writes of the trial, planned when there are none yet. */
async function writesOf({ ctx, open, run }: Turn): Promise<CanaryWriteRow[]> {
  const writes = await listCanaryWrites(ctx.db, ctx.organizationId, run.id);
  if (writes.length > 0) return writes;
  const first = planShowing({ hasColleague: run.hostUserId !== open.connection.zohoUserId });
  await insertCanaryWrites(ctx.db, ctx.organizationId, run.id, first, ctx.now());
  return listCanaryWrites(ctx.db, ctx.organizationId, run.id);
}

/** With an answer to every step: the second part, or what the trial showed. Somebody may answer meanwhile, so the row is locked. */
async function followUp({ ctx, run }: Turn, writes: CanaryWriteRow[]): Promise<void> {
  const { organizationId } = ctx;
  await ctx.db.transaction(async (sql) => {
    const fresh = await findCanary(sql, organizationId, 'locked');
    if (fresh?.id !== run.id || fresh.state !== 'running') return;
    if (!isAnswered(stepsOf(writes), fresh.answers)) return scheduleCanary(sql, organizationId, run.id, null);
    if (!hasFollowed(writes)) {
      await insertCanaryWrites(sql, organizationId, run.id, planFollowing(fresh.answers), ctx.now());
      return scheduleCanary(sql, organizationId, run.id, ctx.now());
    }
    await saveMailModes(sql, organizationId, concludeModes(fresh.answers, fresh.calendars));
    // What an earlier trial held back may be written by now.
    await oweHeldBack(sql, organizationId, ctx.now());
    await beginCleaning(sql, organizationId, run.id, { outcome: 'done', problem: null, at: ctx.now() });
  });
}

async function startCleaning(
  { ctx, run }: Turn,
  input: Pick<Parameters<typeof beginCleaning>[3], 'outcome' | 'problem'>,
): Promise<void> {
  await beginCleaning(ctx.db, ctx.organizationId, run.id, { ...input, at: ctx.now() });
}

/** A creation whose answer was lost may have happened: it is looked for by its name. Everything else is simply sent again. */
async function settleUnsettled({ ctx, open, run }: Turn, writes: CanaryWriteRow[]): Promise<void> {
  const lost = writes.filter(({ state, action }) => state === 'sending' && action.startsWith('create_'));
  if (!lost.some(({ action }) => action !== 'create_note')) return;
  const found = await findCanaryRecords(open.transport, canaryName(run.id));
  for (const write of lost) {
    const { action, target } = write;
    const title = target === 'contact' ? null : canaryTitle(run.id, target);
    const event = action === 'create_event' ? found.events.find((one) => one.title === title)?.id : undefined;
    const crmId = action === 'create_contact' ? found.contactIds[0] : event;
    if (crmId === undefined) continue;
    await markCanaryDone(ctx.db, ctx.organizationId, run.id, { position: write.position, crmId, at: ctx.now() });
    Object.assign(write, { state: 'done', crmId });
  }
}

/** Sends one write. Gives what Zoho refuses for good, in a sentence; null: it was done. Throws what passes. */
async function send(turn: Turn, writes: CanaryWriteRow[], write: CanaryWriteRow): Promise<string | null> {
  const { ctx, run } = turn;
  const { position } = write;
  await markCanarySending(ctx.db, ctx.organizationId, run.id, { position, at: ctx.now() });
  const outcome = await request(turn, writes, write);
  const crmId = idOf(outcome, write);
  if (crmId === null) return tellRefusal({ ctx, outcome, write });
  await markCanaryDone(ctx.db, ctx.organizationId, run.id, { position, crmId, at: ctx.now() });
  Object.assign(write, { state: 'done', crmId });
  return null;
}

async function request({ ctx, open, run }: Turn, writes: CanaryWriteRow[], write: CanaryWriteRow): Promise<Outcome> {
  const { transport, connection } = open;
  const created = (target: CanaryWriteRow['target']) =>
    writes.find((one) => one.target === target && one.action.startsWith('create_') && one.action !== 'create_note');
  const contactId = created('contact')?.crmId ?? '';
  if (write.target === 'contact') {
    if (write.action === 'create_contact') {
      return createCanaryContact(transport, { name: canaryName(run.id), email: run.mailbox });
    }
    const content = canaryNote(run.id, { module: 'contacts', id: contactId });
    return writeCanary(transport, connection.capabilities, { kind: 'create_note', content });
  }
  const constants = chooseTrialConstants((await readOddities(ctx, [])).capabilities.constants ?? []);
  const plain = canaryEvent(run, connection, write.target, contactId);
  const content = constants === undefined ? plain : { ...plain, constants };
  const crmId = created(write.target)?.crmId ?? '';
  const note = canaryNote(run.id, { module: 'events', id: crmId });
  switch (write.action) {
    case 'update_event':
      return writeCanary(transport, connection.capabilities, {
        kind: 'update_event',
        crmId,
        content: changedEvent(content),
      });
    case 'create_note':
      return writeCanary(transport, connection.capabilities, { kind: 'create_note', content: note });
    case 'delete_event':
      return writeCanary(transport, connection.capabilities, { kind: 'delete_event', crmId });
    default:
      return writeCanary(transport, connection.capabilities, { kind: 'create_event', content });
  }
}

/** An event that is there already is ours, by its id; a contact of the same address is somebody else's and is never taken. */
function idOf(outcome: Outcome, { action }: CanaryWriteRow): string | null {
  if (outcome.kind === 'done') return outcome.id;
  return outcome.kind === 'duplicate' && action === 'create_event' ? outcome.existingId : null;
}

/** Removes everything that has the trial's name until nothing is found any more, then what is known by its id. */
async function cleanUp({ ctx, open, run }: Turn): Promise<void> {
  const writes = await listCanaryWrites(ctx.db, ctx.organizationId, run.id);
  const found = await findCanaryRecords(open.transport, canaryName(run.id));
  const known = (action: CanaryWriteRow['action']) =>
    writes.flatMap((write) => (write.action === action && write.crmId !== null ? [write.crmId] : []));
  const eventIds = [...new Set([...found.events.map(({ id }) => id), ...known('create_event')])];
  const contactIds = [...new Set([...found.contactIds, ...known('create_contact')])];
  const outcomes = await removeCanaryRecords(open.transport, open.connection.capabilities, { eventIds, contactIds });
  const isGone = found.events.length === 0 && found.contactIds.length === 0;
  const refused = outcomes.find((outcome) => outcome.kind !== 'done');
  if (refused !== undefined) {
    const problem = `${await tellRefusal({ ctx, outcome: refused, write: null })} Delete the contact and the events called “${canaryName(run.id)}” in Zoho.`;
    return endCanary(ctx.db, ctx.organizationId, run.id, { at: ctx.now(), problem });
  }
  if (isGone) return endCanary(ctx.db, ctx.organizationId, run.id, { at: ctx.now(), problem: run.problem });
  return scheduleCanary(ctx.db, ctx.organizationId, run.id, new Date(ctx.now().getTime() + LOOK_AGAIN_MS));
}
