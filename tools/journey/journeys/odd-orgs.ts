import { update } from '../acts.ts';
import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import { JourneyFailure, type Stage } from '../stage.ts';

/** Orgs that are not uniform: private events, fields that every event must have, addresses that are withheld. */

const PREFLIGHT = '/integrations/zoho/preflight';

type Preflight = { withheld: { module: string }[]; eventsSharing: { isPrivate: boolean } };
type NeedsYou = {
  causes: { cause: string; count: number }[];
  data: { cause: string; obstacle: { meetings: number; field: { field: string } | null } | null }[];
};

/** An administrator has the layouts read again. */
const readAgain = ({ product }: Stage) => product.owner.call<Preflight>('POST', PREFLIGHT);
const needs = ({ product }: Stage) => product.owner.call<NeedsYou>('GET', '/needs-you?limit=50');

const privateOrg: Journey = {
  name: 'private-org',
  story:
    'Events are private in the org: notes and clips are on the primary record as well, with a sentence that says why.',
  isAlone: true,
  switches: { eventsSharing: 'private' },
  async play(stage) {
    const { cast, bring, expect, sides, until, event } = stage;
    const { eventsSharing } = await readAgain(stage);
    if (!eventsSharing.isPrivate) throw new JourneyFailure('product: does not know that events are private');
    await bring('call', [cast.ana]);
    await expect('call', { state: 'published', what: cast.renewal, who: cast.ana });
    const { id } = await event('call');
    await until(async () => {
      const { notes } = await sides('call');
      const copies = notes.filter(({ slot }) => slot?.startsWith('details:'));
      const [copy] = copies;
      if (copies.length !== 1 || copy?.parent !== `deals:${cast.renewal.id}`) {
        return [`Zoho: ${copies.length} copies of the notes, should be one on ${cast.renewal.name}`];
      }
      if (!copy.content.includes('private')) return ['Zoho: the copy does not say why it is there'];
      const isOnEvent = notes.some(({ slot, parent }) => slot === 'consolidated' && parent.endsWith(id));
      return isOnEvent ? [] : ['Zoho: the event has no note'];
    });
  },
};

const mandatoryField: Journey = {
  name: 'mandatory-field',
  story:
    'The org demands a field that no meeting has: one question for three meetings; its value lets all of them out.',
  isAlone: true,
  async play(stage) {
    const { cast, sandbox, ingest, until, settle, expect, product } = stage;
    const fields = [{ label: 'Cost centre', type: 'picklist', values: ['North', 'South'] }];
    const layout = await sandbox.control<{ fields: { apiName: string; label: string }[] }>('POST', 'layout', {
      module: 'Events',
      fields,
    });
    const field = layout.fields.find(({ label }) => label === 'Cost centre')?.apiName ?? '';
    await sandbox.control('POST', 'layout', { module: 'Events', required: [field] });
    await ingest('one', [cast.ana]);
    await ingest('two', [cast.ben]);
    await ingest('three', [cast.cleo]);
    await until(async () => {
      const { data } = await needs(stage);
      const [item, ...others] = data.filter(({ cause }) => cause === 'mandatory_field');
      const isOne = others.length === 0 && item?.obstacle?.meetings === 3 && item.obstacle.field?.field === field;
      return isOne ? [] : [`product: asks ${JSON.stringify(data)}, should ask once about ${field} for three meetings`];
    });
    await product.owner.call('PUT', `${PREFLIGHT}/constants`, { field, otherwise: 'North' });
    await settle();
    for (const key of ['one', 'two', 'three']) await expect(key, { state: 'published' });
    const events = await sandbox.records('Events');
    const wrong = events.filter((event) => event[field] !== 'North');
    if (wrong.length > 0) throw new JourneyFailure(`Zoho: ${wrong.length} events are without the value`);
    await sandbox.control('POST', 'layout', { module: 'Events', required: [] });
  },
};

const withheldEmails: Journey = {
  name: 'withheld-emails',
  story: 'Zoho begins to withhold addresses: who was known stays linked, who is new is unknown, and both are said.',
  isAlone: true,
  async play(stage) {
    const { cast, sandbox, bring, ingest, expect, poll, settle, act, meeting, until } = stage;
    const { ana, acme, renewal } = cast;
    await bring('call', [ana]);
    await sandbox.set({ withheldFields: 'Contacts.Email,Leads.Email' });
    await act(USERS.editor, update(ana, { Title: 'Director' }));
    await poll();
    await ingest('call', [ana], { title: 'Told again' });
    await ingest('later', [cast.stranger]);
    await settle();
    await expect('call', { state: 'published', title: 'Told again', what: renewal, who: ana, linked: [ana, acme] });
    await until(async () => {
      const stranger = (await meeting('later')).participants.find(({ email }) => email === cast.stranger);
      return stranger?.match.kind === 'unknown'
        ? []
        : [`product: the stranger is ${stranger?.match.kind}, not unknown`];
    });
    const { withheld } = await readAgain(stage);
    const modules = withheld.map((one) => one.module).join();
    if (modules !== 'contacts,leads')
      throw new JourneyFailure(`product: says that ${modules || 'nothing'} is withheld`);
    await sandbox.set({ withheldFields: '' });
    await readAgain(stage);
    await settle();
    await expect('call', { state: 'published', what: renewal, who: ana });
  },
};

export const oddOrgs: readonly Journey[] = [privateOrg, mandatoryField, withheldEmails];
