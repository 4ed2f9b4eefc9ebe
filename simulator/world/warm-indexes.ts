import type { Org } from './org.ts';

/** Below so many rows an index is built in no time by the first call that needs it. */
const fewRows = 20_000;

/** Builds the indexes of large modules, so that no call has to wait seconds for one. */
export function warmIndexes(org: Org): void {
  for (const module of org.modules) {
    if (module.records.size < fewRows) continue;
    const fields = org.fields(module);
    const lookups = fields.filter((field) => field.type === 'lookup' || field.type === 'multi_module_lookup');
    const keys = fields.filter((field) => field.unique || field.external);
    module.records.warm([
      ...lookups.map((field) => field.apiName),
      ...keys.flatMap((field) => [field.apiName, `lower:${field.apiName}`]),
      ...(fields.some((field) => field.apiName === 'Email') ? ['Email', 'anyEmail'] : []),
      ...(module.apiName === 'Events' ? ['participant'] : []),
    ]);
  }
  if (org.dealRoles.size >= fewRows) for (const index of ['dealId', 'contactId']) org.dealRoles.find(index, '');
}
