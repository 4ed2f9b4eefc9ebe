import type { MirrorColumns } from '../crm/mirror-columns.ts';
import {
  type EventField,
  type OrgLayouts,
  type PeopleModule,
  withheldKinds,
  withholdsEmail,
} from '../crm/read-layouts.ts';
import { findPreflight, type PreflightRow } from '../db/queries/preflight.ts';
import type { Sql } from '../db/sql.ts';
import type { FeatureContext } from './context.ts';

/** What is odd about the connected org, as far as it matters to others. */
export type OddOrg = {
  row: PreflightRow<OrgLayouts> | null;
  layouts: OrgLayouts | null;
  /** Modules in which nobody can be called absent. */
  withheldModules: PeopleModule[];
  /** Kinds of keys that records of a module may have without our seeing them. */
  hiddenKeys: Record<PeopleModule, ReadonlySet<'email' | 'phone'>>;
  columns: MirrorColumns | null;
  eventsArePrivate: boolean;
  hidesInvitations: boolean;
};

const PEOPLE: readonly PeopleModule[] = ['contacts', 'leads'];

/** Reads it: one statement, no call to Zoho. */
export async function readOddOrg(ctx: FeatureContext, sql: Sql = ctx.db): Promise<OddOrg> {
  const row = await findPreflight<OrgLayouts>(sql, ctx.organizationId);
  const layouts = row?.found ?? null;
  const hasVanished = (module: PeopleModule) => row?.vanished.includes(module) ?? false;
  const hidden = (module: PeopleModule): ReadonlySet<'email' | 'phone'> => {
    const kinds = withheldKinds(layouts?.withheld[module] ?? []);
    return hasVanished(module) ? kinds.add('email') : kinds;
  };
  return {
    row,
    layouts,
    withheldModules: PEOPLE.filter((module) => hasVanished(module) || withholdsEmail(layouts?.withheld[module] ?? [])),
    hiddenKeys: { contacts: hidden('contacts'), leads: hidden('leads') },
    columns: layouts,
    // What Zoho tells comes before what somebody stated.
    eventsArePrivate: layouts?.eventsArePrivate ?? row?.statedSharing === 'private',
    hidesInvitations: layouts?.hidesInvitations === true,
  };
}

/** What a field of events is called in Zoho; its own name where the layouts are not known. */
export function labelOfField(fields: readonly EventField[] | null, field: string): string {
  return fields?.find((one) => one.field === field)?.label ?? field.replaceAll('_', ' ');
}
