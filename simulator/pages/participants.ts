import { participantOf } from '../api/render-record.ts';
import { updateOne } from '../api/write-records.ts';
import { isList, isObject, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Html, html } from './html.ts';
import type { Refusal } from './record-page.ts';
import { recordLink } from './show-value.ts';
import { recordPath, type Visit, writingCallOf } from './visit.ts';
import { findByText, finish } from './write-record.ts';

const modulesOfType: Record<string, string> = { contact: 'Contacts', lead: 'Leads' };

const listOf = (event: Row): JsonObject[] => (isList(event.Participants) ? event.Participants.filter(isObject) : []);

/** The participants of an event, each with what is known of it, and a form for one more. */
export function participantsCard(visit: Visit, event: Row): Html {
  const people = listOf(event);
  const path = recordPath(visit.org, 'Events', event.id);
  const table = html`<div class="scroll"><table class="cards"><thead><tr><th>Name</th><th>Type</th><th>E-mail</th><th>Status</th><th>Invited</th><th></th></tr></thead><tbody>${people.map((one) => participantLine(visit, path, one))}</tbody></table></div>`;
  return html`<section class="card" id="participants"><h2>Participants <span class="count">${people.length}</span></h2>${people.length === 0 ? html`<p class="quiet">Nobody is a participant of this meeting.</p>` : table}
<details class="more"><summary>Add a participant</summary><form class="row" method="post" action="${path}"><input type="hidden" name="do" value="add-participant"><label>Type <select name="type"><option value="contact">contact</option><option value="lead">lead</option><option value="user">user</option><option value="email">email</option></select></label><label>Who <input name="who" required placeholder="Name, id or address" dir="auto"></label><label>Invite <select name="invited"><option value="false">no</option><option value="true">yes, by mail</option></select></label><button class="main">Add</button></form></details></section>`;
}

function participantLine(visit: Visit, path: string, one: JsonObject): Html {
  const type = String(one.type);
  const id = String(one.participant);
  const person = participantOf(visit.org, type, id);
  const name = person?.name ?? String(one.name ?? one.Email ?? id);
  const moduleName = modulesOfType[type];
  const shown = moduleName && person ? recordLink(visit, moduleName, id) : html`<span dir="auto">${name}</span>`;
  const isInvited = one.invited === true;
  const remove = html`<form method="post" action="${path}"><input type="hidden" name="do" value="remove-participant"><input type="hidden" name="type" value="${type}"><button class="plain" name="who" value="${id}" aria-label="Take ${name} out of the meeting">Remove</button></form>`;
  return html`<tr><td data-label="Name">${shown}</td><td data-label="Type">${type}</td><td data-label="E-mail" dir="auto">${person?.email ?? String(one.Email ?? '—')}</td><td data-label="Status">${String(one.status ?? 'not_known').replaceAll('_', ' ')}</td><td data-label="Invited"><span class="${isInvited ? 'chip warn' : 'chip'}">${isInvited ? 'Invited' : 'Not invited'}</span></td><td>${remove}</td></tr>`;
}

/** Adds the participant that the form names; the others stay as they are. */
export function addParticipant(visit: Visit, module: Module, event: Row): Refusal | undefined {
  const type = visit.form.get('type') ?? '';
  const found = findPerson(visit, type, (visit.form.get('who') ?? '').trim());
  if ('reason' in found) return { reason: `Nobody was added: ${found.reason}` };
  const added = { type, participant: found.id, invited: visit.form.get('invited') === 'true' };
  return write(visit, module, event, [...listOf(event).map(asGiven), added]);
}

/** Takes a participant out. */
export function removeParticipant(visit: Visit, module: Module, event: Row): Refusal | undefined {
  const isGone = (one: JsonObject) => one.type === visit.form.get('type') && one.participant === visit.form.get('who');
  const left = listOf(event).filter((one) => !isGone(one));
  const refusal = write(visit, module, event, left.map(asGiven));
  if (refusal) return refusal;
  const after = module.records.get(event.id);
  if (!after || !listOf(after).some(isGone)) return undefined;
  return { reason: 'The participant stays, since the switch participantsOnUpdate is set to merge.' };
}

const asGiven = (one: JsonObject): JsonObject => ({
  type: one.type,
  participant: one.participant,
  name: one.name,
  invited: one.invited,
});

function write(visit: Visit, module: Module, event: Row, people: JsonObject[]): Refusal | undefined {
  const context = { call: writingCallOf(visit), module, externals: { lookups: new Map() }, trigger: undefined };
  const written = finish(visit, module, updateOne(context, { Participants: people }, 0, event.id), false);
  return 'refusal' in written ? written.refusal : undefined;
}

function findPerson(visit: Visit, type: string, text: string): { id: string } | { reason: string } {
  const module = visit.org.module(modulesOfType[type] ?? '');
  if (module) {
    const found = findByText(module, text);
    return 'row' in found ? { id: found.row.id } : found;
  }
  if (type !== 'user') return { id: text };
  const wanted = text.toLowerCase();
  for (const user of visit.org.users.rows()) {
    const names = [user.id, String(user.full_name).toLowerCase(), String(user.email).toLowerCase()];
    if (names.includes(wanted)) return { id: user.id };
  }
  return { reason: `no user has the name, address or id “${text}”.` };
}
