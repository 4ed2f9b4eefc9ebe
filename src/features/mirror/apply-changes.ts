import type { MirrorPage } from '../../crm/read-mirror.ts';
import {
  type MirrorKey,
  type MirrorRowOf,
  markRolesStale,
  replaceKeys,
  upsertMirror,
} from '../../db/queries/mirror.ts';
import { type KnownRecord, readKnownKeys, readKnownRecords } from '../../db/queries/mirror-before.ts';
import { wakePlacements } from '../../db/queries/mirror-deletions.ts';
import { findTouchedMeetings, oweTouchedMeetings } from '../../db/queries/touched-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import { isCanaryName } from '../../domain/canary.ts';
import type { FeatureContext } from '../context.ts';
import { keepWithheld } from './keep-withheld.ts';

type Module = MirrorPage['module'];

/** What of a record an evaluation looks at; of the rest (a job title, an amount) the mirror only keeps the newest value. */
const RELEVANT = {
  contacts: ['name', 'accountId', 'createdAt'],
  leads: ['name', 'createdAt'],
  accounts: ['name', 'createdAt'],
  deals: ['name', 'accountId', 'contactId', 'stage', 'isOpen', 'pipeline', 'closingDate', 'createdAt'],
} as const satisfies { [M in Module]: readonly (keyof MirrorRowOf[M])[] };

/**
 * Puts a page of records (at most 2,000) that Zoho says changed into the mirror and owes an evaluation to exactly the meetings
 * that the old or the new picture of them touches. An older picture never replaces a newer one; equal content changes nothing and
 * owes nothing. A record that counted as deleted lives again. Deals keep the roles that are known of them until they are read
 * again. One transaction, no call to Zoho.
 */
export async function applyChanges({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  /** `hiddenKeys`: what Zoho withholds of this page's module besides what it is known to withhold. */
  input: { page: MirrorPage; hiddenKeys?: ReadonlySet<'email' | 'phone'> };
}): Promise<{ changed: number; owed: number }> {
  if (input.page.rows.length === 0) return { changed: 0, owed: 0 };
  return ctx.db.transaction(async (sql) => {
    const page = await keepWithheld(ctx, sql, input.page, input.hiddenKeys);
    const change = await comparePage(ctx, sql, page);
    if (change.page.rows.length === 0) return { changed: 0, owed: 0 };
    const { module } = change.page;
    const records = { [module]: change.relevantIds };
    const before = await findTouchedMeetings(sql, ctx.organizationId, records);
    await savePage(ctx, sql, change);
    const after = await findTouchedMeetings(sql, ctx.organizationId, records);
    const owed = await oweTouchedMeetings(sql, ctx.organizationId, new Set([...before, ...after]), ctx.now());
    if (owed > 0) await ctx.wake(sql, ctx.organizationId);
    return { changed: change.page.rows.length, owed };
  });
}

/** The part of a page that is news, and the records of it that can matter to a meeting. */
type Change = {
  page: MirrorPage;
  relevantIds: string[];
  /** Known ones whose time of change moved. */
  movedIds: string[];
  revivedIds: string[];
  /** Found by something else than before. */
  rekeyedIds: string[];
};

async function comparePage(ctx: FeatureContext, sql: Sql, page: MirrorPage): Promise<Change> {
  switch (page.module) {
    case 'contacts': {
      const found = await compareRows(ctx, sql, 'contacts', page.rows, page.keys);
      return { ...found, page: { ...page, rows: found.rows, keys: found.keys } };
    }
    case 'leads': {
      const found = await compareRows(ctx, sql, 'leads', page.rows, page.keys);
      return { ...found, page: { ...page, rows: found.rows, keys: found.keys } };
    }
    case 'accounts': {
      const found = await compareRows(ctx, sql, 'accounts', page.rows, page.keys);
      return { ...found, page: { ...page, rows: found.rows, keys: found.keys } };
    }
    case 'deals': {
      const found = await compareRows(ctx, sql, 'deals', page.rows, page.keys);
      return { ...found, page: { ...page, rows: found.rows, keys: found.keys } };
    }
  }
}

