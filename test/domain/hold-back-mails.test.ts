import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdBackMails } from '../../src/domain/hold-back-mails.ts';
import { NOTHING_KEPT } from '../../src/domain/kept.ts';
import { type EventContent, UNTOUCHED, type WrittenEvent } from '../../src/domain/sync-plan.ts';
import { capabilities } from './samples.ts';

const GUEST = { type: 'email' as const, email: 'guest@far.example', name: 'Guest' };
const people = fc.subarray([GUEST, { type: 'contact' as const, id: '1', name: 'Ana' }]);
const contents: fc.Arbitrary<EventContent> = fc.record({
  meetingId: fc.constant('m1'),
  title: fc.constantFrom('One', 'Two'),
  startsAt: fc.constantFrom(0, 60_000),
  endsAt: fc.constantFrom(120_000, 180_000),
  timeZone: fc.constantFrom('Europe/Madrid', 'UTC'),
  ownerUserId: fc.constantFrom(null, '11'),
  venue: fc.constantFrom(null, 'Here'),
  description: fc.constantFrom('', 'Words'),
  primary: fc.constant(null),
  contactId: fc.constantFrom(null, '1'),
  participants: people,
  activityType: fc.constant(null),
  aiScorePercent: fc.constantFrom(null, 50),
  recordingUrl: fc.constant(null),
});

function eventOf(content: EventContent, isGuestAdded: boolean): WrittenEvent {
  const kept = isGuestAdded ? { ...NOTHING_KEPT, added: [GUEST] } : null;
  return { ...UNTOUCHED, crmId: '1', content, kept, isAdopted: false };
}

const told = ({ title, startsAt, endsAt, timeZone, participants }: EventContent) => [
  title,
  startsAt,
  endsAt,
  timeZone,
  participants,
];

describe('holdBackMails', () => {
  it('changes nothing that a guest could be told of, leaves the rest as it is wanted, and says so exactly then', () => {
    fc.assert(
      fc.property(contents, contents, (there, wanted) => {
        const { content, held } = holdBackMails(wanted, eventOf(there, true), capabilities());
        expect(told(content)).toEqual(told(there));
        const { description, venue, contactId, ownerUserId, aiScorePercent } = wanted;
        expect(content).toMatchObject({ description, venue, contactId, ownerUserId, aiScorePercent });
        expect(held).toHaveLength(JSON.stringify(told(wanted)) === JSON.stringify(told(there)) ? 0 : 1);
      }),
    );
  });

  it.each([
    ['nobody was added there', false, {}],
    ['updates were seen to be silent', true, { areUpdatesSilent: true }],
  ])('holds nothing back where %s', (_case, isGuestAdded, can) => {
    fc.assert(
      fc.property(contents, contents, (there, wanted) => {
        const result = holdBackMails(wanted, eventOf(there, isGuestAdded), capabilities(can));
        expect(result).toEqual({ content: wanted, held: [] });
      }),
    );
  });
});
