/** One line of the checklist of rights. */
export type RightKey =
  | 'contacts_read'
  | 'accounts_read'
  | 'deals_read'
  | 'leads_read'
  | 'contacts_write'
  | 'accounts_write'
  | 'deals_write'
  | 'events_read'
  | 'events_create'
  | 'events_edit'
  | 'events_delete'
  | 'event_participants'
  | 'notes_list'
  | 'notes_create'
  | 'notes_edit'
  | 'notes_delete'
  | 'contact_roles'
  | 'lookups'
  | 'related_lists'
  | 'metadata'
  | 'users'
  | 'profiles'
  | 'notifications'
  | 'coql'
  | 'bulk'
  | 'composite'
  | 'fields_create';

/** `unknown`: it could not be tested, which is never taken for allowed nor for refused. */
export type RightResult =
  | 'ok'
  | 'missing_scope'
  | 'missing_profile_permission'
  | 'not_available_in_edition'
  | 'unknown'
  | 'not_needed';

/** What the connecting user may do, in words: `lost` is what stops working without it, `cure` what to do (null: nothing). */
export type Right = {
  key: RightKey;
  title: string;
  result: RightResult;
  lost: string;
  cure: string | null;
  /** Why it is so, where there is more to say. */
  detail: string | null;
};

export type Rights = { lines: Right[]; userName: string | null; profileName: string | null; isAdministrator: boolean };

const REFUSALS: readonly RightResult[] = ['missing_scope', 'missing_profile_permission', 'not_available_in_edition'];

/** True when Zoho is known to refuse it. What was never tested, or could not be, is tried. */
export function isRefused(rights: Rights | null, ...keys: RightKey[]): boolean {
  return rights?.lines.some((line) => keys.includes(line.key) && REFUSALS.includes(line.result)) ?? false;
}

/** The lines that Zoho refuses. */
export function listRefused(rights: Rights | null): Right[] {
  return rights?.lines.filter((line) => REFUSALS.includes(line.result)) ?? [];
}

/** Whether two checks allow the same. */
export function isSameRights(one: Rights | null, two: Rights | null): boolean {
  const words = (rights: Rights | null) => listRefused(rights).map((line) => line.key);
  return words(one).join() === words(two).join();
}
