import { readWithheld, withheldKinds, withholdsEmail } from '../../crm/read-layouts.ts';
import type { MirrorPage } from '../../crm/read-mirror.ts';
import { readKnownKeys, readKnownRecords } from '../../db/queries/mirror-before.ts';
import { findReachable, markVanished, renewPreflight } from '../../db/queries/preflight.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import { type OddOrg, readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';

type KeyKind = 'email' | 'phone';
type PeoplePage = Extract<MirrorPage, { module: 'contacts' | 'leads' }>;

/** So many addresses that are gone at once, with none left, are withheld whatever Zoho says of the field. */
const VANISHED_AT_ONCE = 10;

/**
 * A page of people with the addresses that Zoho withholds as the mirror knows them: withheld is not absent. Other pages are given
 * back as they are. In the caller's transaction; two statements more where something is withheld.
 */
export async function keepWithheld(
  ctx: FeatureContext,
  sql: Sql,
  page: MirrorPage,
  also: ReadonlySet<KeyKind> = new Set(),
): Promise<MirrorPage> {
  if (page.module !== 'contacts' && page.module !== 'leads') return page;
  const { hiddenKeys } = await readOddOrg(ctx, sql);
  const kinds = new Set([...hiddenKeys[page.module], ...also]);
  if (kinds.size === 0) return page;
  const ids = page.rows.map((row) => row.id);
  const keys = (await readKnownKeys(sql, ctx.organizationId, page.module, ids)).filter(
    (key) => key.kind !== 'domain' && kinds.has(key.kind),
  );
  const all = new Map([...keys, ...page.keys].map((key) => [`${key.recordId}:${key.kind}:${key.key}`, key]));
  const kept = { keys: [...all.values()] };
  if (page.module === 'contacts') {
    const known = await readKnownRecords(sql, ctx.organizationId, 'contacts', ids);
    return { ...page, ...kept, rows: page.rows.map((row) => withKnown(row, known.get(row.id)?.row, kinds)) };
  }
  const known = await readKnownRecords(sql, ctx.organizationId, 'leads', ids);
  return { ...page, ...kept, rows: page.rows.map((row) => withKnown(row, known.get(row.id)?.row, kinds)) };
}

function withKnown<Row extends { email: string | null; phone: string | null }>(
  row: Row,
  known: Row | undefined,
  kinds: ReadonlySet<KeyKind>,
): Row {
  if (known === undefined) return row;
  return {
    ...row,
    email: kinds.has('email') ? (row.email ?? known.email) : row.email,
    phone: kinds.has('phone') ? (row.phone ?? known.phone) : row.phone,
  };
}

/**
 * Looks at a page of changed people on which no address is left of those that were known: does Zoho withhold them now? Asks Zoho
 * (1 credit) before the page is applied. Gives the kinds of keys that it withholds; the layouts are read again then. Costs one
 * statement for other pages.
 */
export async function noticeWithheld(
  ctx: FeatureContext,
  open: OpenConnection,
  page: MirrorPage,
): Promise<ReadonlySet<KeyKind>> {
  const nothing: ReadonlySet<KeyKind> = new Set();
  if (page.module !== 'contacts' && page.module !== 'leads') return nothing;
  const odd = await readOddOrg(ctx);
  if (odd.withheldModules.includes(page.module)) return noticeShown(ctx, odd, page);
  if (page.rows.length === 0 || page.rows.some((row) => row.email !== null)) return nothing;
  const ids = page.rows.map((row) => row.id);
  const lost = await findReachable(ctx.db, ctx.organizationId, { module: page.module, ids });
  if (lost.length === 0) return nothing;
  const withheld = await readWithheld(open.transport, page.module);
  if (withholdsEmail(withheld)) {
    await renewPreflight(ctx.db, ctx.organizationId, ctx.now());
    return withheldKinds(withheld);
  }
  if (lost.length < VANISHED_AT_ONCE) return nothing;
  await markVanished(ctx.db, ctx.organizationId, page.module);
  return new Set<KeyKind>(['email']);
}

/** An address arrives where all were withheld: the layouts are read again. */
async function noticeShown(ctx: FeatureContext, odd: OddOrg, page: PeoplePage): Promise<ReadonlySet<KeyKind>> {
  if (page.rows.some((row) => row.email !== null)) await renewPreflight(ctx.db, ctx.organizationId, ctx.now());
  return odd.hiddenKeys[page.module];
}
