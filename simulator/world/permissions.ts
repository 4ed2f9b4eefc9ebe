import type { Row, Table } from '../store/table.ts';
import { isAdministrator, type Org, profileNumbers } from './org.ts';

/** The permissions that are about no module. Source: Zoho CRM API v8, Profiles. */
export const generalPermissions = {
  api: 'Crm_Implied_Api_Access',
  customize: 'Crm_Implied_Customize_Zoho_CRM',
  viewUsers: 'Crm_Implied_View_Users',
} as const;

/** Profiles of a stock org by their name. */
export const profileNames = { Administrator: profileNumbers.administrator, Standard: profileNumbers.standard } as const;

export type ProfileName = keyof typeof profileNames;

/** Whether the user's profile has the permission: what a person set, else what a stock profile has. */
export function hasPermission(org: Org, user: Row, permission: string): boolean {
  return isEnabled(org, isAdministrator(org, user) ? 'Administrator' : 'Standard', permission);
}

/** Whether a profile has the permission. Standard may do all but customize. */
export function isEnabled(org: Org, profile: ProfileName, permission: string): boolean {
  const set = tableOf(org).get(`${profile}/${permission}`);
  if (set) return set.isEnabled === true;
  return profile === 'Administrator' || permission !== generalPermissions.customize;
}

/** Gives a permission to a profile, or withdraws it, for everybody who has the profile. */
export function setPermission(org: Org, profile: ProfileName, permission: string, enabled: boolean): void {
  tableOf(org).put({ id: `${profile}/${permission}`, profile, permission, isEnabled: enabled });
}

/** What was given or withdrawn against the stock profile. */
export function changedPermissions(org: Org, profile: ProfileName): { given: string[]; withdrawn: string[] } {
  const set = tableOf(org).find('profile', profile);
  const named = (enabled: boolean) =>
    set.filter((row) => (row.isEnabled === true) === enabled).map((row) => String(row.permission));
  return { given: named(true), withdrawn: named(false) };
}

const tableOf = (org: Org): Table => org.table('permissions');
