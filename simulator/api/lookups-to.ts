import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';

/** Every lookup that may point to records of a module: the stock ones, and those that were created. */
export function lookupsTo(call: Call, module: Module): [module: string, field: string][] {
  return [...stockLookups(module.apiName), ...createdLookups(call, module)];
}

/** Lookups that were created, not stock. */
function createdLookups(call: Call, module: Module): [module: string, field: string][] {
  return call.org.modules.flatMap((source) =>
    call.org
      .fields(source)
      .filter((field) => field.lookup === module.apiName && (field.isCustom || source.generated))
      .map((field): [string, string] => [source.apiName, field.apiName]),
  );
}

function stockLookups(moduleName: string): [module: string, field: string][] {
  const activities: [string, string][] = [
    ['Events', 'What_Id'],
    ['Tasks', 'What_Id'],
    ['Calls', 'What_Id'],
  ];
  if (moduleName === 'Accounts') {
    return [...activities, ['Contacts', 'Account_Name'], ['Deals', 'Account_Name'], ['Accounts', 'Parent_Account']];
  }
  if (moduleName === 'Contacts') {
    return [
      ['Deals', 'Contact_Name'],
      ['Events', 'Who_Id'],
      ['Tasks', 'Who_Id'],
      ['Calls', 'Who_Id'],
      ['Contacts', 'Reporting_To'],
    ];
  }
  return moduleName === 'Deals' || moduleName === 'Leads' ? activities : [];
}
