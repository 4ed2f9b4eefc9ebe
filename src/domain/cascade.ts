import type { Association, PathStep } from './association.ts';
import { compareTexts } from './compare-texts.ts';
import type { ContactRecord, CrmModule, DealRecord } from './crm-picture.ts';
import type { LinkDecision } from './decision.ts';
import type { PictureIndex } from './index-picture.ts';
import { compareIds, recordKey } from './record-order.ts';

/** A record that a participant names without any cascade: their own contact or lead, or the account of their domain. */
export type DirectHit = { module: 'contacts' | 'leads' | 'accounts'; id: string; person: PathStep; reason: string };

/** What people decided about links: `excluded` holds record keys, `kept` the pinned and added records that exist. */
export type LinkVerdicts = { excluded: Set<string>; kept: Map<string, LinkDecision> };

/** Everything a meeting reaches, by record id. `barred` would be linked had a person not excluded it. */
export type Reach = Record<CrmModule, Map<string, Association>> & { barred: Association[] };

/**
 * The full closure of a meeting's links: participants → contacts and leads; contact → its accounts and the deals in which
 * it has a part; account → its deals. Leads do not cascade, and nothing passes through an excluded record. Costs what is
 * reached, not what the picture holds.
 */
export function cascade(hits: readonly DirectHit[], verdicts: LinkVerdicts, index: PictureIndex): Reach {
  const barred: Association[] = [];
  const settle = (module: CrmModule, gathered: Gathered): Map<string, Association> => {
    const links = new Map<string, Association>();
    for (const link of toAssociations(module, gathered, verdicts.kept)) {
      if (verdicts.excluded.has(recordKey(link))) barred.push(link);
      else links.set(link.id, link);
    }
    for (const decision of verdicts.kept.values()) {
      if (decision.module === module && !links.has(decision.id)) links.set(decision.id, byHand(decision, index));
    }
    return links;
  };
  const leads = settle('leads', gatherHits('leads', hits, index));
  const contacts = settle('contacts', gatherHits('contacts', hits, index));
  const accounts = settle('accounts', gatherAccounts(hits, contacts, index));
  const deals = settle('deals', gatherDeals(contacts, accounts, index));
  return { contacts, leads, accounts, deals, barred };
}

type Way = { path: PathStep[]; reason: string };
type Finding = { id: string; name: string; best: Way; keys: Set<string>; fallbackKeys: string[]; matchedCount: number };
type Gathered = Map<string, Finding>;

function gatherHits(module: DirectHit['module'], hits: readonly DirectHit[], index: PictureIndex): Gathered {
  const gathered: Gathered = new Map();
  for (const hit of hits) {
    const record = hit.module === module ? index[module].get(hit.id) : undefined;
    if (record === undefined) continue;
    const way = { path: [hit.person, step(module, record)], reason: hit.reason };
    note(gathered, record, way).keys.add(hit.person.id);
  }
  return gathered;
}

function gatherAccounts(hits: readonly DirectHit[], contacts: Map<string, Association>, index: PictureIndex): Gathered {
  const gathered = gatherHits('accounts', hits, index);
  for (const finding of gathered.values()) finding.matchedCount = finding.keys.size;
  for (const link of contacts.values()) {
    for (const accountId of new Set(index.contacts.get(link.id)?.accountIds)) {
      const account = index.accounts.get(accountId);
      if (account === undefined) continue;
      const way = {
        path: [...link.path, step('accounts', account)],
        reason: `${link.name} belongs to ${account.name}.`,
      };
      countIn(note(gathered, account, way), link);
    }
  }
  return gathered;
}

function gatherDeals(
  contacts: Map<string, Association>,
  accounts: Map<string, Association>,
  index: PictureIndex,
): Gathered {
  const gathered: Gathered = new Map();
  for (const link of contacts.values()) {
    for (const deal of index.dealsByContact.get(link.id) ?? []) {
      const way = { path: [...link.path, step('deals', deal)], reason: reasonOfPart(link, deal) };
      countIn(note(gathered, deal, way), link);
    }
  }
  for (const link of accounts.values()) {
    for (const deal of index.dealsByAccount.get(link.id) ?? []) {
      const way = { path: [...link.path, step('deals', deal)], reason: `${deal.name} is a deal of ${link.name}.` };
      note(gathered, deal, way).fallbackKeys = link.participantKeys;
    }
  }
  return gathered;
}

