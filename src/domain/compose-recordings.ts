import { canonicalEmail } from './canonical-email.ts';
import { normalTitle } from './normal-title.ts';
import { participantKey } from './participant-key.ts';

type Person = {
  name?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  role: 'organizer' | 'attendee';
  attended?: boolean | null | undefined;
};
type Note = { id: string; text: string; startSeconds?: number | null | undefined };
type Clip = { id: string; url: string; noteId?: string | null | undefined };

/** The parts of a recording that composing looks at; everything else comes from the primary recording as it is. */
export type RecordingBody = {
  startsAt: string;
  endsAt: string;
  visibility: 'organization' | 'team' | 'private';
  conferenceUrl?: string | null | undefined;
  recordingUrl?: string | null | undefined;
  scheduled?: { organizerEmail?: string | null | undefined } | null | undefined;
  participants: Person[];
  notes: Note[];
  clips: Clip[];
  processed?: { summaryAt?: string | null | undefined; notesAt?: string | null | undefined } | null | undefined;
};

/** `receivedAt` is ISO. */
export type Recording<Body extends RecordingBody> = { externalId: string; receivedAt: string; body: Body };

/** One conversation out of its recordings. `recordingOf`: whose recording each note or clip is from, by the id it has here. */
export type Composed<Body extends RecordingBody> = {
  primary: string;
  body: Body;
  recordingOf: { notes: Map<string, string>; clips: Map<string, string> };
};

/** Two recorders hear the same words at about the same moment. */
const SAME_MOMENT_MS = 60_000;

/**
 * The recording that speaks for the conversation first: a processed one before others, the organizer's, else the longest, else
 * the one that came first. Title, times, summary, transcript and addresses are the primary's.
 */
export function inOrder<Body extends RecordingBody>(recordings: readonly Recording<Body>[]): Recording<Body>[] {
  const organizers = new Set(
    recordings.flatMap(({ body }) => canonicalEmail(body.scheduled?.organizerEmail)?.email ?? []),
  );
  const rank = ({ body }: Recording<Body>): number[] => {
    const host = canonicalEmail(body.participants.find((person) => person.role === 'organizer')?.email)?.email;
    const isOrganizers = host !== undefined && organizers.has(host);
    return [Number(!isProcessed(body)), Number(!isOrganizers), Date.parse(body.startsAt) - Date.parse(body.endsAt)];
  };
  return [...recordings].sort((one, other) => {
    const [mine, theirs] = [rank(one), rank(other)];
    const at = mine.findIndex((value, index) => value !== theirs[index]);
    if (at >= 0) return (mine[at] ?? 0) - (theirs[at] ?? 0);
    return compare(one.receivedAt, other.receivedAt) || compare(one.externalId, other.externalId);
  });
}

/**
 * One meeting out of the recordings of one conversation: people of all, notes and clips of all that are processed, each naming
 * whose recording it is from, what two recorders noted alike only once.
 */
export function composeRecordings<Body extends RecordingBody>(recordings: readonly Recording<Body>[]): Composed<Body> {
  const ordered = inOrder(recordings);
  const [primary] = ordered;
  if (primary === undefined) throw new Error('A conversation without a recording was to be composed.');
  const names = nameRecordings(recordings);
  const heard = joinNotes(
    ordered.filter((one) => one === primary || isProcessed(one.body)),
    names,
  );
  const firstOf = (part: 'conferenceUrl' | 'recordingUrl') =>
    ordered.map(({ body }) => body[part]).find((value) => value != null) ?? null;
  const body = {
    ...primary.body,
    conferenceUrl: firstOf('conferenceUrl'),
    recordingUrl: firstOf('recordingUrl'),
    scheduled: ordered.map((one) => one.body.scheduled).find((value) => value != null) ?? null,
    visibility: ordered.some((one) => one.body.visibility === 'team') ? 'team' : primary.body.visibility,
    participants: joinPeople(ordered),
    notes: heard.notes,
    clips: heard.clips,
  };
  return { primary: primary.externalId, body, recordingOf: heard.recordingOf };
}

/** `Laura Host's recording`; numbered where two of them have one host. */
export function nameRecordings(recordings: readonly Recording<RecordingBody>[]): Map<string, string> {
  const inTime = [...recordings].sort(
    (one, other) => compare(one.receivedAt, other.receivedAt) || compare(one.externalId, other.externalId),
  );
  const hosts = inTime.map(({ body }) => {
    const host = body.participants.find((person) => person.role === 'organizer');
    return host?.name ?? host?.email ?? null;
  });
  const areDistinct = new Set(hosts).size === hosts.length && !hosts.includes(null);
  return new Map(
    inTime.map(({ externalId }, at) => [externalId, areDistinct ? `${hosts[at]}’s recording` : `recording ${at + 1}`]),
  );
}

function isProcessed({ processed }: RecordingBody): boolean {
  return processed?.summaryAt != null && processed.notesAt != null;
}

/** Everybody once, the organizer of the primary recording alone as organizer. */
function joinPeople<Body extends RecordingBody>(ordered: readonly Recording<Body>[]): Person[] {
  const people = new Map<string, Person>();
  let hasOrganizer = false;
  for (const person of ordered.flatMap(({ body }) => body.participants)) {
    const { name = null, email = null, phone = null } = person;
    const key = participantKey({ name, email, phone });
    const known = people.get(key);
    if (known !== undefined) {
      people.set(key, {
        ...known,
        name: known.name ?? name,
        attended: known.attended || (person.attended ?? known.attended ?? null),
      });
      continue;
    }
    const isOrganizer: boolean = person.role === 'organizer' && !hasOrganizer;
    hasOrganizer ||= isOrganizer;
    people.set(key, { ...person, role: isOrganizer ? 'organizer' : 'attendee' });
  }
  return [...people.values()];
}

type Heard = Pick<Composed<RecordingBody>, 'recordingOf'> & { notes: Note[]; clips: Clip[] };

function joinNotes(ordered: readonly Recording<RecordingBody>[], names: Map<string, string>): Heard {
  const heard: Heard = { notes: [], clips: [], recordingOf: { notes: new Map(), clips: new Map() } };
  const known: { id: string; text: string; at: number | null }[] = [];
  const urls = new Set<string>();
  for (const [place, { externalId, body }] of ordered.entries()) {
    const own = (id: string) => (place === 0 ? id : `${externalId}/${id}`);
    const name = names.get(externalId) ?? externalId;
    const standsFor = new Map<string, string>();
    const before = [...known];
    for (const note of body.notes) {
      const at = note.startSeconds == null ? null : Date.parse(body.startsAt) + note.startSeconds * 1000;
      const text = normalTitle(note.text);
      const twin = before.find((one) => one.text === text && isSameMoment(one.at, at));
      const id = twin?.id ?? own(note.id);
      standsFor.set(note.id, id);
      if (twin !== undefined) continue;
      known.push({ id, text, at });
      heard.notes.push({ ...note, id });
      heard.recordingOf.notes.set(id, name);
    }
    for (const clip of body.clips) {
      if (urls.has(clip.url) && place > 0) continue;
      urls.add(clip.url);
      const id = own(clip.id);
      heard.clips.push({ ...clip, id, noteId: clip.noteId == null ? null : (standsFor.get(clip.noteId) ?? null) });
      heard.recordingOf.clips.set(id, name);
    }
  }
  return heard;
}

function isSameMoment(one: number | null, other: number | null): boolean {
  return one === null || other === null || Math.abs(one - other) <= SAME_MOMENT_MS;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
