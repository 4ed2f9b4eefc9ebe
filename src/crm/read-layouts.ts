import { type CrmLayout, type LayoutField, listLayouts, readSharing } from '../zoho/layouts.ts';
import { type CrmField, listFields, listRelatedLists } from '../zoho/metadata.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import { crmError } from './crm-error.ts';
import { MIRROR_FIELDS } from './from-zoho.ts';
import { isRefusal } from './read-changes.ts';

/** A field of events in our words. `type` is Zoho's data type; `length` in characters, null where the type has none. */
export type EventField = {
  field: string;
  label: string;
  type: string;
  length: number | null;
  values: string[];
  isUnique: boolean;
  /** An active layout demands it. */
  isRequired: boolean;
};

/** A field of people that Zoho keeps from us: not there at all (`hidden`), or there and always empty (`restricted`). */
export type WithheldField = { field: string; label: string; as: 'hidden' | 'restricted' };

/** Modules of people, whose addresses may be withheld. */
export type PeopleModule = 'contacts' | 'leads';

/** What an org's layouts, field security and sharing mean for us; null: Zoho did not tell. */
export type OrgLayouts = {
  /** Fields of events that one may write and that we do not always fill. */
  eventFields: EventField[] | null;
  withheld: Record<PeopleModule, WithheldField[]>;
  /** Columns of the mirror that Zoho does not have or does not show, by Zoho's module: they are not asked for. */
  absentColumns: Record<string, string[]>;
  /** Deals have amounts in several currencies. */
  hasCurrencies: boolean;
  eventsArePrivate: boolean | null;
  /** Contacts do not show the events that they are invited to. */
  hidesInvitations: boolean | null;
  /** What could not be read, in sentences. */
  problems: string[];
};

/** What every event of ours has. */
const ALWAYS_FILLED = ['Event_Title', 'Start_DateTime', 'End_DateTime', 'Description', 'Owner'];
const ADDRESS_FIELDS: readonly string[] = ['Email', 'Secondary_Email', 'Phone', 'Mobile'];
/** Every stock org has them: where one is missing, it is hidden from the connected user. */
const STOCK_ADDRESS_FIELDS: readonly string[] = ['Email', 'Phone', 'Mobile'];
const INVITATIONS = 'Invited_Events';
const MODULES = { contacts: 'Contacts', leads: 'Leads', accounts: 'Accounts', deals: 'Deals' } as const;

/**
 * Reads layouts and fields of events, the fields of the mirrored modules, the lists of contacts and the sharing of events: 7
 * credits. A part that Zoho refuses is unknown; throws what concerns the whole connection.
 */
export async function readOrgLayouts(transport: ZohoTransport): Promise<OrgLayouts> {
  const problems: string[] = [];
  const take = <T>(read: { kind: 'read'; value: T } | ZohoFailure, doing: string): T | null => {
    if (read.kind === 'read') return read.value;
    const error = crmError(read, doing);
    if (!isRefusal(read)) throw error;
    problems.push(error.message);
    return null;
  };
  const layouts = take(await listLayouts(transport, 'Events'), 'The layouts of meetings could not be read');
  const lists = take(await listRelatedLists(transport, 'Contacts'), 'The lists of contacts could not be read');
  const sharing = await readSharing(transport, 'Events');
  // Only administrators may read it, and a page lets them state it: no problem worth a sentence.
  const shareType = sharing.kind === 'failed' && isRefusal(sharing) ? null : take(sharing, 'The sharing of meetings');
  const fields: Partial<Record<keyof typeof MODULES, CrmField[] | null>> = {};
  for (const module of ['contacts', 'leads', 'accounts', 'deals'] as const) {
    fields[module] = take(await listFields(transport, MODULES[module]), `The fields of ${module} could not be read`);
  }
  return {
    eventFields: layouts === null || layouts.length === 0 ? null : eventFieldsOf(layouts),
    withheld: { contacts: findWithheld(fields.contacts ?? null), leads: findWithheld(fields.leads ?? null) },
    absentColumns: Object.fromEntries(
      Object.entries(fields).map(([module, known]) => {
        const name = MODULES[module as keyof typeof MODULES];
        return [name, findAbsent(name, known ?? null)];
      }),
    ),
    hasCurrencies: fields.deals?.some(({ apiName }) => apiName === 'Currency') ?? false,
    eventsArePrivate: shareType === null ? null : /^private$/iu.test(shareType),
    hidesInvitations: lists === null ? null : !lists.some(({ apiName }) => apiName.startsWith(INVITATIONS)),
    problems,
  };
}

/** Which addresses of people Zoho withholds in one module now (1 credit). Throws when Zoho cannot be asked. */
export async function readWithheld(transport: ZohoTransport, module: PeopleModule): Promise<WithheldField[]> {
  const read = await listFields(transport, MODULES[module]);
  if (read.kind === 'failed') throw crmError(read, `The fields of ${module} could not be read`);
  return findWithheld(read.value);
}

/** True where nobody can be called absent: the main address is withheld. */
export function withholdsEmail(fields: readonly WithheldField[]): boolean {
  return fields.some(({ field }) => field === 'Email');
}

/** Which kinds of keys a module's records may have without our seeing them. */
export function withheldKinds(fields: readonly WithheldField[]): Set<'email' | 'phone'> {
  return new Set(fields.map(({ field }) => (/email/iu.test(field) ? 'email' : 'phone')));
}

function findWithheld(fields: readonly CrmField[] | null): WithheldField[] {
  if (fields === null || fields.length === 0) return [];
  return ADDRESS_FIELDS.flatMap((name): WithheldField[] => {
    const field = fields.find(({ apiName }) => apiName === name);
    if (field === undefined) {
      return STOCK_ADDRESS_FIELDS.includes(name) ? [{ field: name, label: name.replace('_', ' '), as: 'hidden' }] : [];
    }
    return field.isRestricted ? [{ field: name, label: field.label, as: 'restricted' }] : [];
  });
}

function findAbsent(module: keyof typeof MIRROR_FIELDS, fields: readonly CrmField[] | null): string[] {
  if (fields === null || fields.length === 0) return [];
  const known = new Set(fields.map(({ apiName }) => apiName));
  return MIRROR_FIELDS[module].filter((name) => !known.has(name));
}

/** The fields of all active layouts, once each. */
function eventFieldsOf(layouts: readonly CrmLayout[]): EventField[] {
  const byName = new Map<string, LayoutField>();
  for (const layout of layouts) {
    if (!layout.isActive) continue;
    for (const field of layout.fields) {
      const known = byName.get(field.apiName);
      byName.set(field.apiName, { ...field, isRequired: field.isRequired || known?.isRequired === true });
    }
  }
  return [...byName.values()]
    .filter((field) => !field.isReadOnly && field.external === null)
    .map((field) => ({
      field: field.apiName,
      label: field.label,
      type: field.dataType,
      length: field.length === 0 ? null : field.length,
      values: field.picklistValues.filter((value) => value !== '-None-'),
      isUnique: field.isUnique,
      isRequired: (field.isRequired || field.isMandatory) && !ALWAYS_FILLED.includes(field.apiName),
    }));
}
