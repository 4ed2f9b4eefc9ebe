import { type Signed, signedEvents, signedNotes } from '../../crm/find-extra.ts';
import { isRefused } from '../../crm/rights.ts';
import {
  type ComparedRecord,
  type DriftCheck,
  findKnownCrmIds,
  findMeetingIds,
  findNewestCheck,
  insertCheck,
  insertFindings,
  listCompared,
  listMeetingsToCompare,
  type NewFinding,
  saveProgress,
  scheduleDrift,
} from '../../db/queries/drift.ts';
import { addDays, localDay, localMinute } from '../../domain/local-day.ts';
import { noteMarker } from '../../domain/note-slot.ts';
import { tellRecord } from '../../domain/publish-after-edits.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { takeEdits } from './take-edits.ts';

/** Meetings that are compared in one go; the check goes on behind them, also after a restart. */
const SLICE = 200;
const NIGHTLY_HOUR = 3;
/** Copies of notes are made within moments; older ones were found by an earlier check. */
const NOTES_SINCE_MS = 40 * 86_400_000;

/**
 * Compares the next part of the ledger with Zoho when a check is due (nightly at three in the org's time zone, or asked for): edits
 * and deletions are taken over, and every meeting is *true*, *edited* or *missing* (gone, or not shown to us); at the end records with our sign that the ledger
 * does not know are *extra*. 1 credit per 100 events and per 100 notes (one a parent where notes cannot be listed), 1 for each
 * event that changed. Throws when Zoho cannot be read; the check goes on later where it stopped.
 */
export async function runDueDrift({
  ctx,
  gateway,
  input: { open, nextDriftAt },
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { open: OpenConnection; nextDriftAt: Date | null };
}): Promise<void> {
  const timeZone = open.connection.timeZone ?? 'UTC';
  const newest = await findNewestCheck(ctx.db, ctx.organizationId);
  if (nextDriftAt === null && newest?.state !== 'running') {
    return scheduleDrift(ctx.db, ctx.organizationId, nextNight(ctx.now(), timeZone));
  }
  const check = newest?.state === 'running' ? newest : await beginCheck(ctx, 'Salescaling, as every night');
  const meetingIds = await listMeetingsToCompare(ctx.db, ctx.organizationId, {
    afterId: check.afterMeetingId,
    limit: SLICE,
  });
  const isLast = meetingIds.length < SLICE;
  const findings = await compare(ctx, gateway, open, meetingIds);
  const extra = isLast ? await findExtra(ctx, open) : [];
  await ctx.db.transaction(async (sql) => {
    await insertFindings(sql, ctx.organizationId, check.id, [...findings, ...extra]);
    await saveProgress(sql, ctx.organizationId, {
      id: check.id,
      checked: meetingIds.length,
      afterMeetingId: meetingIds.at(-1) ?? null,
      finishedAt: isLast ? ctx.now() : null,
    });
    await scheduleDrift(sql, ctx.organizationId, isLast ? nextNight(ctx.now(), timeZone) : ctx.now());
  });
}

/** Begins a check unless one is running. */
export async function beginCheck(ctx: FeatureContext, askedBy: string): Promise<DriftCheck> {
  const id = ctx.newId();
  await ctx.db.transaction(async (sql) => {
    await insertCheck(sql, ctx.organizationId, { id, askedBy, at: ctx.now() });
    await scheduleDrift(sql, ctx.organizationId, ctx.now());
  });
  const check = await findNewestCheck(ctx.db, ctx.organizationId);
  if (check === null) throw new Error('A check that was just begun is not there.');
  return check;
}

/** The next three o'clock at night in a time zone. */
function nextNight(now: Date, timeZone: string): Date {
  const today = localDay(now.getTime(), timeZone);
  for (const day of [today, addDays(today, 1), addDays(today, 2)]) {
    // Three o'clock by the wall: found by correcting a guess in UTC with what the wall shows there.
    const wanted = Date.parse(`${day}T0${NIGHTLY_HOUR}:00:00Z`);
    const shown = Date.parse(`${localMinute(wanted, timeZone).replace(' ', 'T')}:00Z`);
    const at = new Date(wanted - (shown - wanted));
    if (at > now) return at;
  }
  return new Date(now.getTime() + 86_400_000);
}

