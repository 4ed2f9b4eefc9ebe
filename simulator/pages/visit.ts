import { defaultUser, userIn } from '../accounts/authorize.ts';
import type { AccountsRequest } from '../accounts/handle-accounts.ts';
import type { Call } from '../api/call.ts';
import { nameOf } from '../api/render-record.ts';
import { personCall } from '../control/person-call.ts';
import type { Row } from '../store/table.ts';
import type { Module, Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';

/** One request for a page: where, by whom, with which answers to a form. */
export type Visit = {
  world: World;
  dc: DataCentre;
  org: Org;
  /** The user that the person has chosen to be. */
  viewer: Row;
  /** Zone of the viewer, in which all times are shown. */
  zone: string;
  path: string;
  query: URLSearchParams;
  /** Fields of a posted form; empty for other requests. */
  form: URLSearchParams;
};

export const viewerCookie = 'sandbox_viewer';

/** The user named by the cookie, else the first active administrator. */
export function findViewer(dc: DataCentre, request: AccountsRequest): Row {
  const production = dc.orgs.get('production');
  const chosen = new RegExp(`(?:^|;\\s*)${viewerCookie}=(\\d+)`).exec(request.headers.cookie ?? '')?.[1];
  const user = chosen === undefined ? undefined : production?.users.get(chosen);
  if (user?.status === 'active') return user;
  const fallback = production && (defaultUser(production) ?? production.users.rows().next().value);
  return fallback ?? { id: '0', full_name: 'Nobody', time_zone: 'UTC' };
}

/** The call that a person's click stands for: the viewer's rights, no token, nothing in the ledger. */
export function callOf(visit: Visit, parts: Record<string, string> = {}, bodyText = ''): Call {
  const { world, org, viewer, path } = visit;
  return personCall(world, org, viewer, { method: 'GET', path, parts, bodyText });
}

/** The same as a call that changes something; other orgs get to know the viewer at the first change. */
export function writingCallOf(visit: Visit, parts: Record<string, string> = {}, bodyText = ''): Call {
  const { org, dc, viewer } = visit;
  const user = org.users.get(viewer.id) ?? org.users.get(userIn(org, String(viewer.email), dc)) ?? viewer;
  return { ...callOf(visit, parts, bodyText), user, method: 'POST' };
}

/** Modules with a tab, in its order. */
export const tabModules = ['Contacts', 'Leads', 'Accounts', 'Deals', 'Events', 'Notes'] as const;

/** Address of a module's list; deals go by Zoho's older name there. */
export function modulePath(org: Org, moduleName: string): string {
  return `/crm/org${org.zgid}/tab/${moduleName === 'Deals' ? 'Potentials' : moduleName}`;
}

export function recordPath(org: Org, moduleName: string, id: string): string {
  return `${modulePath(org, moduleName)}/${id}`;
}

/** The module of a tab, by API name or by Zoho's older name. */
export function moduleOfTab(org: Org, tab: string): Module | undefined {
  return org.module(tab.toLowerCase() === 'potentials' ? 'Deals' : tab);
}

/** What a record is called on a page: never empty. */
export function titleOf(module: Module, row: Row): string {
  const name = nameOf(module, row).trim();
  return name === '' ? `${module.singular} without a title` : name;
}

/** `path` with some parameters of the query changed; null takes one out. */
export function hrefWith(
  path: string,
  query: URLSearchParams,
  changes: Record<string, string | number | null>,
): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) next.delete(name);
    else next.set(name, String(value));
  }
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A page number from the query, at least 1. */
export function pageNumber(query: URLSearchParams): number {
  const page = Number(query.get('page') ?? '1');
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}
