import { guarded } from '../api/handle-api.ts';
import { findRoute } from '../api/routes.ts';
import type { Reply } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import { calendarClient } from '../world/actors.ts';
import { formatDateTime, parseDateTime } from '../world/date-times.ts';
import type { Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { orgNamed, personCall, personNamed } from './person-call.ts';

type Context = { world: World; dc: DataCentre; org: Org };
type Done = { ids: string[] } | { reason: string };

const dayMs = 24 * 3600 * 1000;
const mostTimes = 100;

/**
 * `POST /sandbox/calendar {acts: [{do: put | move | cancel | remove, …}]}`: what a synced Google or Office calendar does to
 * Zoho. It mails nobody through Zoho. All of it, or nothing.
 */
export function runCalendar(world: World, dc: DataCentre, body: JsonObject): Reply {
  const org = orgNamed(dc, body.environment);
  if (!org) return refuse('environment is production, sandbox or developer.');
  if (!isList(body.acts) || body.acts.length === 0) return refuse('acts is a list of {do, …}.');
  const { acts } = body;
  const heard = world.changes.length;
  const done = world.store.attempt((): { result: { all: string[][] } | { reason: string }; undo: boolean } => {
    const all: string[][] = [];
    for (const [index, act] of acts.entries()) {
      const one = runOne({ world, dc, org }, act);
      if ('reason' in one) return { result: { reason: `acts[${index}] was refused: ${one.reason}` }, undo: true };
      all.push(one.ids);
    }
    return { result: { all }, undo: false };
  });
  if ('all' in done) return { status: 200, body: { acts: done.all.map((ids) => ({ ids })) } };
  world.changes.length = heard;
  return refuse(`${done.reason} Nothing was done.`);
}

function runOne(context: Context, act: Json): Done {
  if (!isObject(act)) return { reason: 'it must be an object.' };
  if (act.do === 'put') return put(context, act);
  const event = context.org.module('Events')?.records.get(idText(act.id) ?? '');
  if (!event) return { reason: `there is no event ${String(act.id ?? '')}.` };
  if (act.do === 'move') return move(context, event, act);
  if (act.do === 'cancel') return cancel(context, event);
  if (act.do === 'remove') return write(context, event, 'DELETE', `Events/${event.id}`);
  return { reason: 'do is put, move, cancel or remove.' };
}

/** The host's event, then the copies in the calendars of colleagues, for each of its times. */
function put(context: Context, act: JsonObject): Done {
  const start = instantOf(act.startsAt);
  const end = instantOf(act.endsAt);
  if (start === undefined || end === undefined) return { reason: 'startsAt and endsAt are ISO 8601 with a zone.' };
  const repeat = isObject(act.repeat) ? act.repeat : {};
  const times = act.repeat === undefined ? 1 : Number(repeat.times);
  const everyDays = Number(repeat.everyDays ?? 7);
  if (!Number.isInteger(times) || times < 1 || times > mostTimes || !(everyDays > 0)) {
    return { reason: `repeat is {times: 1 to ${mostTimes}, everyDays?: 7}.` };
  }
  const ids: string[] = [];
  for (let nth = 0; nth < times; nth++) {
    const shift = nth * everyDays * dayMs;
    for (const email of [act.host, ...textsOf(act.copiesFor)]) {
      const owner = personNamed(context.dc, context.org, email ?? '');
      if (!owner) return { reason: `there is no active user ${String(email)}.` };
      const rule = times > 1 ? { RRULE: `FREQ=DAILY;INTERVAL=${everyDays};COUNT=${times}` } : null;
      const fields = fieldsOf(context, owner, act, { start: start + shift, end: end + shift, rule });
      const one = write(context, owner, 'POST', 'Events', fields);
      if ('reason' in one) return one;
      ids.push(...one.ids);
      if (act.isCancelled === true) for (const id of one.ids) markCancelled(context, id);
    }
  }
  return { ids };
}

function fieldsOf(
  context: Context,
  owner: Row,
  act: JsonObject,
  when: { start: number; end: number; rule: JsonObject | null },
): JsonObject {
  const kind = providerOf(context, owner, act);
  const url = typeof act.conferenceUrl === 'string' ? act.conferenceUrl : '';
  // Google writes its link below the text, Office calls the place by it.
  const where = act.urlIn ?? (kind === 'office365' ? 'venue' : 'description');
  const inVenue = url !== '' && (where === 'venue' || where === 'both');
  const inDescription = url !== '' && (where === 'description' || where === 'both');
  const join = kind === 'office365' ? 'Microsoft Teams meeting' : 'Join with Google Meet:';
  const text = [act.description, inDescription ? `${join}\n${url}` : undefined].filter((one) => one !== undefined);
  return {
    Event_Title: act.title ?? 'Untitled',
    Start_DateTime: formatDateTime(when.start, 'UTC'),
    End_DateTime: formatDateTime(when.end, 'UTC'),
    All_day: act.isAllDay === true,
    Venue: inVenue ? url : (act.venue ?? null),
    Description: text.length > 0 ? text.map(String).join('\n\n') : null,
    Recurring_Activity: when.rule,
    Participants: guestsOf(context, act, owner),
  };
}

function providerOf(context: Context, owner: Row, act: JsonObject): string {
  if (act.provider === 'google' || act.provider === 'office365') return act.provider;
  return String(owner.calendarSync ?? context.world.switches.text('calendarSync'));
}

/** Guests as bare addresses, or (`guestsAs: matched`) as the users, contacts and leads that have them. */
function guestsOf(context: Context, act: JsonObject, owner: Row): JsonObject[] {
  const host = String(act.host ?? '').toLowerCase();
  const guests = [...textsOf(act.guests), ...textsOf(act.copiesFor), ...(host === owner.email ? [] : [host])];
  const others = guests.filter((email) => email !== '' && email !== String(owner.email).toLowerCase());
  return others.map((email) => {
    const user = context.org.users.find('email', email)[0];
    if (user) return { type: 'user', participant: user.id, invited: true };
    const find = (module: string) => context.org.module(module)?.records.find('Email', email)[0];
    const [contact, lead] = act.guestsAs === 'matched' ? [find('Contacts'), find('Leads')] : [];
    if (contact) return { type: 'contact', participant: contact.id, invited: true };
    if (lead) return { type: 'lead', participant: lead.id, invited: true };
    return { type: 'email', participant: email, invited: true };
  });
}

function move(context: Context, event: Row, act: JsonObject): Done {
  const start = act.startsAt === undefined ? Number(event.Start_DateTime) : instantOf(act.startsAt);
  const end = act.endsAt === undefined ? Number(event.End_DateTime) : instantOf(act.endsAt);
  if (start === undefined || end === undefined) return { reason: 'startsAt and endsAt are ISO 8601 with a zone.' };
  return write(context, event, 'PUT', `Events/${event.id}`, {
    Start_DateTime: formatDateTime(start, 'UTC'),
    End_DateTime: formatDateTime(end, 'UTC'),
    ...(act.title === undefined ? {} : { Event_Title: act.title }),
    ...(act.description === undefined ? {} : { Description: act.description }),
    ...(act.venue === undefined ? {} : { Venue: act.venue }),
  });
}

/** How a cancelled event looks is an open question, and a switch. */
function cancel(context: Context, event: Row): Done {
  if (context.world.switches.text('cancelledShownAs') === 'title') {
    const Event_Title = `Canceled: ${String(event.Event_Title)}`;
    return write(context, event, 'PUT', `Events/${event.id}`, { Event_Title });
  }
  const done = write(context, event, 'PUT', `Events/${event.id}`, { Event_Title: event.Event_Title ?? null });
  markCancelled(context, event.id);
  return done;
}

function markCancelled(context: Context, id: string): void {
  const events = context.org.module('Events')?.records;
  const event = events?.get(id);
  if (!event) return;
  const isTitled = context.world.switches.text('cancelledShownAs') === 'title';
  if (!isTitled) events?.put({ ...event, $event_cancelled: true });
  else if (!String(event.Event_Title).startsWith('Canceled: '))
    events?.put({ ...event, Event_Title: `Canceled: ${String(event.Event_Title)}` });
}

/** Runs an operation of the API as the calendar of a user, or of an event's owner. */
function write(context: Context, whose: Row, method: string, path: string, fields?: JsonObject): Done {
  const { world, org } = context;
  const user = whose.email === undefined ? org.users.get(String(whose.Owner)) : whose;
  const found = findRoute(method, path.split('/'));
  if (!user || found === undefined || found === 'no-such-method') return { reason: 'its owner is no user any more.' };
  const bodyText = fields === undefined ? '' : JSON.stringify({ data: [fields], trigger: [] });
  const call = personCall(world, org, user, { client: calendarClient, method, parts: found.parts, bodyText });
  const reply = guarded(() => found.route.handle(call));
  const [first] = isObject(reply.body) && isList(reply.body.data) ? reply.body.data.filter(isObject) : [];
  const details = isObject(first?.details) ? first.details : {};
  if (reply.status < 300) return { ids: [String(details.id)] };
  return { reason: `${String(first?.code ?? reply.status)} ${JSON.stringify(details)}.` };
}

function instantOf(value: Json | undefined): number | undefined {
  return typeof value === 'string' ? parseDateTime(value, true) : undefined;
}

function textsOf(value: Json | undefined): string[] {
  return isList(value) ? value.map((one) => String(one).trim().toLowerCase()) : [];
}

function refuse(error: string): Reply {
  return { status: 400, body: { error } };
}
