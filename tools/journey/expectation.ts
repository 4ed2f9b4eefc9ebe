import type { Actor } from './cast.ts';
import type { MeetingAnswer } from './product-side.ts';
import type { ShownEvent, ShownNote } from './shown-in-zoho.ts';

/** One meeting on both sides. `events` and `notes` are those in Zoho that carry its id. */
export type BothSides = { meeting: MeetingAnswer; events: ShownEvent[]; notes: ShownNote[] };

/** What has to be true of a meeting; what is left out is not looked at. Lists are complete, their order does not count. */
export type Expected = {
  state?: string;
  /** Must be found in the product's sentence about the state. */
  reason?: RegExp;
  /** Every association that the product shows. */
  links?: Actor[];
  /** Records that must be (not) associated, whatever else is. */
  linked?: Actor[];
  notLinked?: Actor[];
  /** Must be found in reason, path or origin of the association. */
  because?: [Actor, RegExp][];
  /** In Zoho: the record and the contact that the event hangs on. */
  what?: Actor | null;
  who?: Actor | null;
  /** In Zoho: contacts and leads among the participants. */
  people?: Actor[];
  /** In Zoho: records with a summary note. */
  notesOn?: Actor[];
  /** In Zoho, and as the product says that it is there. */
  title?: string;
  /** In Zoho: must be (not) found in the description. */
  description?: RegExp;
  /** In Zoho: there is no event of the meeting. */
  isGone?: boolean;
};

const refOf = ({ module, id }: Actor) => `${module}:${id}`;

/** What is not as expected, one sentence each, beginning with the side that differs. Pure. */
export function differencesOf(expected: Expected, { meeting, events, notes }: BothSides, names: Names): string[] {
  return [
    ...productDifferences(expected, meeting, names),
    ...eventDifferences(expected, events, names),
    ...noteDifferences(expected, meeting, notes, names),
  ];
}

/** Says what a `module:id` is called. */
export type Names = (ref: string) => string;

function productDifferences(expected: Expected, meeting: MeetingAnswer, names: Names): string[] {
  const { state, reason, links, linked = [], notLinked = [], because = [], title } = expected;
  const say = (text: string) => `product: ${text}`;
  const found = meeting.associations.map(({ module, crmId }) => `${module}:${crmId}`);
  return [
    ...(state === undefined || meeting.state === state
      ? []
      : [say(`is ${meeting.state} (${meeting.stateReason}), should be ${state}`)]),
    ...(reason === undefined || reason.test(meeting.stateReason)
      ? []
      : [say(`says “${meeting.stateReason}”, which does not tell ${String(reason)}`)]),
    ...(links === undefined
      ? []
      : setDifferences(links.map(refOf), found, names).map((one) => say(`association ${one}`))),
    ...linked.filter((one) => !found.includes(refOf(one))).map(({ name }) => say(`is not linked with ${name}`)),
    ...notLinked.filter((one) => found.includes(refOf(one))).map(({ name }) => say(`is still linked with ${name}`)),
    ...because.flatMap(([actor, words]) => becauseDifferences(actor, words, meeting).map(say)),
    ...(title === undefined || meeting.inZoho.eventTitle === title
      ? []
      : [say(`says that the event is called “${meeting.inZoho.eventTitle}”, should be “${title}”`)]),
  ];
}

function becauseDifferences(actor: Actor, words: RegExp, { associations }: MeetingAnswer): string[] {
  const link = associations.find(({ module, crmId }) => `${module}:${crmId}` === refOf(actor));
  if (link === undefined) return [`is not linked with ${actor.name}`];
  const said = [link.origin, link.decision ?? '', link.reason, ...link.path.map(({ name }) => name)].join(' · ');
  return words.test(said) ? [] : [`the link with ${actor.name} says “${said}”, which does not tell ${String(words)}`];
}

