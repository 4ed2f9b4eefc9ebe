import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { behaviourRows } from './behaviour-rows.ts';
import { type Client, create, send, startConnected } from './sandbox-client.ts';

/**
 * The same table runs against a live developer org when ZOHO_LIVE_API (https://www.zohoapis.com) and ZOHO_LIVE_TOKEN
 * (an access token with all scopes) are set; it leaves its records behind.
 */
const live = { api: process.env.ZOHO_LIVE_API, token: process.env.ZOHO_LIVE_TOKEN };

const rows = behaviourRows.filter((row) => !live.token || !row.isSimulatorOnly);
if (rows.length < behaviourRows.length) {
  process.stderr.write(
    `skipped on a live org: ${behaviourRows.length - rows.length} rows that only a simulator can show\n`,
  );
}

let simulator: Simulator | undefined;
let client: Pick<Client, 'call'>;
const prepared: Record<string, string> = {};

beforeAll(async () => {
  client = live.api && live.token ? liveClient(live.api, live.token) : await simulated();
  const fields = [
    ['Events', { field_label: 'Our ID', data_type: 'text', length: 100, external: { type: 'org', show: false } }],
    ['Contacts', { field_label: 'Badge', data_type: 'text', length: 50, unique: { case_sensitive: false } }],
  ] as const;
  for (const [module, field] of fields)
    await client.call('POST', `/settings/fields?module=${module}`, { fields: [field] });
  const make = async (name: string, module: string, record: Record<string, unknown>) => {
    prepared[name] = await create(client as Client, module, record);
  };
  await make('account', 'Accounts', { Account_Name: 'Acme' });
  await make('contact', 'Contacts', {
    First_Name: 'Ana',
    Last_Name: 'Pérez',
    Email: 'ana@acme.example',
    Account_Name: { id: prepared.account },
    Badge: 'B-1',
  });
  await make('spare', 'Contacts', { Last_Name: 'Spare' });
  await make('lead', 'Leads', { Last_Name: 'Lead', Company: 'New Co' });
  await make('deal', 'Deals', {
    Deal_Name: 'Renewal',
    Stage: 'Qualification',
    Amount: 1000,
    Account_Name: { id: prepared.account },
  });
  await make('event', 'Events', {
    Event_Title: 'Prepared',
    Start_DateTime: '2026-02-01T10:00:00+01:00',
    End_DateTime: '2026-02-01T11:00:00+01:00',
    Our_ID: 'ext-1',
    Who_Id: { id: prepared.contact },
    What_Id: { id: prepared.deal },
    $se_module: 'Deals',
    Participants: [{ type: 'contact', participant: prepared.contact, invited: false }],
  });
  await make('note', 'Notes', {
    Parent_Id: { module: { api_name: 'Deals' }, id: prepared.deal },
    Note_Title: 'Title',
    Note_Content: 'Content',
  });
});
afterAll(async () => {
  await simulator?.stop();
});

async function simulated(): Promise<Client> {
  const started = await startConnected();
  simulator = started.simulator;
  return started.client;
}

function liveClient(api: string, token: string): Pick<Client, 'call'> {
  return {
    call: (method, path, body, headers = {}) =>
      send(path.startsWith('/crm/') ? api + path : `${api}/crm/v8${path}`, {
        method,
        headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
  };
}

const fill = <T>(value: T): T => {
  const text = JSON.stringify(value).replace(
    /\{(account|contact|spare|lead|deal|event|note)\}/g,
    (_whole, name: string) => prepared[name] ?? '',
  );
  return JSON.parse(text) as T;
};

/** Compares what is named: texts, patterns, objects by their named keys, lists by position, `$has` anywhere in a list. */
function check(actual: unknown, expected: unknown, at: string): void {
  if (expected instanceof RegExp) expect(String(actual), at).toMatch(expected);
  else if (typeof expected === 'string') expect(actual, at).toBe(fill(expected));
  else if (typeof expected !== 'object' || expected === null) expect(actual, at).toBe(expected);
  else if ('$has' in expected) {
    const ids = (actual as { id: string }[]).map((row) => row.id);
    expect(ids, at).toContain(fill(String(expected.$has)));
  } else {
    expect(actual, at).toBeTypeOf('object');
    for (const [key, value] of Object.entries(expected)) {
      check((actual as Record<string, unknown> | null)?.[key], value, `${at}.${key}`);
    }
  }
}

describe('documented behaviour', () => {
  test.each(rows.map((row) => [`${row.source}: ${row.what}`, row] as const))('%s', async (_name, row) => {
    const body = row.body === undefined ? undefined : typeof row.body === 'string' ? fill(row.body) : fill(row.body);
    const headers = { ...row.headers };
    const answer = await client.call(row.method, fill(row.path), body, headers);
    expect(answer.status, JSON.stringify(answer.body)?.slice(0, 500)).toBe(row.status);
    if (row.answer === undefined) return;
    check(answer.body, row.answer, '$');
  });
});
