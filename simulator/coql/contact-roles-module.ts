import { type Call, requireModule } from '../api/call.ts';
import { stockField } from '../metadata/field.ts';
import { createTable } from '../store/table.ts';
import type { Module } from '../world/org.ts';

/**
 * The links of deals and contacts as a module that can be queried, when the switch coqlContactRoles gives it that name.
 * No primary source says that Zoho does it, nor what the columns are called: they follow the linking modules.
 */
export function contactRolesModule(call: Call, name: string): Module | undefined {
  const wanted = call.world.switches.text('coqlContactRoles');
  if (wanted === 'none' || name.toLowerCase() !== wanted.toLowerCase()) return undefined;
  requireModule(call, 'Deals', 'READ');
  requireModule(call, 'Contacts', 'READ');
  const records = createTable(name, () => undefined);
  for (const link of call.org.dealRoles.rows()) {
    const role = call.org.roleCatalogue.get(String(link.roleId));
    records.put({ id: link.id, Deals: link.dealId, Contacts: link.contactId, Contact_Role: role?.name ?? null });
  }
  return {
    apiName: 'Contact_Roles',
    singular: 'Contact Role',
    plural: 'Contact Roles',
    internal: 'ContactRoles',
    nameField: 'Contact_Role',
    fields: [
      stockField('Deals', 'lookup', { lookup: 'Deals' }),
      stockField('Contacts', 'lookup', { lookup: 'Contacts' }),
      stockField('Contact_Role', 'picklist'),
    ],
    relatedLists: [],
    id: call.org.fixedId(199),
    layoutId: call.org.fixedId(399),
    records,
  };
}
