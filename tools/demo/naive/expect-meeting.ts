import { matchPerson, type NaiveMatch } from './match-people.ts';
import type { SeedMeeting } from './read-seed-meetings.ts';
import type { SeedDeal, World } from './read-world.ts';

export type NaivePolicy = {
  policy: 'everything' | 'focused';
  publish: 'relevant' | 'everything';
  /** Notes besides the primary record's; null: no cap. */
  cap: number | null;
};

/** What must have become of one meeting. Records are written `module:id`. */
export type Expectation = {
  state: 'published' | 'held' | 'notPublished';
  matches: NaiveMatch[];
  associations: Set<string>;
  /** `What_Id` of the event. */
  primary: string | null;
  /** `Who_Id` of the event. */
  contactId: string | null;
  /** Contacts and leads that show the meeting: as `What_Id`, `Who_Id`, participant or by note. */
  shownPeople: Set<string>;
  /** Records with the summary note. */
  summaryNotes: Set<string>;
};

const FOCUSED_DEALS = 10;
const LATE_MS = 30 * 86_400_000;

/** A deal in reach of a meeting. `withRole`: how many matched people have a role in it; who came under two addresses is one. */
type Reached = { deal: SeedDeal; withRole: number };

/**
 * Works out with plain loops what one meeting must lead to. It holds for meetings whose people fit into the participants of
 * an event (50); the data has none above that with anybody matched. `excluded`: an account or deal that a person said no to;
 * what is only reached through it is not reached.
 */
export function expectMeeting(
  meeting: SeedMeeting,
  world: World,
  policy: NaivePolicy,
  excluded: string | null = null,
): Expectation {
  const matches = meeting.people.map((person) => matchPerson(person, world));
  const contacts = matchedIds(matches, 'contacts');
  const leads = matchedIds(matches, 'leads');
  const accounts = accountsOf(contacts, world).filter(({ id }) => `accounts:${id}` !== excluded);
  const deals = dealsOf(accounts, contacts, world, policy).filter(({ deal }) => `deals:${deal.id}` !== excluded);
  const associations = new Set([
    ...contacts.map((id) => `contacts:${id}`),
    ...leads.map((id) => `leads:${id}`),
    ...accounts.map(({ id }) => `accounts:${id}`),
    ...deals.map(({ deal }) => `deals:${deal.id}`),
  ]);
  const base = { matches, associations };
  const nothing = { primary: null, contactId: null, shownPeople: new Set<string>(), summaryNotes: new Set<string>() };
  if (meeting.isPrivate || matches.every((match) => match.kind === 'internal'))
    return { ...base, ...nothing, state: 'notPublished' };
  if (contacts.length + leads.length === 0) return { ...base, ...nothing, state: 'held' };
  const primary = primaryOf(accounts, deals, contacts.length === 0 ? leads : []);
  const contactId = contactOf(primary, contacts, meeting, matches, world);
  return {
    ...base,
    state: 'published',
    primary,
    contactId,
    shownPeople: new Set([...contacts.map((id) => `contacts:${id}`), ...leads.map((id) => `leads:${id}`)]),
    summaryNotes: notesOf(meeting, primary, contactId, accounts, deals, policy),
  };
}

function matchedIds(matches: NaiveMatch[], module: 'contacts' | 'leads'): string[] {
  const ids = new Set<string>();
  for (const match of matches) if (match.kind === 'matched' && match.module === module) ids.add(match.id);
  return [...ids].sort(smallerFirst);
}

/** Accounts of the matched contacts, most matched people first, then the smaller id. */
function accountsOf(contacts: string[], world: World): { id: string; matched: number }[] {
  const matched = new Map<string, number>();
  for (const contact of world.contacts) {
    if (!contacts.includes(contact.id) || contact.accountId === null) continue;
    matched.set(contact.accountId, (matched.get(contact.accountId) ?? 0) + 1);
  }
  const accounts = [...matched].map(([id, count]) => ({ id, matched: count }));
  return accounts.sort((one, two) => two.matched - one.matched || smallerFirst(one.id, two.id));
}

