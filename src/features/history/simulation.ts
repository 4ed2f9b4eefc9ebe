import type { LoadedMeeting } from '../../db/queries/load-meetings.ts';
import type { Association, Evaluation, ParticipantMatch } from '../../domain/association.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Publication, SyncPlan } from '../../domain/sync-plan.ts';
import { type Credits, priceLot, sumCredits } from './price-lot.ts';

/** By what links were found. A link to a lead counts as `lead`, whatever the lead was found by. */
export type LinkRule = 'email' | 'plusTag' | 'phone' | 'domain' | 'lead' | 'cascade' | 'decisions';

export type Sample = {
  externalId: string;
  title: string;
  publication: Publication;
  plan: SyncPlan;
  /** Names of records by `module/id`. */
  names: Record<string, string>;
};

/** What a backfill will do, counted over its meetings; nothing of it was written and nothing was asked of Zoho. */
export type Simulation = {
  isDone: boolean;
  startedAt: string;
  finishedAt: string | null;
  total: number;
  meetings: number;
  published: number;
  held: Record<string, number>;
  notPublished: Record<string, number>;
  /** Not processed yet. */
  waiting: number;
  links: Record<LinkRule, number>;
  /** Participants of the other side. */
  ambiguous: number;
  unmatched: number;
  events: number;
  notes: number;
  participants: number;
  /** Meetings whose deals may change once roles of contacts are read. */
  rolesUnknown: number;
  credits: Credits;
  topRecords: { module: CrmModule; id: string; name: string; notes: number }[];
  samples: Sample[];
};

/** A simulation under way, with what only the next pages need. */
export type RunningSimulation = Simulation & { noted: Record<string, { name: string; notes: number }> };

export type SimulatedMeeting = {
  loaded: LoadedMeeting;
  evaluation: Evaluation;
  publication: Publication;
  plan: SyncPlan;
};

const SAMPLES = 10;
const TOP_RECORDS = 20;

export function beginSimulation(total: number, at: Date): RunningSimulation {
  return {
    isDone: false,
    startedAt: at.toISOString(),
    finishedAt: null,
    total,
    meetings: 0,
    published: 0,
    held: {},
    notPublished: {},
    waiting: 0,
    links: { email: 0, plusTag: 0, phone: 0, domain: 0, lead: 0, cascade: 0, decisions: 0 },
    ambiguous: 0,
    unmatched: 0,
    events: 0,
    notes: 0,
    participants: 0,
    rolesUnknown: 0,
    credits: { writes: 0, verification: 0, candidates: 0, roles: 0, total: 0 },
    topRecords: [],
    samples: [],
    noted: {},
  };
}

/** Adds a page of planned meetings, which is one lot of the sender; `simulation` is changed. Pure otherwise. */
export function addLot(simulation: RunningSimulation, lot: readonly SimulatedMeeting[]): void {
  for (const meeting of lot) addMeeting(simulation, meeting);
  simulation.credits = sumCredits(simulation.credits, priceLot(lot));
}

/** The complete simulation, the records with the most notes first. */
export function endSimulation({ noted, ...simulation }: RunningSimulation, at: Date): Simulation {
  const records = Object.entries(noted).map(([key, { name, notes }]) => {
    const slash = key.indexOf('/');
    return { module: key.slice(0, slash) as CrmModule, id: key.slice(slash + 1), name, notes };
  });
  records.sort((a, b) => b.notes - a.notes || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return { ...simulation, isDone: true, finishedAt: at.toISOString(), topRecords: records.slice(0, TOP_RECORDS) };
}

function addMeeting(simulation: RunningSimulation, meeting: SimulatedMeeting): void {
  const { loaded, evaluation, publication, plan } = meeting;
  simulation.meetings += 1;
  countPublication(simulation, publication);
  for (const match of evaluation.matches) {
    if (match.kind === 'ambiguous') simulation.ambiguous += 1;
    if (match.kind === 'unmatched' || match.kind === 'unknown') simulation.unmatched += 1;
  }
  if (evaluation.dealsWithUnknownRoles.length > 0) simulation.rolesUnknown += 1;
  for (const association of evaluation.associations) simulation.links[ruleOf(association, evaluation.matches)] += 1;
  const names = namesOf(evaluation);
  for (const operation of plan.operations) {
    if (operation.action === 'create_event') {
      simulation.events += 1;
      simulation.participants += operation.after.participants.length;
    }
    if (operation.action !== 'create_note') continue;
    simulation.notes += 1;
    const { module, id } = operation.after.parent;
    if (module !== 'events' && id !== null) countNote(simulation, `${module}/${id}`, names[`${module}/${id}`] ?? id);
  }
  if (simulation.samples.length < SAMPLES && publication.kind === 'publish') {
    const { externalId, title } = loaded.meeting;
    simulation.samples.push({ externalId, title, publication, plan, names });
  }
}

function countPublication(simulation: RunningSimulation, publication: Publication): void {
  if (publication.kind === 'publish') simulation.published += 1;
  else if (publication.kind === 'waiting') simulation.waiting += 1;
  else {
    const counts = publication.kind === 'held' ? simulation.held : simulation.notPublished;
    counts[publication.cause] = (counts[publication.cause] ?? 0) + 1;
  }
}

function countNote({ noted }: RunningSimulation, key: string, name: string): void {
  const known = noted[key];
  if (known === undefined) noted[key] = { name, notes: 1 };
  else known.notes += 1;
}

function ruleOf({ module, id, origin, decision }: Association, matches: readonly ParticipantMatch[]): LinkRule {
  if (decision !== null || origin === 'manual' || origin === 'zoho') return 'decisions';
  if (origin === 'cascade') return 'cascade';
  if (module === 'leads') return 'lead';
  if (module === 'accounts') return 'domain';
  const match = matches.find((one) => one.kind === 'matched' && one.module === module && one.recordId === id);
  if (match?.kind !== 'matched' || match.by === 'email') return 'email';
  if (match.by === 'plus-tag') return 'plusTag';
  return match.by === 'phone' ? 'phone' : 'decisions';
}

function namesOf({ associations, notLinked }: Evaluation): Record<string, string> {
  return Object.fromEntries(
    [...associations, ...notLinked].map(({ module, id, name }) => [`${module}/${id}`, name] as const),
  );
}
