import { isList } from '../json.ts';
import type { Row } from '../store/table.ts';
import { calendarClient } from '../world/actors.ts';
import type { Module } from '../world/org.ts';
import { calendarMail } from './calendar-mails.ts';
import type { Call } from './call.ts';
import { type Guest, type GuestKind, guestsOf } from './guests.ts';

/** Mails that an insert or update might send: `before` is the record before an update. */
export function mailOfWrite(call: Call, module: Module, row: Row, before: Row | undefined, trigger: unknown): void {
  // What a calendar puts here it has told its guests itself.
  if (call.client === calendarClient) return;
  const isSilenced = isList(trigger) && trigger.length === 0;
  if (call.world.switches.isOn('workflowMails') && !isSilenced) {
    mail(call, 'workflow recipients', `workflow on ${module.apiName}: trigger is not empty`, row.id);
  }
  mailOfStubbornWorkflow(call, module, row, 'in spite of trigger');
  if (module.apiName === 'Events') {
    mailInvited(call, row, before);
    mailInSpite(call, row, before ? 'changed' : 'created');
    calendarMail(call, row, before);
  }
  if (module.apiName === 'Notes') {
    mailMentioned(call, row);
    const event = eventOf(call, row);
    if (event && !before) mailInSpite(call, event, 'given a note');
  }
}

/** Mails that deleting a record might send. Source: Zoho CRM API v8, Delete Records, wf_trigger. */
export function mailOfDelete(call: Call, module: Module, row: Row): void {
  if (call.client === calendarClient) return;
  if (call.world.switches.isOn('workflowMails') && call.query.get('wf_trigger') !== 'false') {
    mail(call, 'workflow recipients', `workflow on ${module.apiName}: wf_trigger is not false`, row.id);
  }
  mailOfStubbornWorkflow(call, module, row, 'in spite of wf_trigger');
  if (module.apiName !== 'Events') return;
  if (call.world.switches.isOn('deleteMails')) {
    for (const to of invited(call, row)) mail(call, to, 'invited to an event that was deleted', row.id);
  }
  mailInSpite(call, row, 'deleted');
  calendarMail(call, undefined, row);
}

function mail(call: Call, to: string, cause: string, recordId: string): void {
  call.world.mails.add({ at: call.now, to, cause, recordId });
}

/** Rules that no trigger silences mail the people of the event that was written, or that the note is on. */
function mailOfStubbornWorkflow(call: Call, module: Module, row: Row, inSpite: string): void {
  if (!call.world.switches.isOn('workflowMailsAlways')) return;
  if (module.apiName !== 'Events' && module.apiName !== 'Notes') return;
  const event = module.apiName === 'Events' ? row : eventOf(call, row);
  const to = new Set(event ? guestsOf(call, event).map((guest) => guest.to) : []);
  for (const one of to.size > 0 ? to : ['workflow recipients']) {
    mail(call, one, `workflow on ${module.apiName} ${inSpite}`, row.id);
  }
}

type Moment = 'created' | 'changed' | 'given a note' | 'deleted';

const whoSwitches: Partial<Record<GuestKind, { name: string; words: string }>> = {
  contact: { name: 'mailsContacts', words: 'contact participant' },
  lead: { name: 'mailsContacts', words: 'lead participant' },
  email: { name: 'mailsEmails', words: 'e-mail participant' },
  who: { name: 'mailsWho', words: 'Who_Id' },
};
const whenSwitches: Record<Moment, string> = {
  created: 'mailsOnInsert',
  changed: 'mailsOnUpdate',
  'given a note': 'mailsOnNote',
  deleted: 'mailsOnDelete',
};

/** An org that mails people of events although nobody is invited: who and when are switches of their own. */
function mailInSpite(call: Call, event: Row, moment: Moment): void {
  if (!call.world.switches.isOn(whenSwitches[moment])) return;
  for (const guest of guestsOf(call, event)) {
    const who = whoSwitches[guest.kind];
    if (!who || !call.world.switches.isOn(who.name)) continue;
    mail(call, guest.to, `${who.words} of an event that was ${moment}`, event.id);
  }
}

function eventOf(call: Call, note: Row): Row | undefined {
  return note.$se_module === 'Events' ? call.org.module('Events')?.records.get(String(note.Parent_Id)) : undefined;
}

/** User mentions are stored as such tokens; whoever is mentioned is told. */
function mailMentioned(call: Call, note: Row): void {
  if (!call.world.switches.isOn('mentionMails')) return;
  for (const [, id = ''] of String(note.Note_Content ?? '').matchAll(/crm\[user#(\d+)#/g)) {
    const user = call.org.users.get(id);
    if (user) mail(call, String(user.email), 'mentioned in a note', note.id);
  }
}

function mailInvited(call: Call, row: Row, before: Row | undefined): void {
  const { switches } = call.world;
  if (switches.isOn('reminderMails') && isList(row.Remind_At) && row.Remind_At.length > 0) {
    mail(call, String(row.Owner), 'event with a reminder', row.id);
  }
  const policy = switches.text('participantMails');
  if (policy === 'never' || (policy === 'future-only' && Number(row.End_DateTime) < call.now)) return;
  const already = new Set(before ? invited(call, before) : []);
  const isMoved =
    switches.isOn('updateMails') &&
    !!before &&
    (before.Start_DateTime !== row.Start_DateTime ||
      before.End_DateTime !== row.End_DateTime ||
      before.Event_Title !== row.Event_Title);
  for (const to of invited(call, row)) {
    if (!already.has(to)) mail(call, to, 'invited to an event', row.id);
    else if (isMoved) mail(call, to, 'invited to an event that was changed', row.id);
  }
}

/** Addresses (or ids, where there is no address) of the participants that count as invited. */
function invited(call: Call, row: Row): string[] {
  return guestsOf(call, row)
    .filter((guest: Guest) => guest.isInvited)
    .map((guest) => guest.to);
}
