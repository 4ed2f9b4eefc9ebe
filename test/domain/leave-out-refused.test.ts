import { describe, expect, it } from 'vitest';
import { type AllowedWrites, leaveOutRefused } from '../../src/domain/leave-out-refused.ts';
import type { EventContent, NoteContent, PlannedOperation, SyncPlan } from '../../src/domain/sync-plan.ts';

const EVENT: EventContent = {
  meetingId: 'm',
  title: 'Review',
  startsAt: 0,
  endsAt: 60_000,
  timeZone: 'UTC',
  ownerUserId: null,
  venue: null,
  description: '',
  primary: null,
  contactId: null,
  participants: [],
  activityType: null,
  aiScorePercent: null,
  recordingUrl: null,
};
const NOTE: NoteContent = { parent: { module: 'contacts', id: '201' }, title: 'Summary', content: 'x' };
const EVERYTHING: AllowedWrites = {
  create_event: 'allowed',
  update_event: 'allowed',
  adopt_event: 'allowed',
  disown_event: 'allowed',
  release_event: 'allowed',
  delete_event: 'allowed',
  create_note: 'allowed',
  update_note: 'allowed',
  delete_note: 'allowed',
};
const UPDATES_MAIL: AllowedWrites = {
  ...EVERYTHING,
  update_event: 'mails',
  adopt_event: 'mails',
  disown_event: 'mails',
  release_event: 'mails',
};

const update: PlannedOperation = {
  ...{ key: 'event', action: 'update_event', crmId: '9' },
  ...{ before: EVENT, after: EVENT, changed: ['title'] },
};
const disown: PlannedOperation = {
  ...{ key: 'event:people', action: 'disown_event', crmId: '9' },
  ...{ before: EVENT, after: EVENT },
};
const removal: PlannedOperation = { key: 'event', action: 'delete_event', crmId: '9', before: EVENT };
const note: PlannedOperation = { key: 'note:s', action: 'create_note', slot: 's', after: NOTE };
const noteGoes: PlannedOperation = { key: 'note:s', action: 'delete_note', slot: 's', crmId: '8', before: NOTE };

const planOf = (...operations: PlannedOperation[]): SyncPlan => ({
  operations,
  shownOn: [{ module: 'contacts', id: '201', name: 'Ana', how: 'note' }],
  leftOut: [],
  warnings: [],
  standing: [],
  cost: { calls: 9, credits: 9 },
});

const actionsOf = ({ operations }: SyncPlan) => operations.map(({ action }) => action);

describe('leaving out what may not be written', () => {
  it('lets a meeting out without the change that would mail', () => {
    const plan = leaveOutRefused(planOf(update, note), UPDATES_MAIL);
    expect(actionsOf(plan)).toEqual(['create_note']);
    expect(plan).toMatchObject({
      blocked: null,
      withoutNotes: expect.stringMatching(/canary showed.*changing events mails/),
    });
    expect(plan.cost.credits).toBe(1);
  });

  it('takes notes and people away and leaves the event where deleting mails', () => {
    const plan = leaveOutRefused(planOf(noteGoes, disown, removal), { ...EVERYTHING, delete_event: 'mails' });
    expect(actionsOf(plan)).toEqual(['delete_note', 'disown_event']);
    expect(plan.withoutNotes).toMatch(/the event stays in Zoho/);
  });

  it('deletes at once where only changes mail', () => {
    expect(actionsOf(leaveOutRefused(planOf(disown, removal), UPDATES_MAIL))).toEqual(['delete_event']);
  });

  it('waits where an id has to be free first', () => {
    const left: PlannedOperation = { ...disown, key: 'event:left:1', slot: 'left:1' };
    const plan = leaveOutRefused(planOf(left, update), UPDATES_MAIL);
    expect(plan.operations).toEqual([]);
    expect(plan.blocked).toMatch(/canary showed/);
  });

  it('says no notes where they mail, and shows the record nowhere', () => {
    const plan = leaveOutRefused(planOf(note), { ...EVERYTHING, create_note: 'mails' });
    expect(plan).toMatchObject({ operations: [], shownOn: [], withoutNotes: expect.stringMatching(/notes mail/) });
  });

  it('tells a missing right from a mail', () => {
    const plan = leaveOutRefused(planOf(update, note), { ...EVERYTHING, update_event: 'refused' });
    expect(plan.blocked).toMatch(/Zoho does not let the connected user change this meeting/);
    const quiet = leaveOutRefused(planOf(update, note), { ...EVERYTHING, create_note: 'refused' });
    expect(quiet.withoutNotes).toMatch(/does not let the connected user create notes/);
  });
});
