import { describe, expect, it } from 'vitest';
import { judgeChoices, type LeaveChoices } from '../../src/domain/leave-choices.ts';
import { planLeave } from '../../src/domain/plan-leave.ts';
import { type EventContent, UNTOUCHED, type Written, type WrittenEvent } from '../../src/domain/sync-plan.ts';

const ALL: LeaveChoices = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'remove' };
const KEEP: LeaveChoices = { events: 'keep', notes: 'keep', ids: 'keep', fields: 'keep' };

const CONTENT: EventContent = {
  meetingId: 'm',
  title: 'Review',
  startsAt: 0,
  endsAt: 1,
  timeZone: 'UTC',
  ownerUserId: null,
  venue: null,
  description: '',
  primary: { module: 'accounts', id: '1' },
  contactId: '2',
  participants: [{ type: 'contact', id: '2', name: 'Ana' }],
  activityType: null,
  aiScorePercent: null,
  recordingUrl: null,
};

const EVENT: WrittenEvent = { ...UNTOUCHED, crmId: '10', content: CONTENT, kept: null, isAdopted: false };
const ADOPTED: WrittenEvent = {
  ...EVENT,
  isAdopted: true,
  adopted: { primary: { module: 'accounts', id: '1' }, contactId: null, isReadOnly: false },
};
const note = (slot: string, module: 'events' | 'accounts') => ({
  ...UNTOUCHED,
  crmId: `note of ${slot}`,
  slot,
  content: { parent: { module, id: module === 'events' ? null : '1' }, title: slot, content: '' },
  kept: null,
});
const NOTES = [note('consolidated', 'events'), note('summary:accounts:1', 'accounts')];
const OURS: Written = { event: EVENT, notes: NOTES };
const CALENDARS: Written = { event: ADOPTED, notes: NOTES };
const EDITED: WrittenEvent['kept'] = {
  parts: ['title'],
  description: null,
  block: null,
  primary: null,
  contact: null,
  added: [],
  removed: [],
};

const actions = (written: Written, choices: LeaveChoices) =>
  planLeave(written, choices).map(({ key, action }) => `${action} ${key}`);

describe('a plan of leaving', () => {
  it.each<[string, Written, LeaveChoices, string[]]>([
    [
      'takes out all of ours, people first',
      OURS,
      ALL,
      [
        'delete_note note:consolidated',
        'delete_note note:summary:accounts:1',
        'disown_event event:people',
        'delete_event event',
      ],
    ],
    ['leaves all that is kept', OURS, KEEP, []],
    [
      'takes the note that hangs on an event that goes',
      OURS,
      { ...KEEP, events: 'remove' },
      ['delete_note note:consolidated', 'disown_event event:people', 'delete_event event'],
    ],
    ['takes the id from an event that stays', OURS, { ...KEEP, ids: 'remove' }, ['disown_event event:id']],
    ['lets the field take the ids', OURS, { ...KEEP, ids: 'remove', fields: 'remove' }, []],
    [
      'takes no more than the id from what a person edited',
      { event: { ...EVENT, kept: EDITED }, notes: [] },
      { ...ALL, fields: 'keep' },
      ['disown_event event:id'],
    ],
    [
      'gives the calendar its event back',
      CALENDARS,
      ALL,
      ['delete_note note:consolidated', 'delete_note note:summary:accounts:1', 'release_event event'],
    ],
    [
      'goes on knowing the calendar’s event where our notes stay on it',
      CALENDARS,
      { ...KEEP, ids: 'remove' },
      ['update_event event'],
    ],
    ['never touches the calendar’s event where ids stay', CALENDARS, { ...KEEP, events: 'remove' }, []],
    [
      'forgets an event that a person deleted',
      { event: { ...EVENT, goneAt: 5 }, notes: [] },
      ALL,
      ['delete_event event'],
    ],
  ])('%s', (_what, written, choices, wanted) => {
    expect(actions(written, choices)).toEqual(wanted);
  });

  it('has nothing to do once it was carried out', () => {
    const choices: LeaveChoices = { ...KEEP, ids: 'remove' };
    for (const written of [OURS, CALENDARS]) {
      const [operation] = planLeave(written, choices);
      if (operation === undefined || !('after' in operation) || written.event === null) throw new Error('No plan.');
      const adopted = 'adopted' in operation && operation.adopted ? { adopted: operation.adopted } : {};
      const event = { ...written.event, content: operation.after as EventContent, ...adopted };
      expect(planLeave({ ...written, event }, choices)).toEqual([]);
    }
  });

  it('leaves what is the calendar’s on its event', () => {
    const [operation] = planLeave(CALENDARS, { ...KEEP, ids: 'remove' });
    expect(operation).toMatchObject({
      after: { ...CONTENT, meetingId: '', primary: null },
      changed: ['meetingId', 'primary'],
    });
  });
});

describe('choices', () => {
  it('that do nothing are refused with the way to do it', () => {
    expect(judgeChoices(KEEP)).toEqual({ kind: 'refused', reason: expect.stringContaining('Disconnect') });
  });

  it('that touch each other are made sense of and said', () => {
    expect(judgeChoices({ ...KEEP, fields: 'remove' })).toMatchObject({
      choices: { ...KEEP, ids: 'remove', fields: 'remove' },
      says: [
        expect.stringContaining('ids go with the field'),
        expect.stringContaining('lose what stands in our fields'),
      ],
    });
    expect(judgeChoices({ ...ALL, notes: 'keep' })).toMatchObject({ says: [expect.stringContaining('go with them')] });
    expect(judgeChoices(ALL)).toEqual({ kind: 'accepted', choices: ALL, says: [] });
  });
});