/** Deals of these accounts and deals in which these contacts have a role, in deal order. */
function dealsOf(accounts: { id: string }[], contacts: string[], world: World, policy: NaivePolicy): Reached[] {
  const reached: Reached[] = [];
  for (const deal of world.deals) {
    let withRole = 0;
    for (const contact of contacts) if (deal.roleContactIds.includes(contact)) withRole++;
    const isOfAccount = accounts.some(({ id }) => id === deal.accountId);
    if (withRole > 0 || isOfAccount) reached.push({ deal, withRole });
  }
  reached.sort(dealOrder);
  if (policy.policy === 'everything') return reached;
  return reached.filter(({ deal }) => deal.isOpen).slice(0, FOCUSED_DEALS);
}

function dealOrder(one: Reached, two: Reached): number {
  if (one.deal.isOpen !== two.deal.isOpen) return one.deal.isOpen ? -1 : 1;
  if (one.withRole !== two.withRole) return two.withRole - one.withRole;
  if (one.deal.closeDate !== two.deal.closeDate) return one.deal.closeDate > two.deal.closeDate ? -1 : 1;
  return smallerFirst(one.deal.id, two.deal.id);
}

function primaryOf(accounts: { id: string }[], deals: Reached[], leads: string[]): string | null {
  for (const { deal, withRole } of deals) if (deal.isOpen && withRole > 0) return `deals:${deal.id}`;
  if (accounts[0] !== undefined) return `accounts:${accounts[0].id}`;
  return leads[0] === undefined ? null : `leads:${leads[0]}`;
}

/** Of the matched contacts of the primary record's account the organizer, then the smallest id; without primary record of all. */
function contactOf(
  primary: string | null,
  contacts: string[],
  meeting: SeedMeeting,
  matches: NaiveMatch[],
  world: World,
): string | null {
  if (primary?.startsWith('leads:')) return null;
  const deal = world.deals.find(({ id }) => primary === `deals:${id}`);
  const accountId = deal === undefined ? (primary?.slice('accounts:'.length) ?? null) : deal.accountId;
  const ofAccount = contacts.filter((id) => {
    const contact = world.contacts.find((one) => one.id === id);
    return primary === null || (accountId !== null && contact?.accountId === accountId);
  });
  for (const [at, person] of meeting.people.entries()) {
    const match = matches[at];
    if (person.isHost && match?.kind === 'matched' && ofAccount.includes(match.id)) return match.id;
  }
  return ofAccount[0] ?? null;
}

function notesOf(
  meeting: SeedMeeting,
  primary: string | null,
  contactId: string | null,
  accounts: { id: string }[],
  deals: Reached[],
  policy: NaivePolicy,
): Set<string> {
  const withRole = deals.filter((reached) => reached.deal.isOpen && reached.withRole > 0);
  const open = deals.filter(({ deal }) => deal.isOpen && accounts.some(({ id }) => id === deal.accountId));
  const relevant = withRole.length > 0 ? withRole : open;
  const published = policy.publish === 'everything' ? deals : relevant;
  const inOrder = accounts.map(({ id }) => `accounts:${id}`);
  for (const { deal } of published) if (deal.createdAt <= meeting.endsAt + LATE_MS) inOrder.push(`deals:${deal.id}`);
  const besides = inOrder.filter((record) => record !== primary);
  const chosen = policy.cap === null ? besides : besides.slice(0, policy.cap);
  const first = primary ?? (contactId === null ? null : `contacts:${contactId}`);
  return new Set(first === null ? chosen : [first, ...chosen]);
}

/** Ids of the CRM are numbers above 2^53. */
function smallerFirst(one: string, two: string): number {
  const difference = BigInt(one) - BigInt(two);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
