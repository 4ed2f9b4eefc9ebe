import { describe, expect, it } from 'vitest';
import { openConnection } from '../../src/features/open-connection.ts';
import { refreshPreflight } from '../../src/features/preflight/refresh-preflight.ts';
import { saveConstants } from '../../src/features/preflight/save-constants.ts';
import { createTestDatabase } from '../harness/database.ts';
import type { TestProduct } from '../harness/product.ts';
import type { TestServer } from '../harness/server.ts';
import { ALL_SILENT, ask, expectNoTrace, MAILBOX, play, start, startSafe } from './canary-journey.ts';
import { controlSandbox } from './control-sandbox.ts';

const database = await createTestDatabase();

const region = { label: 'Region', type: 'picklist', values: ['North', 'South'] };

const layout = (product: TestProduct, body: object) => controlSandbox(product, 'layout', body);

/** The trial as far as it comes, as its page tells it. */
async function tryOut(product: TestProduct, server: TestServer) {
  expect((await start(server)).statusCode).toBe(202);
  await play(product, server);
  return (await ask(server, 'GET', '')).json();
}

describe('the canary in an org that demands fields', () => {
  it('of events: writes what was given for them', async () => {
    const { product, server } = await startSafe(database);
    await layout(product, { module: 'Events', fields: [region], required: ['Region'] });
    const open = await openConnection(product.ctx, product.gateway());
    await refreshPreflight({ ctx: product.ctx, input: { open } });
    // No activity type has the trial's events: a value that only some types have does for them too.
    const byActivityType = [{ activityType: 'Demo', value: 'South' }];
    await saveConstants({ ctx: product.ctx, input: { field: 'Region', otherwise: null, byActivityType } });
    expect(await tryOut(product, server)).toMatchObject({ modes: ALL_SILENT, run: { state: 'done', problem: null } });
    await expectNoTrace(product);
  });

  it('of events, with nothing given: says which field stops it, and leaves nothing behind', async () => {
    const { product, server } = await startSafe(database);
    await layout(product, { module: 'Events', fields: [region], required: ['Region'] });
    const { modes, safeMode, run } = await tryOut(product, server);
    expect({ modes, safeMode, state: run.state }).toEqual({ modes: null, safeMode: true, state: 'failed' });
    expect(run.problem).toMatch(/demands the field “Region” for every meeting.*Settings > Fields/);
    await expectNoTrace(product);
  });

  it('of contacts: fills them for its own contact with whatever they take', async () => {
    const { product, server } = await startSafe(database);
    const fields = [
      region,
      { label: 'Badge', type: 'text', length: 12, unique: true },
      { label: 'Floor', type: 'integer' },
      { label: 'Since', type: 'date' },
      { label: 'Interests', type: 'multiselectpicklist', values: ['A', 'B'] },
    ];
    const required = ['Region', 'Badge', 'Floor', 'Since', 'Interests', 'Phone', 'Lead_Source'];
    await layout(product, { module: 'Contacts', fields, required });
    product.crm.set({ unknownPickListValue: 'reject' });
    expect(await tryOut(product, server)).toMatchObject({ modes: ALL_SILENT, run: { state: 'done', problem: null } });
    await expectNoTrace(product);
  });

  it('of contacts, of a kind that no trial can fill: says which and what to do', async () => {
    const { product, server } = await startSafe(database);
    await layout(product, { module: 'Contacts', required: ['Account_Name'] });
    const { modes, run } = await tryOut(product, server);
    expect({ modes, state: run.state }).toEqual({ modes: null, state: 'failed' });
    expect(run.problem).toMatch(/demands the field “Account Name” for every contact.*Make it optional/);
    expect(product.crm.records('Contacts').filter(({ Email }) => Email === MAILBOX)).toEqual([]);
    await expectNoTrace(product);
  });

  it('refuses a value by a rule: says so in the words of the rule', async () => {
    const { product, server } = await startSafe(database);
    const rule = { field: 'Event_Title', matches: '^OK', message: 'Titles begin with OK' };
    await layout(product, { module: 'Events', rules: [rule] });
    const { run } = await tryOut(product, server);
    expect(run).toMatchObject({ state: 'failed', problem: expect.stringContaining('Titles begin with OK') });
    await expectNoTrace(product);
  });
});
