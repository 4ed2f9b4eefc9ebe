import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator } from '../../simulator/start-simulator.ts';

const usage = `Measures the simulated Zoho CRM, over HTTP, one call after the other.

  bench simulator [--seed DIR]… [--state] [--calls N]

  --seed DIR   a CRM to load, by default the sample data beside the repository when it is there; may be repeated
  --state      also with the state kept in a folder (every write goes to a journal)
  --calls N    calls of each kind (default 400)

The last line of standard output is the result as JSON: milliseconds at the median, at the 95th and 99th of a hundred, the longest.
`;

type Figures = { p50: number; p95: number; p99: number; max: number };
type Call = { method: string; path: string; body?: unknown; expect: number };

/** Sorted times in figures of two decimals. */
function figuresOf(times: number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 100) / 100;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Connects as a client does and gives the way to make calls; a call that is answered otherwise than expected throws. */
async function connect(place: {
  accounts: string;
  api: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
}) {
  const scope =
    'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ,ZohoCRM.coql.READ,ZohoSearch.securesearch.READ';
  const granted = await fetch(`${place.accounts}/sandbox/grants`, { method: 'POST', body: JSON.stringify({ scope }) });
  const { code } = (await granted.json()) as { code: string };
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: place.clientId,
    client_secret: place.clientSecret,
    redirect_uri: place.redirectUri,
    code,
  });
  const answer = await fetch(`${place.accounts}/oauth/v2/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return async (call: Call): Promise<{ ms: number; text: string }> => {
    const before = performance.now();
    const response = await fetch(`${place.api}/crm/v8${call.path}`, {
      method: call.method,
      headers: { authorization: `Zoho-oauthtoken ${token}` },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    const ms = performance.now() - before;
    if (response.status !== call.expect)
      throw new Error(`${call.method} ${call.path}: ${response.status} ${text.slice(0, 300)}`);
    return { ms, text };
  };
}

const idsOf = (text: string): string[] => (JSON.parse(text) as { data: { id: string }[] }).data.map((row) => row.id);
const addressesOf = (text: string): string[] =>
  (JSON.parse(text) as { data: { Email: string | null }[] }).data.flatMap((row) => {
    // Some addresses of a CRM are not fit for a query.
    return row.Email && /^[\w.+-]+@[\w.-]+$/.test(row.Email) ? [row.Email] : [];
  });

/** The kinds of call that are measured, each with the call number `i` of its kind. */
function kindsOf(
  ids: readonly string[],
  accounts: readonly string[],
  addresses: readonly string[],
): Record<string, (i: number) => Call> {
  const one = (list: readonly string[], i: number) => list[i % list.length] ?? '';
  const query = (select_query: string): Call => ({
    method: 'POST',
    path: '/coql',
    body: { select_query },
    expect: 200,
  });
  return {
    getRecord: (i) => ({ method: 'GET', path: `/Contacts/${one(ids, i)}`, expect: 200 }),
    insertRecord: (i) => ({
      method: 'POST',
      path: '/Contacts',
      body: {
        data: [{ Last_Name: `Bench ${i}`, Email: `bench${i}@bench.example`, Account_Name: { id: one(accounts, i) } }],
        trigger: [],
      },
      expect: 201,
    }),
    updateRecord: (i) => ({
      method: 'PUT',
      path: `/Contacts/${one(ids, i)}`,
      body: { data: [{ Title: `Bench ${i}` }], trigger: [] },
      expect: 200,
    }),
    insertEvent: (i) => ({
      method: 'POST',
      path: '/Events',
      body: {
        data: [
          {
            Event_Title: `Bench ${i}`,
            Start_DateTime: '2026-01-05T10:00:00Z',
            End_DateTime: '2026-01-05T11:00:00Z',
            What_Id: { id: one(accounts, i) },
            $se_module: 'Accounts',
            Participants: [{ type: 'contact', participant: one(ids, i), invited: false }],
          },
        ],
        trigger: [],
      },
      expect: 201,
    }),
    list200: (i) => ({
      method: 'GET',
      path: `/Contacts?fields=Last_Name,First_Name,Email,Account_Name,Owner,Modified_Time&per_page=200&page=${(i % 5) + 1}`,
      expect: 200,
    }),
    list200ByModifiedTime: () => ({
      method: 'GET',
      path: '/Contacts?fields=Last_Name,Email&sort_by=Modified_Time&sort_order=desc&per_page=200',
      expect: 200,
    }),
    coqlByEmail: (i) =>
      query(`select Last_Name, Account_Name.Account_Name from Contacts where Email = '${one(addresses, i)}'`),
    coqlDelta: () =>
      query(
        "select id, Last_Name from Contacts where Modified_Time >= '2021-01-01T00:00:00Z' order by Modified_Time asc, id asc limit 200",
      ),
    contactsOfAccount: (i) => ({
      method: 'GET',
      path: `/Accounts/${one(accounts, i)}/Contacts?fields=Last_Name`,
      expect: 200,
    }),
    searchByEmail: (i) => ({
      method: 'GET',
      path: `/Contacts/search?email=${encodeURIComponent(one(addresses, i))}`,
      expect: 200,
    }),
  };
}

/** Loads a CRM, warms up, measures; the first call of each kind is told apart. */
async function measure(seed: string, state: string | undefined, calls: number) {
  const before = performance.now();
  const simulator = await startSimulator({ seed, edition: 'ultimate', ...(state === undefined ? {} : { state }) });
  const seconds = (performance.now() - before) / 1000;
  try {
    const send = await connect(simulator);
    // What is searched for has been changed just now.
    simulator.world.switches.set({ searchDelaySeconds: 0 });
    const accountPage = (
      await send({
        method: 'POST',
        path: '/coql',
        body: { select_query: 'select Account_Name, Email from Contacts where Account_Name is not null limit 200' },
        expect: 200,
      })
    ).text;
    const accounts = (JSON.parse(accountPage) as { data: { Account_Name: { id: string } }[] }).data.map(
      (row) => row.Account_Name.id,
    );
    const page = (await send({ method: 'GET', path: '/Contacts?fields=Email&per_page=200', expect: 200 })).text;
    const figures: Record<string, Figures & { first: number }> = {};
    for (const [kind, callOf] of Object.entries(kindsOf(idsOf(page), accounts, addressesOf(page)))) {
      const first = (await send(callOf(0))).ms;
      const times: number[] = [];
      const started = performance.now();
      // A kind that is slow by nature does not hold up the others.
      for (let i = 1; i <= calls && performance.now() - started < 20_000; i++) times.push((await send(callOf(i))).ms);
      figures[kind] = { first: Math.round(first * 100) / 100, ...figuresOf(times) };
      process.stdout.write(`${kind.padEnd(24)} ${JSON.stringify(figures[kind])}\n`);
    }
    const { seeded } = simulator;
    const megabytes = Math.round(process.memoryUsage().rss / 1024 / 1024);
    return {
      seed: path.basename(seed),
      kept: state !== undefined,
      seeded,
      seconds: Math.round(seconds * 10) / 10,
      recordsPerSecond: Math.round(seeded / seconds),
      megabytes,
      figures,
    };
  } finally {
    await simulator.stop();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', multiple: true },
      state: { type: 'boolean' },
      calls: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const sample = path.resolve('../shared/data');
  const seeds = values.seed ?? (fs.existsSync(sample) ? [sample] : []);
  const calls = Number(values.calls ?? 400);
  if (values.help || seeds.length === 0 || !Number.isInteger(calls) || calls < 1) {
    process.stdout.write(seeds.length === 0 ? `There is no sample data; name a CRM with --seed.\n\n${usage}` : usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const runs: unknown[] = [];
  for (const seed of seeds) {
    for (const isKept of values.state ? [false, true] : [false]) {
      const state = isKept ? fs.mkdtempSync(path.join(os.tmpdir(), 'simulator-bench-')) : undefined;
      runs.push(await measure(path.resolve(seed), state, calls));
      if (state) fs.rmSync(state, { recursive: true, force: true });
    }
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const machine = {
    cpus: os.cpus().length,
    cpu: os.cpus()[0]?.model ?? 'unknown',
    loadAverage: os.loadavg(),
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify({ bench: 'simulator', commit, machine, calls, runs })}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
