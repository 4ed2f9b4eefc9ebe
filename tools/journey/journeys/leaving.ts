import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import { JourneyFailure, type Stage } from '../stage.ts';

/** Everything that was brought to Zoho is taken out again, and the connection ends. */

const MEETINGS = 15;
const OUT_WITHIN_MS = 120_000;
const LEAVE = '/integrations/zoho/leave';
const CHOICES = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'remove' };

/** Mails whoever is not kept from it by how a write asks, and everybody of an event that is deleted. */
const MAILS = {
  ...{ workflowMails: true, reminderMails: true, deleteMails: true, updateMails: true, mentionMails: true },
  ...{ mailsContacts: true, mailsEmails: true, mailsWho: true },
  ...{ mailsOnInsert: false, mailsOnUpdate: false, mailsOnNote: false, mailsOnDelete: true },
};

type Leave = {
  connection: string;
  preview: { eventsDeleted: number; eventsLeft: number; fieldsRemoved: number; credits: { total: number } } | null;
  run: { phase: string; steps: string[]; result: { problems: string[] } | null } | null;
};

const hasField = (record: Record<string, unknown>) => Object.keys(record).some((name) => name.includes('Salescaling'));

/** Waits until leaving is where it should be; time passes meanwhile. */
async function untilPhase({ product, until, advance }: Stage, phase: string): Promise<Leave> {
  let leave: Leave | null = null;
  await until(async () => {
    leave = await product.owner.call<Leave>('GET', LEAVE);
    const now = leave.run?.phase ?? 'not begun';
    if (now !== phase) await advance(61);
    return now === phase ? [] : [`product: leaving is ${now}, should be ${phase}`];
  }, OUT_WITHIN_MS);
  if (leave === null) throw new Error('Leaving was never looked at.');
  return leave;
}

const uninstallKilled: Journey = {
  name: 'uninstall-killed',
  story:
    'The organization leaves Zoho: stopped, resumed, and the product killed on the way. What a person edited stays, nobody is mailed, our fields and the access are gone.',
  isAlone: true,
  async play(stage) {
    const { cast, ingest, bring, event, act, product, sandbox, settle, killAndStart, connect } = stage;
    await bring('edited', [cast.ana]);
    const { id } = await event('edited');
    const fields = { Event_Title: 'As Eva calls it' };
    await act(USERS.editor, { do: 'update', module: 'Events', id, fields });
    for (let at = 0; at < MEETINGS; at++) await ingest(`call-${at}`, [cast.ben]);
    await settle();
    await connect(USERS.admin, { path: `${LEAVE}/consent` });
    await settle();
    const before = (await sandbox.records('Events')).length;
    await sandbox.set(MAILS);
    const { preview } = await product.owner.call<Leave>('GET', `${LEAVE}?${new URLSearchParams(CHOICES)}`);
    if (preview?.eventsDeleted !== before - 1 || preview.eventsLeft !== 1 || preview.fieldsRemoved !== 1) {
      throw new JourneyFailure(`product: told ${JSON.stringify(preview)} for ${before} events, one of them edited`);
    }
    if ((await sandbox.records('Events')).length !== before) {
      throw new JourneyFailure('Zoho: something went before anybody said so');
    }
    await product.owner.call('POST', LEAVE, CHOICES);
    await product.owner.call('POST', `${LEAVE}/stop`, {});
    await untilPhase(stage, 'stopped');
    await ingest('new', [cast.ana]);
    await stage.rest();
    await product.owner.call('POST', `${LEAVE}/resume`, {});
    await killAndStart();
    const atKill = (await sandbox.records('Events')).length;
    if (atKill <= 1) throw new JourneyFailure('Everything was out when the product was killed: this proved nothing.');
    const over = await untilPhase(stage, 'over');
    if (over.connection !== 'disconnected' || over.run?.result?.problems.length !== 0) {
      throw new JourneyFailure(`product: left as ${JSON.stringify(over)}`);
    }
    const events = await sandbox.records('Events');
    const titles = events.map(({ Event_Title: title }) => title);
    if (titles.length !== 1 || titles[0] !== fields.Event_Title) {
      throw new JourneyFailure(`Zoho: has the events ${titles.join(', ')}, should have only the one that Eva edited`);
    }
    if (events.some(hasField)) throw new JourneyFailure('Zoho: an event still carries the id of a meeting');
    const notes = await sandbox.records('Notes');
    if (notes.length > 0) throw new JourneyFailure(`Zoho: ${notes.length} notes are left`);
    await comeBack(stage);
  },
};

/** A new connection publishes what is new, brings back what is wanted, and doubles nothing. */
async function comeBack(stage: Stage): Promise<void> {
  const { connect, settle, sandbox, product } = stage;
  await connect(USERS.admin);
  await settle();
  const withNew = (await sandbox.records('Events')).length;
  if (withNew !== 2) throw new JourneyFailure(`Zoho: has ${withNew} events after connecting again, should have 2`);
  await product.owner.call('POST', `${LEAVE}/bring-back`, {});
  await settle();
  const all = (await sandbox.records('Events')).length;
  if (all !== MEETINGS + 2) throw new JourneyFailure(`Zoho: has ${all} events, should have ${MEETINGS + 2}`);
}

export const leaving: readonly Journey[] = [uninstallKilled];
