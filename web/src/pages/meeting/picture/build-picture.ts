import type { Association, CrmModule, MeetingDetail, NotLinked, Participant, PathStep } from '../../../api/types.ts';

/** A person of the meeting, a record linked to it, or a record that was considered and not linked. */
export type PictureNode = {
  id: string;
  name: string;
  reason: string;
  /** The way that leads here in names: `ana@acme.com → Ana Pérez → Acme`; empty for people. */
  path: string;
} & (
  | { kind: 'person'; participant: Participant }
  | { kind: 'linked'; association: Association }
  | { kind: 'considered'; notLinked: NotLinked }
);

/** A line between two nodes; faint when it leads only to records that are not linked. */
export type PictureEdge = { id: string; from: string; to: string; isFaint: boolean };

/** A way through the picture, as ids of nodes in order; faint when it was considered and not taken. */
export type Way = { ids: string[]; isFaint: boolean };

export type Picture = {
  people: PictureNode[];
  contacts: PictureNode[];
  accounts: PictureNode[];
  deals: PictureNode[];
  edges: PictureEdge[];
  ways: Way[];
};

export const nodeId = (module: PathStep['module'], id: string) => `${module}:${id}`;

/**
 * Turns a meeting's associations and non-links into four columns of nodes with the lines between them. A path names
 * one way to a record; `accountOf` (contact → account) adds the other contacts of an account.
 */
export function buildPicture(meeting: MeetingDetail, accountOf: Record<string, string>): Picture {
  const people = [...meeting.participants].sort((a, b) => personOrder(a) - personOrder(b)).map(personNode);
  const linked = meeting.associations.map(linkedNode);
  const taken = new Set(linked.map((node) => node.id));
  const considered = unique(meeting.notLinked.map(consideredNode)).filter((node) => !taken.has(node.id));
  const records = [...linked, ...considered];
  const known = new Set([...people, ...records].map((node) => node.id));
  const ways = drawnWays([...matchWays(meeting.participants), ...pathWays(meeting), ...companyWays(accountOf)], known);
  const rank = ranksByWays(people, ways);
  const column = (modules: CrmModule[]) =>
    records.filter((node) => modules.some((name) => node.id.startsWith(`${name}:`)));
  const byRank = (a: PictureNode, b: PictureNode) => (rank.get(a.id) ?? far) - (rank.get(b.id) ?? far);
  return {
    people,
    contacts: column(['contacts', 'leads']).sort(byRank),
    accounts: column(['accounts']).sort(byRank),
    deals: column(['deals']).sort((a, b) => dealOrder(a) - dealOrder(b)),
    edges: edgesOf(ways),
    ways,
  };
}

/** Everything that lights up with a node: the nodes and lines of all ways through it, up to it and on from it. */
export function litBy(picture: Picture, active: string): Set<string> {
  const lit = new Set<string>([active]);
  for (const way of picture.ways) {
    if (!way.ids.includes(active)) continue;
    for (const [index, id] of way.ids.entries()) {
      lit.add(id);
      const next = way.ids[index + 1];
      if (next !== undefined) lit.add(edgeId(id, next));
    }
  }
  return lit;
}

const edgeId = (from: string, to: string) => `${from} ${to}`;

const personKinds: Participant['match']['kind'][] = [
  'ambiguous',
  'matched',
  'account_by_domain',
  'unknown',
  'unmatched',
  'internal',
];

function personOrder(participant: Participant): number {
  return personKinds.indexOf(participant.match.kind) * 2 + (participant.role === 'organizer' ? 0 : 1);
}

function dealOrder(node: PictureNode): number {
  if (node.kind !== 'linked') return 8;
  const { decision, published, facts } = node.association;
  if (decision !== null) return 0;
  if (published) return 1;
  return facts.isOpen === false ? 3 : 2;
}

const personNode = (participant: Participant): PictureNode => ({
  id: nodeId('participants', participant.key),
  name: participant.name ?? participant.email ?? participant.phone ?? 'Somebody without a name',
  reason: participant.match.reason,
  path: '',
  kind: 'person',
  participant,
});