async function compareRows<M extends Module>(
  ctx: FeatureContext,
  sql: Sql,
  module: M,
  rows: MirrorRowOf[M][],
  keys: MirrorKey[],
): Promise<{ rows: MirrorRowOf[M][]; keys: MirrorKey[] } & Omit<Change, 'page'>> {
  const ids = rows.map((row) => row.id);
  const known = await readKnownRecords(sql, ctx.organizationId, module, ids);
  const knownKeys = module === 'deals' ? [] : await readKnownKeys(sql, ctx.organizationId, module, ids);
  const keysBefore = groupKeys(knownKeys);
  const keysAfter = groupKeys(keys);
  const changed: MirrorRowOf[M][] = [];
  const relevantIds: string[] = [];
  const movedIds: string[] = [];
  const revivedIds: string[] = [];
  const rekeyedIds: string[] = [];
  for (const row of newestOf(rows)) {
    if (module === 'contacts' && isCanaryName(row.name)) continue;
    const before = known.get(row.id);
    if (before !== undefined && isOlder(row, before)) continue;
    const hasOtherKeys = keysBefore.get(row.id) !== keysAfter.get(row.id);
    const isNew = before === undefined || before.isDeleted;
    if (!isNew && !hasOtherKeys && isSame(before.row, row, Object.keys(row) as (keyof MirrorRowOf[M])[])) continue;
    changed.push(row);
    if (isNew || hasOtherKeys || !isSame(before.row, row, RELEVANT[module] as readonly (keyof MirrorRowOf[M])[])) {
      relevantIds.push(row.id);
    }
    if (before !== undefined && before.row.modifiedAt !== row.modifiedAt) movedIds.push(row.id);
    if (before?.isDeleted) revivedIds.push(row.id);
    if (hasOtherKeys) rekeyedIds.push(row.id);
  }
  const rekeyed = new Set(rekeyedIds);
  const newKeys = keys.filter((key) => rekeyed.has(key.recordId));
  return { rows: changed, keys: newKeys, relevantIds, movedIds, revivedIds, rekeyedIds };
}

/** One row a record: a page that was read in several parts may bring one twice, and the newest counts. */
function newestOf<Row extends { id: string; modifiedAt: string | null }>(rows: readonly Row[]): Row[] {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const other = newest.get(row.id);
    if (other === undefined || (other.modifiedAt ?? '') <= (row.modifiedAt ?? '')) newest.set(row.id, row);
  }
  return [...newest.values()];
}

function isOlder<M extends Module>(row: MirrorRowOf[M], known: KnownRecord<M>): boolean {
  const before = known.row.modifiedAt;
  return before !== null && row.modifiedAt !== null && row.modifiedAt < before;
}

function isSame<Row>(one: Row, other: Row, parts: readonly (keyof Row)[]): boolean {
  return parts.every((part) => one[part] === other[part]);
}

/** The keys of each record as one text that is equal when they are. */
function groupKeys(keys: readonly MirrorKey[]): Map<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const { recordId, kind, key } of keys) {
    groups.set(recordId, (groups.get(recordId) ?? new Set()).add(`${kind}:${key}`));
  }
  return new Map([...groups].map(([recordId, texts]) => [recordId, [...texts].sort().join('\n')]));
}

async function savePage(ctx: FeatureContext, sql: Sql, change: Change): Promise<void> {
  const { page, movedIds, revivedIds, rekeyedIds } = change;
  await upsertPage(sql, ctx.organizationId, page);
  if (revivedIds.length > 0) await wakePlacements(sql, ctx.organizationId, page.module, revivedIds);
  if (page.module === 'deals') await markRolesStale(sql, ctx.organizationId, movedIds);
  else if (rekeyedIds.length > 0) await replaceKeys(sql, ctx.organizationId, page.module, rekeyedIds, page.keys);
}

/** Writes the rows of a page, whatever its module. */
export async function upsertPage(sql: Sql, organizationId: string, page: MirrorPage): Promise<void> {
  switch (page.module) {
    case 'accounts':
      return upsertMirror(sql, organizationId, 'accounts', page.rows);
    case 'contacts':
      return upsertMirror(sql, organizationId, 'contacts', page.rows);
    case 'leads':
      return upsertMirror(sql, organizationId, 'leads', page.rows);
    case 'deals':
      return upsertMirror(sql, organizationId, 'deals', page.rows);
  }
}
