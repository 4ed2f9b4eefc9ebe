import type { Evaluation, ParticipantMatch } from './association.ts';
import { canonicalEmail } from './canonical-email.ts';
import type { Primary } from './choose-primary.ts';
import { collapseParticipants } from './collapse-participants.ts';
import type { CrmPicture } from './crm-picture.ts';
import { indexPicture } from './index-picture.ts';
import { participantEntryKey } from './kept.ts';
import type { Meeting, Participant } from './meeting.ts';
import { label } from './meeting-words.ts';
import { recordKey } from './record-order.ts';
import type { Capabilities, EventParticipant } from './sync-plan.ts';

export type ParticipantsInput = {
  meeting: Meeting;
  evaluation: Evaluation;
  picture: CrmPicture;
  capabilities: Capabilities;
  primary: Primary;
  ownerUserId: string | null;
  /** Keys of entries that a person took off the event: nobody stands in for them. */
  takenOff?: ReadonlySet<string>;
  /** Keys of the only entries that may be listed; left out: all. */
  onlyThose?: ReadonlySet<string> | undefined;
};

/** How a meeting's people appear on the event. */
export type ParticipantsList = {
  participants: EventParticipant[];
  /** Record keys of the contacts and leads in `participants`. */
  listed: Set<string>;
  /** No contact, lead or user of Zoho stands for them. */
  notInZoho: Participant[];
  /** Ambiguous, or withheld by Zoho. */
  notIdentified: Participant[];
  /** Known to Zoho, but the list was full. */
  overflow: Participant[];
  everybody: Participant[];
};

/**
 * The event's participants: linked contacts, colleagues as users (the owner is there already), leads beside the primary
 * record, everybody else by e-mail; nobody twice, at most as many as Zoho takes, none at all in safe mode.
 */
export function listEventParticipants(input: ParticipantsInput): ParticipantsList {
  const everybody = collapseParticipants(input.meeting.participants);
  const matches = new Map(input.evaluation.matches.map((match) => [match.participantKey, match]));
  const linked = new Set(input.evaluation.associations.map(recordKey));
  const people = everybody.map((person) => ({ person, as: standIn(person, matches.get(person.key), linked, input) }));
  const max = input.capabilities.useParticipants ? Math.max(0, input.capabilities.maxParticipants) : 0;
  const participants: EventParticipant[] = [];
  const seen = new Set<string>();
  const shown = new Set<string>();
  for (const type of ['contact', 'user', 'lead', 'email'] as const) {
    for (const { as } of people) {
      if (as.kind !== 'listed' || as.entry.type !== type || seen.has(keyOf(as.entry))) continue;
      seen.add(keyOf(as.entry));
      if (participants.length >= max || input.capabilities.participantTypes?.includes(type) === false) continue;
      if (input.onlyThose?.has(participantEntryKey(as.entry)) === false) continue;
      participants.push(as.entry);
      shown.add(keyOf(as.entry));
    }
  }
  const isKnown = (as: StandIn) => as.kind === 'on_event' || (as.kind === 'listed' && as.entry.type !== 'email');
  const isUnsure = ({ key }: Participant) => ['ambiguous', 'unknown'].includes(matches.get(key)?.kind ?? '');
  const strangers = people.filter(({ as }) => !isKnown(as)).map(({ person }) => person);
  return {
    participants,
    listed: new Set(participants.flatMap(recordKeyOf)),
    notInZoho: strangers.filter((person) => !isUnsure(person)),
    notIdentified: strangers.filter(isUnsure),
    overflow: people.flatMap(({ person, as }) =>
      as.kind === 'listed' && as.entry.type !== 'email' && !shown.has(keyOf(as.entry)) ? [person] : [],
    ),
    everybody,
  };
}

type StandIn = { kind: 'listed'; entry: EventParticipant } | { kind: 'on_event' } | { kind: 'no_address' };

function standIn(
  person: Participant,
  match: ParticipantMatch | undefined,
  linked: Set<string>,
  input: ParticipantsInput,
): StandIn {
  const index = indexPicture(input.picture);
  if (match?.kind === 'matched' && input.takenOff?.has(keyOfMatch(match.module, match.recordId)) === true) {
    return { kind: 'on_event' };
  }
  if (match?.kind === 'matched' && linked.has(recordKey({ module: match.module, id: match.recordId }))) {
    const { module, recordId: id } = match;
    if (module === 'leads' && input.primary.record?.id === id) return { kind: 'on_event' };
    const type = module === 'contacts' ? 'contact' : 'lead';
    return { kind: 'listed', entry: { type, id, name: index[module].get(id)?.name ?? label(person.name ?? '') } };
  }
  if (match?.kind === 'internal' && match.userId !== null) {
    if (match.userId === input.ownerUserId) return { kind: 'on_event' };
    const user = index.usersById.get(match.userId);
    if (user?.isActive === true && user.isConfirmed) {
      return { kind: 'listed', entry: { type: 'user', id: user.id, name: user.name } };
    }
  }
  const email = canonicalEmail(person.email)?.email;
  if (email === undefined) return { kind: 'no_address' };
  const name = label(person.name ?? '');
  return { kind: 'listed', entry: { type: 'email', email, name: name === '' ? email : name } };
}

function keyOfMatch(module: 'contacts' | 'leads', id: string): string {
  return `${module === 'contacts' ? 'contact' : 'lead'}:${id}`;
}

function keyOf(entry: EventParticipant): string {
  return entry.type === 'email' ? `email:${entry.email}` : `${entry.type}:${entry.id}`;
}

function recordKeyOf(entry: EventParticipant): string[] {
  if (entry.type === 'contact') return [recordKey({ module: 'contacts', id: entry.id })];
  return entry.type === 'lead' ? [recordKey({ module: 'leads', id: entry.id })] : [];
}
