import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody } from '../harness/product.ts';
import { ID, type SeedWorld, smallWorld } from '../harness/small-world.ts';
import { startMirrorJourney } from './mirror-journey.ts';

const database = await createTestDatabase();

/** Ana and Ben, each twice at Acme; the second ones have other addresses, and no deal. */
const ANA_AGAIN = '207';
const BEN_AGAIN = '208';

function world(): SeedWorld {
  const known = smallWorld();
  const again = (id: string, firstName: string, email: string) => {
    return { id, firstName, lastName: 'Again', email, accountId: ID.acme };
  };
  return {
    ...known,
    contacts: [
      ...known.contacts,
      again(ANA_AGAIN, 'Ana', 'ana.again@acme.example'),
      again(BEN_AGAIN, 'Ben', 'ben.again@acme.example'),
    ],
  };
}

const GUESTS = {
  address: {
    id: '9001',
    type: 'email',
    participant: 'guest@customer.example',
    Email: 'guest@customer.example',
    name: 'Guest',
    invited: true,
  },
  contact: {
    id: '9002',
    type: 'contact',
    participant: ID.cleo,
    Email: 'cleo@initech.example',
    name: 'Cleo',
    invited: true,
  },
} as const;

const PEOPLE = ['ana@acme.example', 'ben@acme.example'];
type Journey = Awaited<ReturnType<typeof startMirrorJourney>>;

async function start(people: string[], mergeMovesRelated: boolean): Promise<Journey> {
  const journey = await startMirrorJourney(database, { world: world() });
  journey.crm.set({ mergeMovesRelated });
  await journey.ingest('m1', meetingBody({}, people));
  await journey.settle();
  return journey;
}

function addGuest(journey: Journey, guest: (typeof GUESTS)[keyof typeof GUESTS]): void {
  journey.advance(60);
  const [event] = journey.crm.events();
  const there = (event?.Participants ?? []) as never[];
  journey.crm.edit('Events', String(event?.id), { Participants: [...there, guest] as never, Modified_By: ID.host });
}

/** A beat of the clock, in which the product reads what people did to its events. */
async function beat(journey: Journey): Promise<void> {
  journey.advance(400);
  await journey.settle();
}

const merge = (journey: Journey, id: string, into: string) =>
  journey.act({ do: 'merge', module: 'Contacts', id, into });

function contactsOnEvent(journey: Journey): string[] {
  const list = journey.crm.events()[0]?.Participants;
  const entries = (Array.isArray(list) ? list : []) as { type: string; participant: string }[];
  return entries.flatMap(({ type, participant }) => (type === 'contact' ? [participant] : [])).sort();
}

describe.each([true, false])('guests added in Zoho, and contacts that are merged (Zoho moves records: %s)', (moves) => {
  describe.each(['address', 'contact'] as const)('a guest that is a %s', (kind) => {
    it.each([
      ['the one of the event', ID.ana, ANA_AGAIN],
      ['a participant', ID.ben, BEN_AGAIN],
    ])('leave no difference for ever: %s, merged after the guest was seen', async (_who, loser, survivor) => {
      const journey = await start(PEOPLE, moves);
      addGuest(journey, GUESTS[kind]);
      await beat(journey);
      await merge(journey, loser, survivor);
      await journey.follow();
      await journey.expectAgreement('m1');
      // Where Zoho moves nothing, only a role in a deal tells where somebody went.
      if (moves || loser === ID.ana) expect(await journey.linksOf('m1')).toContain(`contacts/${survivor}`);
    });

    it.each([
      ['the one of the event', ID.ana, ANA_AGAIN],
      ['a participant', ID.ben, BEN_AGAIN],
    ])('leave no difference for ever: %s, both seen in one poll', async (_who, loser, survivor) => {
      const journey = await start(PEOPLE, moves);
      addGuest(journey, GUESTS[kind]);
      await merge(journey, loser, survivor);
      await journey.follow();
      await journey.expectAgreement('m1');
    });
  });

  it('leave no difference for ever: one into the other, both on the event', async () => {
    const journey = await start([...PEOPLE, 'ana.again@acme.example'], moves);
    addGuest(journey, GUESTS.address);
    await beat(journey);
    await merge(journey, ID.ana, ANA_AGAIN);
    await journey.follow();
    await journey.expectAgreement('m1');
  });

  it('leave no difference for ever: a participant whose record is deleted, and restored', async () => {
    const journey = await start(PEOPLE, moves);
    addGuest(journey, GUESTS.address);
    await beat(journey);
    await journey.act({ do: 'delete', module: 'Contacts', id: ID.ben });
    await beat(journey);
    await journey.expectAgreement('m1');
    await journey.act({ do: 'restore', module: 'Contacts', id: ID.ben });
    await beat(journey);
    await journey.expectAgreement('m1');
  });

  it('leave no difference for ever: two merges in one poll', async () => {
    const journey = await start(PEOPLE, moves);
    addGuest(journey, GUESTS.address);
    await beat(journey);
    await merge(journey, ID.ana, ANA_AGAIN);
    await merge(journey, ID.ben, BEN_AGAIN);
    await journey.follow();
    await journey.expectAgreement('m1');
    if (!moves) return;
    expect(contactsOnEvent(journey)).toEqual([ANA_AGAIN, BEN_AGAIN]);
    expect(await journey.linksOf('m1')).toEqual(
      expect.arrayContaining([`contacts/${ANA_AGAIN}`, `contacts/${BEN_AGAIN}`]),
    );
  });
});
