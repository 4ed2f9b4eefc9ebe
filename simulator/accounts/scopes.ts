import { stockModules } from '../metadata/stock-modules.ts';

const operations = ['ALL', 'READ', 'CREATE', 'UPDATE', 'WRITE', 'DELETE'];
const settings = [
  'modules',
  'fields',
  'layouts',
  'related_lists',
  'profiles',
  'roles',
  'custom_views',
  'tags',
  'currencies',
  'pipeline',
  'global_picklist',
  'variables',
  'territories',
  'map_dependency',
  'layout_rules',
  'custom_buttons',
  'automation_actions',
  'unique_fields',
  'clientportal',
  'data_sharing',
  'scoring_rules',
  'fiscal_year',
  'recycle_bin',
];
const wholeGroups = [
  'users',
  'org',
  'coql',
  'bulk',
  'notifications',
  'send_mail',
  'share',
  'files',
  'mass_update',
  'change_owner',
  'features',
  'zia',
];

/** Splits what a client asked for; commas and blanks both separate. */
export function splitScopes(text: string): string[] {
  return text.split(/[\s,]+/).filter((one) => one !== '');
}

/** True for a scope that Zoho knows. Source: Zoho CRM API v8, Scopes. */
export function isKnownScope(scope: string): boolean {
  const parts = scope.toLowerCase().split('.');
  const operation = (parts[parts.length - 1] ?? '').toUpperCase();
  if (scope.toLowerCase() === 'zohosearch.securesearch.read') return true;
  if (scope.toLowerCase() === 'zohocrm.composite_requests.custom') return true;
  if (parts[0] === 'aaaserver' || parts[0] === 'zohofiles') return parts.length === 3;
  if (parts[0] !== 'zohocrm' || !operations.includes(operation)) return false;
  const [, group, sub] = parts;
  if (parts.length === 3) return group === 'modules' || group === 'settings' || wholeGroups.includes(group ?? '');
  if (parts.length !== 4) return false;
  if (group === 'modules') return isModuleScope(sub ?? '');
  return group === 'settings' && settings.includes(sub ?? '');
}

/** True when one of `granted` covers `needed`, such as `ZohoCRM.modules.contacts.READ`. */
export function coversScope(granted: readonly string[], needed: string, isCaseSensitive: boolean): boolean {
  const fold = (text: string) => (isCaseSensitive ? text : text.toLowerCase());
  const parts = fold(needed).split('.');
  const operation = parts.pop() ?? '';
  const accepted = new Set([operation, fold('ALL')]);
  if (operation === fold('CREATE') || operation === fold('UPDATE')) accepted.add(fold('WRITE'));
  return granted.some((scope) => {
    const have = fold(scope).split('.');
    const granting = have.pop() ?? '';
    return accepted.has(granting) && have.length <= parts.length && have.every((part, i) => part === parts[i]);
  });
}

function isModuleScope(name: string): boolean {
  if (['custom', 'activities', 'attachments', 'emails', 'approvals', 'dashboards', 'visits'].includes(name))
    return true;
  return stockModules.some((module) =>
    [module.apiName.toLowerCase(), module.apiName.toLowerCase().replaceAll('_', '')].includes(name),
  );
}
