import type { SandboxAddress } from '../demo/start-product.ts';
import type { User } from './cast.ts';
import { requestJson } from './request-json.ts';
import { type Json, type ShownEvent, type ShownNote, toEvent, toNote } from './shown-in-zoho.ts';

export type LedgerRow = { seq: number; at: string; method: string; path: string; status: number; credits: number };

export type Mail = { at: string; to: string; cause: string; recordId: string };

export type FaultRule = {
  match?: { method?: string; path?: string; module?: string };
  kind: string;
  count?: number;
  probability?: number;
  [more: string]: unknown;
};

/** One thing that a person does in Zoho itself; the keys of each `do` stand in the sandbox's documentation. */
export type Act = { do: string; [key: string]: unknown };

/** The sandbox of a run, by its control calls alone: they cost no credits and no right withholds anything from them. */
export type SandboxSide = {
  address: SandboxAddress;
  /** People do this in Zoho, all of it or nothing; answers the ids of the records. */
  act(by: User, ...acts: Act[]): Promise<string[]>;
  /** Changes a record on the sandbox's own page, as a person with a browser does. `page`: the record's address. */
  editPage(page: string, by: User, fields: Record<string, string>): Promise<void>;
  /** One control call, `/sandbox/<name>`. */
  control<T>(method: string, name: string, body?: unknown): Promise<T>;
  ledgerSince(seq: number): Promise<LedgerRow[]>;
  /** Number of the newest API call. */
  lastCall(): Promise<number>;
  mails(): Promise<Mail[]>;
  fault(...rules: FaultRule[]): Promise<void>;
  heal(): Promise<void>;
  set(switches: Record<string, unknown>): Promise<void>;
  records(module: string, ids?: readonly string[]): Promise<Json[]>;
  events(): Promise<ShownEvent[]>;
  notes(): Promise<ShownNote[]>;
};

/** `externalField` gives the api name of the field on Events that holds the meeting's id, once the product is connected. */
export function openSandboxSide(address: SandboxAddress, externalField: () => Promise<string>): SandboxSide {
  const { accounts } = address;
  const control = <T>(method: string, name: string, body?: unknown) =>
    requestJson<T>(method, `${accounts}/sandbox/${name}`, body);
  const ledgerSince = async (seq: number) => (await control<{ rows: LedgerRow[] }>('GET', `ledger?since=${seq}`)).rows;
  const records = (module: string, ids?: readonly string[]) => readRecords(control, module, ids);
  let known = 0;
  return {
    address,
    control,
    ledgerSince,
    records,
    act: async (by, ...acts) => {
      const body = { acts: acts.map((one) => ({ as: by.email, ...one })) };
      const done = await control<{ acts: { id: string | null }[] }>('POST', 'acts', body);
      return done.acts.map(({ id }) => id ?? '');
    },
    editPage,
    lastCall: async () => {
      known = (await ledgerSince(known)).at(-1)?.seq ?? known;
      return known;
    },
    mails: async () => (await control<{ mails: Mail[] }>('GET', 'mails')).mails,
    fault: async (...rules) => void (await control('POST', 'faults', { rules })),
    heal: async () => void (await control('DELETE', 'faults')),
    set: async (switches) => void (await control('POST', 'switches', switches)),
    events: async () => {
      const field = await externalField();
      return (await records('Events')).map((record) => toEvent(record, field));
    },
    notes: async () => (await records('Notes')).map(toNote),
  };
}

async function readRecords(
  control: SandboxSide['control'],
  module: string,
  ids: readonly string[] | undefined,
): Promise<Json[]> {
  const rows: Json[] = [];
  for (let page = 1; ; page++) {
    const query = new URLSearchParams({ module, page: String(page), perPage: '2000' });
    if (ids !== undefined) query.set('ids', ids.join(','));
    const { data, more } = await control<{ data: Json[]; more: boolean }>('GET', `records?${query}`);
    rows.push(...data);
    if (!more) return rows;
  }
}

async function editPage(page: string, by: User, fields: Record<string, string>): Promise<void> {
  const answer = await fetch(page, {
    method: 'POST',
    headers: { origin: new URL(page).origin, cookie: `sandbox_viewer=${by.id}` },
    body: new URLSearchParams({ do: 'update', ...fields }),
    redirect: 'manual',
  });
  const text = await answer.text();
  if (answer.headers.get('location') !== null) return;
  const words = text.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  throw new Error(`The sandbox's page ${page} refused ${by.name}: ${words.slice(0, 300)}`);
}