/** Adds a way to a record and keeps the best one. */
function note(gathered: Gathered, record: { id: string; name: string }, way: Way): Finding {
  const known = gathered.get(record.id);
  if (known !== undefined) {
    if (compareWays(way, known.best) < 0) known.best = way;
    return known;
  }
  const { id, name } = record;
  const finding: Finding = { id, name, best: way, keys: new Set(), fallbackKeys: [], matchedCount: 0 };
  gathered.set(id, finding);
  return finding;
}

function countIn(finding: Finding, contact: Association): void {
  for (const key of contact.participantKeys) finding.keys.add(key);
  if (contact.participantKeys.length > 0) finding.matchedCount += 1;
}

/** Ways that begin with a participant first, then the shorter, then the smaller step by step. */
function compareWays(a: Way, b: Way): number {
  const byHandFirst = Number(startsByHand(a.path)) - Number(startsByHand(b.path));
  if (byHandFirst !== 0 || a.path.length !== b.path.length) return byHandFirst || a.path.length - b.path.length;
  for (const [position, ours] of a.path.entries()) {
    const theirs = b.path[position];
    if (theirs === undefined) break;
    const order = compareTexts(ours.module, theirs.module) || compareIds(ours.id, theirs.id);
    if (order !== 0) return order;
  }
  return compareTexts(a.reason, b.reason);
}

function startsByHand(path: readonly PathStep[]): boolean {
  return path[0]?.module !== 'participants';
}

function* toAssociations(
  module: CrmModule,
  gathered: Gathered,
  kept: Map<string, LinkDecision>,
): Generator<Association> {
  for (const { id, name, best, keys, fallbackKeys, matchedCount } of gathered.values()) {
    const made = kept.get(recordKey({ module, id }));
    const decision = made?.decision;
    yield {
      module,
      id,
      name,
      origin: best.path.length === 2 && !startsByHand(best.path) ? 'direct' : 'cascade',
      decision: decision === 'pinned' || decision === 'added' ? decision : null,
      path: best.path,
      reason: reasonWith(made, best),
      participantKeys: keys.size > 0 ? [...keys].sort(compareTexts) : fallbackKeys,
      matchedCount,
    };
  }
}

/** Why a link is derived, and who confirmed it in the CRM; a way that begins by hand says that already. */
function reasonWith(made: LinkDecision | undefined, best: { path: PathStep[]; reason: string }): string {
  if (made?.origin !== 'zoho' || startsByHand(best.path)) return best.reason;
  return `${best.reason} Decided in Zoho by ${made.decidedBy}.`;
}

function byHand(decision: LinkDecision, index: PictureIndex): Association {
  const { module, id } = decision;
  const name = index[module].get(id)?.name ?? decision.name;
  const verb = decision.decision === 'pinned' ? 'pinned' : 'added';
  const where = decision.origin === 'zoho' ? ' in Zoho' : '';
  return {
    module,
    id,
    name,
    origin: decision.origin,
    decision: verb,
    path: [{ module, id, name }],
    reason: `${decision.decidedBy} ${verb} ${whatOf(decision, name)}${where}.`,
    participantKeys: [],
    matchedCount: 0,
  };
}

function whatOf({ formerly, module }: LinkDecision, name: string): string {
  if (formerly === undefined) return 'this link';
  const how = formerly.module === module ? 'merged into' : 'converted to';
  return `the link to ${formerly.name}, which was ${how} ${name}`;
}

function reasonOfPart(contact: { id: string; name: string }, deal: DealRecord): string {
  const roles = deal.roles.filter((role) => role.contactId === contact.id);
  const [named] = roles.flatMap(({ role }) => (role === null ? [] : [role])).sort(compareTexts);
  if (named !== undefined) return `${contact.name} has the role ${named} in ${deal.name}.`;
  if (deal.contactId === contact.id) return `${contact.name} is the primary contact of ${deal.name}.`;
  return `${contact.name} has a role in ${deal.name}.`;
}

function step(module: CrmModule, record: Pick<ContactRecord, 'id' | 'name'>): PathStep {
  return { module, id: record.id, name: record.name };
}