const linkedNode = (association: Association): PictureNode => ({
  id: nodeId(association.module, association.crmId),
  name: association.name,
  reason: association.reason,
  path: pathText(association.path),
  kind: 'linked',
  association,
});

const consideredNode = (notLinked: NotLinked): PictureNode => ({
  id: nodeId(notLinked.module, notLinked.crmId),
  name: notLinked.name,
  reason: notLinked.reason,
  path: pathText(notLinked.path),
  kind: 'considered',
  notLinked,
});

const pathText = (path: PathStep[]) => (path.length > 1 ? path.map((step) => step.name).join(' → ') : '');

function unique(nodes: PictureNode[]): PictureNode[] {
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

/** Ways of one step: from each person to who they are, or could be. */
function matchWays(participants: Participant[]): Way[] {
  return participants.flatMap(({ key, match }) => {
    const from = nodeId('participants', key);
    const possible = match.candidates.map(({ module, crmId }) => ({
      ids: [from, nodeId(module, crmId)],
      isFaint: true,
    }));
    if (match.module === null || match.module === 'users' || match.crmId === null) return possible;
    return [{ ids: [from, nodeId(match.module, match.crmId)], isFaint: false }, ...possible];
  });
}

function companyWays(accountOf: Record<string, string>): Way[] {
  return Object.entries(accountOf).map(([contact, account]) => ({
    ids: [nodeId('contacts', contact), nodeId('accounts', account)],
    isFaint: false,
  }));
}

function pathWays(meeting: MeetingDetail): Way[] {
  return [
    ...meeting.associations.map((link) => ({ ids: pathIds(link), isFaint: false })),
    ...meeting.notLinked.map((link) => ({ ids: pathIds(link), isFaint: true })),
  ];
}

function pathIds(link: Association | NotLinked): string[] {
  const steps = link.path.map((step) => nodeId(step.module, step.id));
  const end = nodeId(link.module, link.crmId);
  return steps.at(-1) === end ? steps : [...steps, end];
}

/** Ways over nodes that are in the picture, each once. */
function drawnWays(ways: Way[], known: Set<string>): Way[] {
  const seen = new Map<string, Way>();
  for (const way of ways) {
    const ids = way.ids.filter((id) => known.has(id));
    const key = ids.join(' ');
    const isFaint = way.isFaint && (seen.get(key)?.isFaint ?? true);
    if (ids.length > 1) seen.set(key, { ids, isFaint });
  }
  return [...seen.values()];
}

function edgesOf(ways: Way[]): PictureEdge[] {
  const edges = new Map<string, PictureEdge>();
  for (const { ids, isFaint } of ways) {
    for (const [index, from] of ids.entries()) {
      const to = ids[index + 1];
      if (to === undefined) continue;
      const id = edgeId(from, to);
      edges.set(id, { id, from, to, isFaint: isFaint && (edges.get(id)?.isFaint ?? true) });
    }
  }
  return [...edges.values()];
}

/** Linked contacts from which no path goes on to an account: their company is not told by the paths. */
export function contactsWithoutCompany(meeting: MeetingDetail): string[] {
  const toAccounts = meeting.associations.filter(({ module }) => module === 'accounts');
  const passed = new Set(toAccounts.flatMap(({ path }) => path.map((step) => step.id)));
  const contacts = meeting.associations.filter(({ module }) => module === 'contacts');
  return contacts.map(({ crmId }) => crmId).filter((crmId) => !passed.has(crmId));
}

/** Position of the first person whose way leads to a node: keeps lines from crossing. */
function ranksByWays(people: PictureNode[], ways: Way[]): Map<string, number> {
  const place = new Map(people.map((node, index) => [node.id, index]));
  const rank = new Map<string, number>();
  for (const { ids } of ways) {
    const start = place.get(ids[0] ?? '') ?? far;
    for (const id of ids.slice(1)) rank.set(id, Math.min(start, rank.get(id) ?? far));
  }
  return rank;
}

/** Place of what no person leads to: after everything else. */
const far = 1_000_000;
