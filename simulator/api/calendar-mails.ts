import type { Row } from '../store/table.ts';
import type { Call } from './call.ts';
import { guestsOf } from './guests.ts';

/** Fields that a calendar holds too: a change of any other is not pushed. */
const pushed = [
  'Event_Title',
  'Start_DateTime',
  'End_DateTime',
  'All_day',
  'Venue',
  'Description',
  'Recurring_Activity',
];

/**
 * A synced calendar takes what is written to an event of its owner and mails the guests, invited in Zoho or not: new ones an
 * invitation, the others an update or, with `after` undefined, a cancellation. Which calendars are synced, and whether they
 * mail about what is over, are switches.
 */
export function calendarMail(call: Call, after: Row | undefined, before: Row | undefined): void {
  const event = after ?? before;
  if (!event || syncOf(call, event) === 'off') return;
  const policy = call.world.switches.text('calendarMails');
  if (policy === 'never' || (policy === 'future-only' && Number(event.End_DateTime) < call.now)) return;
  const old = before ? addressesOf(call, before) : new Set<string>();
  const now = after ? addressesOf(call, after) : new Set<string>();
  const isChanged = before !== undefined && after !== undefined && pushed.some((name) => before[name] !== after[name]);
  const mail = (to: string, cause: string) => call.world.mails.add({ at: call.now, to, cause, recordId: event.id });
  for (const to of now) {
    if (!old.has(to)) mail(to, 'calendar invitation');
    else if (isChanged) mail(to, 'calendar update');
  }
  for (const to of old) if (!now.has(to)) mail(to, 'calendar cancellation');
}

/** The calendar that the event's owner has synced: the user's own setting, else the org's. */
export function syncOf(call: Call, event: Row): string {
  const own = call.org.users.get(String(event.Owner))?.calendarSync;
  return typeof own === 'string' ? own : call.world.switches.text('calendarSync');
}

function addressesOf(call: Call, event: Row): Set<string> {
  const owner = call.org.users.get(String(event.Owner))?.email;
  const guests = guestsOf(call, event).map((guest) => guest.to);
  return new Set(guests.filter((to) => to.includes('@') && to !== owner));
}
