import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import { JourneyFailure } from '../stage.ts';

/** Everything that was brought to Zoho is taken out again. */

const MEETINGS = 15;
const OUT_WITHIN_MS = 120_000;

const uninstallKilled: Journey = {
  name: 'uninstall-killed',
  story:
    'Everything is taken out of Zoho; the product is killed on the way: it goes on, and leaves what a person edited.',
  isAlone: true,
  async play({ cast, ingest, bring, event, act, product, sandbox, settle, killAndStart, until, advance }) {
    await bring('edited', [cast.ana]);
    const { id } = await event('edited');
    const fields = { Event_Title: 'As Eva calls it' };
    await act(USERS.editor, { do: 'update', module: 'Events', id, fields });
    for (let at = 0; at < MEETINGS; at++) await ingest(`call-${at}`, [cast.ben]);
    await settle();
    const before = (await sandbox.records('Events')).length;
    const run = await product.owner.call<{ id: string }>('POST', '/undo', { since: new Date(0).toISOString() });
    if ((await sandbox.records('Events')).length !== before) {
      throw new JourneyFailure('Zoho: something went before anybody said so');
    }
    await product.owner.call('POST', `/backfills/${run.id}/start`, {});
    await killAndStart();
    const atKill = (await sandbox.records('Events')).length;
    if (atKill <= 1) throw new JourneyFailure('Everything was out when the product was killed: this proved nothing.');
    await advance(61);
    await until(async () => {
      const { state } = await product.owner.call<{ state: string }>('GET', `/backfills/${run.id}`);
      if (state !== 'undone') await advance(61);
      return state === 'undone' ? [] : [`product: the run is ${state}, should be undone`];
    }, OUT_WITHIN_MS);
    const events = await sandbox.records('Events');
    const titles = events.map(({ Event_Title: title }) => title);
    if (titles.length !== 1 || titles[0] !== fields.Event_Title) {
      throw new JourneyFailure(`Zoho: has the events ${titles.join(', ')}, should have only the one that Eva edited`);
    }
    const notes = await sandbox.records('Notes');
    if (notes.length > 0) throw new JourneyFailure(`Zoho: ${notes.length} notes are left`);
  },
};

export const leaving: readonly Journey[] = [uninstallKilled];