function eventDifferences(expected: Expected, events: ShownEvent[], names: Names): string[] {
  const say = (text: string) => `Zoho: ${text}`;
  const { isGone, what, who, people, title, description } = expected;
  const [event] = events;
  if (isGone === true)
    return events.length === 0 ? [] : [say(`there is an event “${events[0]?.title}”, should be none`)];
  const isAboutEvent = [isGone, what, who, people, title, description].some((one) => one !== undefined);
  if (event === undefined) return isAboutEvent ? [say('there is no event of the meeting')] : [];
  const at = (one: string | null) => (one === null ? 'empty' : names(one));
  const wanted = (one: Actor | null) => (one === null ? null : refOf(one));
  return [
    ...(what === undefined || event.what === wanted(what)
      ? []
      : [say(`What_Id is ${at(event.what)}, should be ${at(wanted(what))}`)]),
    ...(who === undefined || event.who === wanted(who)
      ? []
      : [say(`Who_Id is ${at(event.who)}, should be ${at(wanted(who))}`)]),
    ...(people === undefined
      ? []
      : setDifferences(people.map(refOf), event.people, names).map((one) => say(`participant ${one}`))),
    ...(title === undefined || event.title === title
      ? []
      : [say(`the event is called “${event.title}”, should be “${title}”`)]),
    ...(description === undefined || description.test(event.description)
      ? []
      : [say(`the description “${event.description}” does not hold ${String(description)}`)]),
  ];
}

function noteDifferences({ notesOn }: Expected, meeting: MeetingAnswer, notes: ShownNote[], names: Names): string[] {
  if (notesOn === undefined) return [];
  const parents = notes
    .filter(({ meetingId, slot }) => meetingId === meeting.id && slot?.startsWith('summary:'))
    .map(({ parent }) => parent);
  return setDifferences(notesOn.map(refOf), parents, names).map((one) => `Zoho: summary note ${one}`);
}

function setDifferences(wanted: readonly string[], found: readonly string[], names: Names): string[] {
  const missing = [...new Set(wanted)].filter((one) => !found.includes(one));
  const extra = [...new Set(found)].filter((one) => !wanted.includes(one));
  return [...missing.map((one) => `missing: ${names(one)}`), ...extra.map((one) => `too many: ${names(one)}`)];
}

/**
 * What the two sides say differently about one meeting, and what stands in Zoho twice: has to be nothing after quiet, in
 * every journey. Pure.
 */
export function disagreementsOf({ meeting, events, notes }: BothSides, names: Names): string[] {
  const said: string[] = [];
  const title = `“${meeting.title}”`;
  if (events.length > 1)
    said.push(`Zoho: ${title} has ${events.length} events (${events.map(({ id }) => id).join(', ')})`);
  const places = notes.map(({ parent, slot }) => `${slot} on ${names(parent)}`);
  for (const place of new Set(places.filter((one, at) => places.indexOf(one) !== at))) {
    said.push(`Zoho: ${title} has the note ${place} more than once`);
  }
  const [event] = events;
  const { inZoho } = meeting;
  if (event !== undefined && inZoho.eventId !== event.id) {
    said.push(`product: ${title} knows the event ${inZoho.eventId ?? 'none'}, in Zoho stands ${event.id}`);
  }
  if (event === undefined && meeting.state === 'published') said.push(`Zoho: ${title} is published and has no event`);
  const known = inZoho.notes.map(({ crmId }) => crmId);
  for (const { id, slot, parent } of notes.filter((note) => !known.includes(note.id))) {
    said.push(`product: ${title} does not know the note ${slot} on ${names(parent)} (${id}) that stands in Zoho`);
  }
  if (meeting.state === 'published') said.push(...publishedDisagreements(meeting, event, notes, names));
  return said;
}

function publishedDisagreements(
  meeting: MeetingAnswer,
  event: ShownEvent | undefined,
  notes: ShownNote[],
  names: Names,
): string[] {
  const title = `“${meeting.title}”`;
  const said = meeting.inZoho.differences.map((one) => `product: ${title}: verification found ${one}`);
  if (event === undefined) return said;
  if (meeting.inZoho.eventTitle !== event.title) {
    said.push(`product: says that the event is called “${meeting.inZoho.eventTitle}”, in Zoho it is “${event.title}”`);
  }
  const shownAs = (how: string) =>
    meeting.associations.filter((link) => link.publishedAs === how).map((link) => `${link.module}:${link.crmId}`);
  const compare = (what: string, ours: string[], theirs: string[]) => {
    for (const one of setDifferences(ours, theirs, names))
      said.push(`Zoho: ${title}: ${what} ${one}, by what the product says`);
  };
  compare('What_Id', shownAs('primary'), event.what === null ? [] : [event.what]);
  compare('Who_Id', shownAs('contact'), event.who === null ? [] : [event.who]);
  const summaries = notes.filter(({ slot }) => slot?.startsWith('summary:')).map(({ parent }) => parent);
  const withNote = shownAs('note');
  for (const one of withNote.filter((ref) => !summaries.includes(ref))) {
    said.push(`Zoho: ${title}: there is no note on ${names(one)}, the product says there is`);
  }
  return said;
}
