import { merge, remove, restore, setRole, update } from '../acts.ts';
import { type Actor, USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import type { Stage } from '../stage.ts';

/** People, companies and deals change in Zoho, and the meetings that they touch follow. */

const contactChangesAccount: Journey = {
  name: 'contact-changes-account',
  story: 'A contact moves to another company: its meetings follow, and the old company is let go.',
  async play({ cast, act, bring, expect, poll }) {
    const { ben, acme, upsell, renewal, won, globex, pilot } = cast;
    await bring('call', [ben]);
    await expect('call', {
      ...{ links: [ben, acme, renewal, upsell, won] },
      ...{ what: acme, who: ben, notesOn: [acme, renewal, upsell] },
    });
    await act(USERS.editor, update(ben, { Account_Name: { id: globex.id } }));
    await poll();
    await expect('call', {
      ...{ state: 'published', links: [ben, globex, pilot], because: [[pilot, new RegExp(globex.name)]] },
      ...{ what: globex, who: ben, people: [ben], notesOn: [globex, pilot] },
    });
  },
};

const dealGetsRole: Journey = {
  name: 'deal-gets-role',
  story: 'A contact gets a role in a deal: the deal becomes the meeting’s primary record.',
  async play({ cast, act, bring, expect, poll }) {
    const { ben, acme, upsell, renewal } = cast;
    await bring('call', [ben]);
    await expect('call', { what: acme, notesOn: [acme, renewal, upsell] });
    // In Zoho a role alone moves no time of the deal; people add roles while they work on it.
    await act(USERS.editor, setRole(upsell, ben, 'Decision Maker'), update(upsell, { Amount: 5000 }));
    await poll();
    await expect('call', {
      ...{ state: 'published', linked: [ben, acme, upsell, renewal], because: [[upsell, /Decision Maker|role/i]] },
      ...{ what: upsell, who: ben },
    });
  },
};

const dealLostFocused: Journey = {
  name: 'deal-lost-focused',
  story: 'Under “focused” a deal is lost: it leaves the meeting, and so does its note.',
  async play({ cast, act, setSettings, bring, settle, expect, poll }) {
    const { ben, acme, upsell, renewal, won } = cast;
    await setSettings({ cascade: 'focused' });
    await bring('call', [ben]);
    await expect('call', { links: [ben, acme, renewal, upsell], notLinked: [won], notesOn: [acme, renewal, upsell] });
    await act(USERS.editor, update(upsell, { Stage: 'Closed Lost' }));
    await poll();
    await expect('call', {
      ...{ state: 'published', links: [ben, acme, renewal] },
      ...{ what: acme, notesOn: [acme, renewal] },
    });
    await settle();
  },
};

const contactsMerged: Journey = {
  name: 'contacts-merged',
  story:
    'Contacts, then companies are merged, where Zoho moves notes and events and where it does not: all on the survivor, once.',
  switches: { mergeMovesRelated: true },
  async play(stage) {
    const { cast, act, sandbox, bring, expect, poll } = stage;
    await mergeBenIntoAna(stage);
    await sandbox.set({ mergeMovesRelated: false });
    const { cleo, again, acme, globex, pilot } = cast;
    await bring('left-behind', [cleo]);
    await act(USERS.editor, merge(cleo, again));
    await poll();
    const onAgain = { what: globex, who: again, people: [again], notesOn: [globex, pilot] };
    await expect('left-behind', { state: 'published', links: [again, globex, pilot], ...onAgain });
    // Its event loses its record and its note vanishes: no person did that to the meeting.
    await act(USERS.editor, merge(globex, acme));
    await poll();
    await expect('left-behind', {
      ...{ state: 'published', linked: [again, acme, pilot], notLinked: [globex] },
      ...{ what: acme, who: again },
    });
  },
};

/** Ben is merged into Ana: what hung on him hangs on her. */
async function mergeBenIntoAna({ cast, act, bring, expect, poll }: Stage): Promise<void> {
  const { ana, ben, acme, renewal, upsell, won } = cast;
  await bring('with-loser', [ben]);
  await bring('with-both', [ana, ben]);
  await act(USERS.editor, merge(ben, ana));
  await poll();
  // His address is none of hers: he is found because it is known what became of his record.
  const links = [ana, acme, renewal, upsell, won];
  // A note that was placed stays as long as its association lasts.
  const onAna = { what: renewal, who: ana, people: [ana], notesOn: [acme, renewal, upsell] };
  await expect('with-loser', { state: 'published', links, because: [[ana, /merged/i]], ...onAna });
  await expect('with-both', { state: 'published', links, what: renewal, who: ana, people: [ana] });
}

const leadConverted: Journey = {
  name: 'lead-converted',
  story: 'A lead becomes contact, account and deal: its meeting is linked with these, and its notes stand there.',
  async play({ cast, act, bring, expect, until, poll, meeting, sides }) {
    const { lea } = cast;
    await bring('pitch', [lea]);
    await expect('pitch', { links: [lea], what: lea, who: null });
    const fields = { Deals: { Deal_Name: 'First deal', Stage: 'Qualification', Closing_Date: '2031-12-31' } };
    await act(USERS.editor, { do: 'convert', id: lea.id, fields });
    await poll();
    await until(async () => {
      const { associations, state } = await meeting('pitch');
      const modules = associations.map(({ module }) => module).sort();
      const wrong = state === 'published' ? [] : [`product: the meeting is ${state}`];
      if (modules.join() !== 'accounts,contacts,deals') wrong.push(`product: is linked with ${modules.join(', ')}`);
      return wrong;
    });
    const { meeting: answer, events, notes } = await sides('pitch');
    const idOf = (module: string) => answer.associations.find((link) => link.module === module)?.crmId ?? '';
    const found = (module: 'contacts' | 'accounts' | 'deals', name: string): Actor => ({
      ...{ module, id: idOf(module), name, email: '' },
    });
    const contact = found('contacts', 'the new contact');
    await expect('pitch', {
      ...{ what: found('deals', 'the new deal'), who: contact },
      // The lead's own note went to the contact with it.
      ...{ notesOn: [found('deals', 'the new deal'), found('accounts', 'the new account'), contact] },
    });
    await until(async () => [
      ...events.filter(({ people }) => people.includes(`leads:${lea.id}`)).map(() => 'Zoho: the lead still takes part'),
      ...notes.filter(({ parent }) => parent.startsWith('leads:')).map(() => 'Zoho: a note still hangs on the lead'),
    ]);
  },
};

const WEEK_SECONDS = 7 * 24 * 3600;

const contactAppearsLater: Journey = {
  name: 'contact-appears-later',
  story: 'A meeting that nobody in Zoho took part in is held; a week later its contact appears, and it flows out.',
  async play({ cast, act, ingest, settle, expect, advance, poll }) {
    const { acme, stranger, upsell, renewal, won } = cast;
    await ingest('first-call', [stranger]);
    await settle();
    await expect('first-call', { state: 'held', links: [], isGone: true });
    await advance(WEEK_SECONDS);
    await settle();
    await expect('first-call', { state: 'held', isGone: true });
    const fields = { First_Name: 'Zoe', Last_Name: 'Late', Email: stranger, Account_Name: { id: acme.id } };
    const [id = ''] = await act(USERS.editor, { do: 'create', module: 'Contacts', fields });
    await poll();
    const zoe: Actor = { module: 'contacts', id, name: 'Zoe Late', email: stranger };
    await expect('first-call', {
      ...{ state: 'published', links: [zoe, acme, renewal, upsell, won] },
      ...{ what: acme, who: zoe, people: [zoe], notesOn: [acme, renewal, upsell] },
    });
  },
};

const accountDeletedRestored: Journey = {
  name: 'account-deleted-restored',
  story: 'An account is deleted: its links go. It is restored: they come back, and nothing stands twice.',
  async play({ cast, act, bring, expect, poll }) {
    const { ben, acme, renewal, upsell, won } = cast;
    await bring('call', [ben]);
    await expect('call', { what: acme, notesOn: [acme, renewal, upsell] });
    await act(USERS.editor, remove(acme));
    await poll();
    await expect('call', { state: 'published', links: [ben], what: null, who: ben, notesOn: [ben] });
    await act(USERS.editor, restore(acme.id));
    await poll();
    await expect('call', {
      ...{ state: 'published', links: [ben, acme, renewal, upsell, won] },
      // Ben's note was needed while there was no account; what was placed stays.
      ...{ what: acme, who: ben, notesOn: [acme, renewal, upsell, ben] },
    });
  },
};

export const recordsChange: readonly Journey[] = [
  contactChangesAccount,
  dealGetsRole,
  dealLostFocused,
  contactsMerged,
  leadConverted,
  contactAppearsLater,
  accountDeletedRestored,
];
