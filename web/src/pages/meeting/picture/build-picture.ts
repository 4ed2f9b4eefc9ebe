import type { Association, CrmModule, MeetingDetail, NotLinked, Participant, PathStep } from '../../../api/types.ts';

/** A person of the meeting, a record linked to it, or a record that was considered and not linked. */
export type PictureNode = { id: string; name: string; reason: string } & (
  | { kind: 'person'; participant: Participant }
  | { kind: 'linked'; association: Association }
  | { kind: 'considered'; notLinked: NotLinked }
);

/** A line between two nodes; faint when it leads only to records that are not linked. */
export type PictureEdge = { id: string; from: string; to: string; isFaint: boolean };

export type Picture = {
  people: PictureNode[];
  contacts: PictureNode[];
  accounts: PictureNode[];
  deals: PictureNode[];
  edges: PictureEdge[];
  /** For each node every way that leads through it, as ids of nodes in order. */
  ways: string[][];
};

export const nodeId = (module: PathStep['module'], id: string) => `${module}:${id}`;

/** Turns a meeting's associations and non-links into four columns of nodes with the lines between them. */
export function buildPicture(meeting: MeetingDetail): Picture {
  const people = [...meeting.participants].sort((a, b) => personOrder(a) - personOrder(b)).map(personNode);
  const linked = meeting.associations.map(linkedNode);
  const taken = new Set(linked.map((node) => node.id));
  const considered = unique(meeting.notLinked.map(consideredNode)).filter((node) => !taken.has(node.id));
  const records = [...linked, ...considered];
  const known = new Set([...people, ...records].map((node) => node.id));
  const ways = drawnWays([...matchWays(meeting.participants), ...pathWays(meeting)], known);
  const rank = ranksByWays(people, ways);
  const column = (modules: CrmModule[]) =>
    records.filter((node) => modules.some((name) => node.id.startsWith(`${name}:`)));
  const byRank = (a: PictureNode, b: PictureNode) => (rank.get(a.id) ?? 1e6) - (rank.get(b.id) ?? 1e6);
  return {
    people,
    contacts: column(['contacts', 'leads']).sort(byRank),
    accounts: column(['accounts']).sort(byRank),
    deals: column(['deals']).sort((a, b) => dealOrder(a) - dealOrder(b)),
    edges: edgesOf(ways, new Set(considered.map((node) => node.id))),
    ways,
  };
}

/** Everything that lights up with a node: the nodes and lines of all ways through it, up to it and on from it. */
export function litBy(picture: Picture, active: string): Set<string> {
  const lit = new Set<string>([active]);
  for (const way of picture.ways) {
    const place = way.indexOf(active);
    if (place === -1) continue;
    for (const [index, id] of way.entries()) {
      lit.add(id);
      const next = way[index + 1];
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
  kind: 'person',
  participant,
});

const linkedNode = (association: Association): PictureNode => ({
  id: nodeId(association.module, association.crmId),
  name: association.name,
  reason: association.reason,
  kind: 'linked',
  association,
});

const consideredNode = (notLinked: NotLinked): PictureNode => ({
  id: nodeId(notLinked.module, notLinked.crmId),
  name: notLinked.name,
  reason: notLinked.reason,
  kind: 'considered',
  notLinked,
});

function unique(nodes: PictureNode[]): PictureNode[] {
  return [...new Map(nodes.map((node) => [node.id, node])).values()];
}

/** Ways of one step: from each person to who they are, or could be. */
function matchWays(participants: Participant[]): string[][] {
  return participants.flatMap(({ key, match }) => {
    const from = nodeId('participants', key);
    const found =
      match.module !== null && match.module !== 'users' && match.crmId !== null
        ? [nodeId(match.module, match.crmId)]
        : [];
    const possible = match.candidates.map((candidate) => nodeId(candidate.module, candidate.crmId));
    return [...found, ...possible].map((to) => [from, to]);
  });
}

function pathWays(meeting: MeetingDetail): string[][] {
  return [...meeting.associations, ...meeting.notLinked].map((link) => {
    const steps = link.path.map((step) => nodeId(step.module, step.id));
    const end = nodeId(link.module, link.crmId);
    return steps.at(-1) === end ? steps : [...steps, end];
  });
}

/** Ways over nodes that are in the picture, each once. */
function drawnWays(ways: string[][], known: Set<string>): string[][] {
  const seen = new Map<string, string[]>();
  for (const way of ways) {
    const drawn = way.filter((id) => known.has(id));
    if (drawn.length > 1) seen.set(drawn.join(' '), drawn);
  }
  return [...seen.values()];
}

function edgesOf(ways: string[][], considered: Set<string>): PictureEdge[] {
  const edges = new Map<string, PictureEdge>();
  for (const way of ways) {
    const isFaint = considered.has(way.at(-1) ?? '');
    for (const [index, from] of way.entries()) {
      const to = way[index + 1];
      if (to === undefined) continue;
      const id = edgeId(from, to);
      const known = edges.get(id);
      edges.set(id, { id, from, to, isFaint: isFaint && (known?.isFaint ?? true) });
    }
  }
  return [...edges.values()];
}

/** Position of the first person whose way leads to a node: keeps lines from crossing. */
function ranksByWays(people: PictureNode[], ways: string[][]): Map<string, number> {
  const place = new Map(people.map((node, index) => [node.id, index]));
  const rank = new Map<string, number>();
  for (const way of ways) {
    const start = place.get(way[0] ?? '') ?? 1e6;
    for (const id of way.slice(1)) rank.set(id, Math.min(start, rank.get(id) ?? 1e6));
  }
  return rank;
}
