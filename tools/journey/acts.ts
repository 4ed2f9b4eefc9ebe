import type { Actor } from './cast.ts';
import type { Act } from './sandbox-side.ts';

/** Acts of people in Zoho, for records of a cast and for events and notes by their ids. */

const ZOHO_NAMES = { contacts: 'Contacts', leads: 'Leads', accounts: 'Accounts', deals: 'Deals' } as const;

export function update({ module, id }: Actor, fields: Record<string, unknown>): Act {
  return { do: 'update', module: ZOHO_NAMES[module], id, fields };
}

export function updateEvent(id: string, fields: Record<string, unknown>): Act {
  return { do: 'update', module: 'Events', id, fields };
}

export function updateNote(id: string, fields: Record<string, unknown>): Act {
  return { do: 'update', module: 'Notes', id, fields };
}

export function remove({ module, id }: Actor): Act {
  return { do: 'delete', module: ZOHO_NAMES[module], id };
}

export function removeEvent(id: string): Act {
  return { do: 'delete', module: 'Events', id };
}

export function restore(id: string): Act {
  return { do: 'restore', id };
}

/** `loser` ends, `survivor` stays. */
export function merge(loser: Actor, survivor: Actor): Act {
  return { do: 'merge', module: ZOHO_NAMES[loser.module], id: loser.id, into: survivor.id };
}

export function setRole(deal: Actor, contact: Actor, role: string): Act {
  return { do: 'setRole', deal: deal.id, contact: contact.id, role };
}

/** The event is about another record; null: about none. */
export function aim(eventId: string, at: Actor | null): Act {
  const fields = at === null ? { What_Id: null } : { What_Id: { id: at.id }, $se_module: ZOHO_NAMES[at.module] };
  return updateEvent(eventId, fields);
}