const UNSEEN =
  'The event is not shown to the connected user, or gone; Zoho does not list it as deleted. Share it with that user, or write it again if it is gone.';

async function compare(
  ctx: FeatureContext,
  gateway: Pick<CrmGateway, 'pagesOf'>,
  open: OpenConnection,
  meetingIds: string[],
): Promise<NewFinding[]> {
  if (meetingIds.length === 0) return [];
  const before = await listCompared(ctx.db, ctx.organizationId, meetingIds);
  const idsOf = (isWanted: (record: ComparedRecord) => boolean) => before.filter(isWanted).map((one) => one.crmId);
  const { unseen } = await takeEdits({
    ctx,
    gateway,
    input: {
      open,
      eventIds: idsOf((record) => record.slot === 'event'),
      noteIds: idsOf((record) => record.slot !== 'event'),
      deletedEvents: [],
      deletedNotes: [],
      skipsRefused: true,
    },
  });
  const after = await listCompared(ctx.db, ctx.organizationId, meetingIds);
  const withoutEvent = new Set(
    after.flatMap((one) =>
      one.slot === 'event' && (one.goneAt !== null || unseen.has(one.crmId)) ? one.meetingId : [],
    ),
  );
  return after.flatMap((record): NewFinding[] => {
    const { meetingId, slot, crmId, kept, goneAt } = record;
    const detail = tellRecord(record);
    // What went with its event is no finding of its own.
    if (withoutEvent.has(meetingId) && 'parent' in record.content && record.content.parent.module === 'events')
      return [];
    if (goneAt !== null) return [{ meetingId, slot, crmId, kind: 'missing', detail }];
    if (unseen.has(crmId)) return [{ meetingId, slot, crmId, kind: 'missing', detail: UNSEEN }];
    if (kept === null || kept.isAccepted === true) return [];
    return [{ meetingId, slot, crmId, kind: 'edited', detail }];
  });
}

/** Events with the id, and notes with the marker, of a meeting of ours that the ledger does not know. */
async function findExtra(ctx: FeatureContext, open: OpenConnection): Promise<NewFinding[]> {
  const { capabilities, rights } = open.connection;
  const findings: NewFinding[] = [];
  if (capabilities.externalField !== null) {
    for await (const page of signedEvents(open.transport, capabilities.externalField)) {
      findings.push(...(await strangersOf(ctx, page)));
    }
  }
  if (capabilities.canListNotes && !isRefused(rights, 'notes_list')) {
    for await (const page of signedNotes(open.transport, ctx.now().getTime() - NOTES_SINCE_MS)) {
      findings.push(...(await strangersOf(ctx, page)));
    }
  }
  return findings;
}

async function strangersOf(ctx: FeatureContext, page: Signed[]): Promise<NewFinding[]> {
  if (page.length === 0) return [];
  const known = await findKnownCrmIds(
    ctx.db,
    ctx.organizationId,
    page.map((one) => one.crmId),
  );
  const strangers = page.filter((one) => !known.has(one.crmId));
  const meetings = await findMeetingIds(
    ctx.db,
    ctx.organizationId,
    strangers.map((one) => one.meetingId),
  );
  return strangers
    .filter((one) => meetings.has(one.meetingId))
    .map(({ crmId, meetingId, slot }) => ({
      meetingId,
      // The place that it gets when somebody wants it removed.
      slot: slot === null ? `left:${crmId}` : `extra:${crmId}`,
      crmId,
      kind: 'extra' as const,
      detail:
        slot === null
          ? 'An event in Zoho carries this meeting’s id and is not the one that was written.'
          : `A copy of a note of this meeting is in Zoho: ${noteMarker(meetingId, slot)}.`,
    }));
}
