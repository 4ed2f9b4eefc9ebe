/**
 * What we ask Zoho for, and no more. Source: Zoho CRM API v8, OAuth scopes of each operation; that of data sharing: Retrieve Default
 * Data Sharing Settings (`GET /settings/data_sharing`). One name that Zoho does not know would refuse the whole consent.
 */
export const SCOPES = [
  'ZohoCRM.modules.contacts.READ',
  'ZohoCRM.modules.leads.READ',
  'ZohoCRM.modules.accounts.READ',
  'ZohoCRM.modules.deals.READ',
  'ZohoCRM.modules.events.ALL',
  'ZohoCRM.modules.notes.ALL',
  'ZohoCRM.settings.modules.READ',
  'ZohoCRM.settings.fields.READ',
  'ZohoCRM.settings.fields.CREATE',
  'ZohoCRM.settings.layouts.READ',
  'ZohoCRM.settings.related_lists.READ',
  'ZohoCRM.settings.profiles.READ',
  'ZohoCRM.settings.data_sharing.READ',
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.coql.READ',
  'ZohoCRM.bulk.READ',
  'ZohoCRM.notifications.ALL',
  'ZohoCRM.composite_requests.CUSTOM',
] as const;

/** Asked for only by who tries out whether Zoho mails, which takes a contact of our own. */
export const CANARY_SCOPES = ['ZohoCRM.modules.contacts.CREATE', 'ZohoCRM.modules.contacts.DELETE'] as const;

/** Asked for only by who takes the fields that we made out of Zoho. Source: Zoho CRM API v8, Delete Custom Fields. */
export const FIELD_REMOVAL_SCOPES = ['ZohoCRM.settings.fields.DELETE'] as const;

/** Which of these scopes a consent does not cover: a module's `ALL` covers its parts. */
export function listMissingScopes(given: readonly string[], wanted: readonly string[]): string[] {
  return wanted.filter((scope) => {
    const all = scope.replace(/\.[A-Z]+$/, '.ALL');
    return ![scope, all, 'ZohoCRM.modules.ALL'].some((one) => given.includes(one));
  });
}
