import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { type ContactRole, readContactRoles, readRolesOfDeal } from '../zoho/contact-roles.ts';
import { coqlPages } from '../zoho/coql.ts';
import { listUsers } from '../zoho/metadata.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { crmError, refusalError } from './crm-error.ts';
import {
  accountKeys,
  type FoundBy,
  personKeys,
  toMirrorAccount,
  toMirrorContact,
  toMirrorDeal,
  toMirrorLead,
  toMirrorUser,
  userKeys,
} from './from-zoho.ts';
import { type MirrorColumns, mirrorColumns } from './mirror-columns.ts';
import { type DealStage, readDealStages } from './read-stages.ts';

export type LoadedModule = 'accounts' | 'contacts' | 'leads' | 'deals';

type RowOf = {
  accounts: ReturnType<typeof toMirrorAccount>;
  contacts: ReturnType<typeof toMirrorContact>;
  leads: ReturnType<typeof toMirrorLead>;
  deals: ReturnType<typeof toMirrorDeal>;
};

/** A page of the mirror: rows of one module, what they are found by, the id behind which the next page begins. */
export type MirrorPage = {
  [Module in LoadedModule]: { module: Module; rows: RowOf[Module][]; keys: FoundBy[]; lastId: string | null };
}[LoadedModule];

/** Zoho's names of the modules that are mirrored. */
export const ZOHO_NAME = { accounts: 'Accounts', contacts: 'Contacts', leads: 'Leads', deals: 'Deals' } as const;

/** The most that one COQL call gives, for 3 credits. Source: Zoho CRM API v8, COQL Limitations. */
const PAGE_ROWS = 2_000;

/**
 * Every record of a module behind an id, page by page in the order of ids: one call (3 credits) a page of 2,000. Throws
 * `crm_unavailable`, `crm_throttled`, `needs_reauth` or `crm_rejected`; what was yielded until then is sound.
 */
export async function* readModule(
  transport: ZohoTransport,
  module: LoadedModule,
  options: { afterId: string | null; stages: ReadonlyMap<string, boolean>; columns: MirrorColumns | null },
): AsyncGenerator<MirrorPage, void> {
  const pages = coqlPages(transport, {
    select: mirrorColumns(ZOHO_NAME[module], options.columns),
    from: ZOHO_NAME[module],
    where: { field: 'id', op: 'is not null' },
    limit: PAGE_ROWS,
    pageBy: 'id',
    ...(options.afterId === null ? {} : { after: { id: options.afterId } }),
  });
  for await (const page of pages) {
    if (page.kind === 'failed') throw crmError(page, `The ${module} could not be read from Zoho`);
    yield toMirrorPage(module, page.rows, options.stages);
  }
}

/**
 * The ids of every record of a module in their order, 2,000 a page (3 credits), and whether a page is the last. Throws
 * `crm_unavailable`, `crm_throttled`, `needs_reauth` or `crm_rejected`; what was yielded until then is sound.
 */
export async function* readModuleIds(
  transport: ZohoTransport,
  module: LoadedModule,
): AsyncGenerator<{ ids: string[]; isLast: boolean }, void> {
  const pages = coqlPages(transport, {
    select: ['id'],
    from: ZOHO_NAME[module],
    where: { field: 'id', op: 'is not null' },
    limit: PAGE_ROWS,
    pageBy: 'id',
  });
  for await (const page of pages) {
    if (page.kind === 'failed') throw refusalError(page, `The ids of the ${module} could not be read from Zoho`);
    yield { ids: page.rows.map((row) => row.id), isLast: !page.hasMore || page.rows.length === 0 };
  }
}

/** Records of one module as rows of the mirror. */
export function toMirrorPage(
  module: LoadedModule,
  rows: CrmRecord[],
  stages: ReadonlyMap<string, boolean>,
): MirrorPage {
  const lastId = rows.at(-1)?.id ?? null;
  switch (module) {
    case 'accounts':
      return { module, rows: rows.map(toMirrorAccount), keys: rows.flatMap(accountKeys), lastId };
    case 'contacts':
      return { module, rows: rows.map(toMirrorContact), keys: rows.flatMap(personKeys), lastId };
    case 'leads':
      return { module, rows: rows.map(toMirrorLead), keys: rows.flatMap(personKeys), lastId };
    case 'deals':
      return { module, rows: rows.map((row) => toMirrorDeal(row, stages)), keys: [], lastId };
  }
}

/** How many records a module has (1 credit); null when Zoho does not tell, which only costs the progress bar its end. */
export async function countModule(transport: ZohoTransport, module: LoadedModule): Promise<number | null> {
  const answer = await transport.call({ method: 'GET', path: `/${ZOHO_NAME[module]}/actions/count` });
  if (answer.kind !== 'ok') return null;
  const { body } = answer;
  return typeof body === 'object' && body !== null && 'count' in body && typeof body.count === 'number'
    ? body.count
    : null;
}

/** All users with what they are found by (1 call per 200). */
export async function readUsers(transport: ZohoTransport) {
  const users = await listUsers(transport);
  if (users.kind === 'failed') throw crmError(users, 'The users could not be read from Zoho');
  return { rows: users.value.map(toMirrorUser), keys: users.value.flatMap(userKeys) };
}

export async function readStages(transport: ZohoTransport): Promise<DealStage[]> {
  const read = await readDealStages(transport);
  if (read.kind === 'failed') throw crmError(read, 'The stages of deals could not be read from Zoho');
  return read.stages;
}

export type RolesOfDeals = {
  read: { dealId: string; roles: ContactRole[] }[];
  /** Deals whose roles could not be read, with Zoho's reason; they stay unknown. */
  failed: { dealId: string; message: string }[];
};

/** How many deals one composite call asks for. */
export const ROLES_PER_CALL = 5;

/**
 * The contact roles of up to five deals: 1 credit, or 1 a deal with `oneByOne`, where composite calls are refused. Throws when
 * Zoho cannot be asked at all now.
 */
export async function readRoles(
  transport: ZohoTransport,
  dealIds: readonly string[],
  options: { priority: 'live' | 'history'; oneByOne: boolean },
): Promise<RolesOfDeals> {
  const { priority } = options;
  const readOne = async (id: string) => [id, await readRolesOfDeal(transport, id, { priority })] as const;
  const answers = options.oneByOne
    ? new Map(await Promise.all(dealIds.map(readOne)))
    : await readContactRoles(transport, dealIds, { priority });
  const roles: RolesOfDeals = { read: [], failed: [] };
  for (const [dealId, answer] of answers) {
    if (answer.kind === 'rows') {
      roles.read.push({ dealId, roles: answer.rows });
      continue;
    }
    if (answer.class !== 'permanent') throw crmError(answer, 'Contact roles could not be read from Zoho');
    roles.failed.push({ dealId, message: answer.message });
  }
  return roles;
}
