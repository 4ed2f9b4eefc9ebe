import type { SandboxAddress } from './start-product.ts';

/** What stands in the sandbox, read over its Zoho API with a grant of our own. Records are written `module:id`. */
export type SandboxContent = { events: SandboxEvent[]; notes: SandboxNote[]; mails: number };

export type SandboxEvent = {
  id: string;
  /** The meeting's id in the product, from the external field. */
  meetingId: string | null;
  title: string;
  startsAt: number;
  endsAt: number;
  whatId: string | null;
  whoId: string | null;
  /** Participants that are contacts or leads. */
  people: string[];
  participants: number;
};

export type SandboxNote = {
  id: string;
  parent: string;
  meetingId: string | null;
  slot: string | null;
  content: string;
};

type Json = Record<string, unknown>;
type Reader = (path: string) => Promise<Json | null>;

const SCOPES = 'ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ';
const PER_PAGE = 200;

/** `externalField`: api name of the field on Events that holds the meeting's id. */
export async function readSandbox(
  address: SandboxAddress,
  externalField: string,
  onEvent: (done: number, total: number) => void,
): Promise<SandboxContent> {
  const read = await openReader(address);
  const ids = (await readList(read, 'Events', ['Event_Title'])).map((row) => String(row.id));
  const events: SandboxEvent[] = [];
  for (const id of ids) {
    const record = ((await read(`/crm/v8/Events/${id}`))?.data as Json[] | undefined)?.[0];
    if (record !== undefined) events.push(toEvent(record, externalField));
    onEvent(events.length, ids.length);
  }
  const notes = await readList(read, 'Notes', ['Note_Title', 'Note_Content', 'Parent_Id']);
  const mails = (await (await fetch(`${address.accounts}/sandbox/mails`)).json()) as { mails: unknown[] };
  return { events, notes: notes.map(toNote), mails: mails.mails.length };
}

async function openReader(address: SandboxAddress): Promise<Reader> {
  // The one that the sandbox registers for itself.
  const redirectUri = `${address.accounts}/sandbox/callback`;
  const granted = await fetch(`${address.accounts}/sandbox/grants`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scope: SCOPES, redirectUri }),
  });
  const { code } = (await granted.json()) as { code?: string };
  if (code === undefined) throw new Error(`The sandbox gave no grant (${granted.status}).`);
  const answer = await fetch(`${address.accounts}/oauth/v2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: address.clientId,
      client_secret: address.clientSecret,
      redirect_uri: redirectUri,
      code,
    }),
  });
  const token = (await answer.json()) as { access_token?: string; error?: string };
  if (token.access_token === undefined) throw new Error(`The sandbox gave no token: ${token.error ?? answer.status}`);
  return async (path) => {
    const reply = await fetch(`${address.api}${path}`, {
      headers: { authorization: `Zoho-oauthtoken ${token.access_token}` },
    });
    if (reply.status === 204) return null;
    if (!reply.ok)
      throw new Error(`The sandbox answered ${reply.status} to GET ${path}: ${(await reply.text()).slice(0, 300)}`);
    return (await reply.json()) as Json;
  };
}

async function readList(read: Reader, module: string, fields: string[]): Promise<Json[]> {
  const rows: Json[] = [];
  let next: string | null = null;
  do {
    const query = new URLSearchParams({ fields: fields.join(','), per_page: String(PER_PAGE) });
    if (next !== null) query.set('page_token', next);
    const page: Json | null = await read(`/crm/v8/${module}?${query}`);
    rows.push(...((page?.data as Json[] | undefined) ?? []));
    const info = page?.info as { next_page_token?: string | null } | undefined;
    next = info?.next_page_token ?? null;
  } while (next !== null);
  return rows;
}

function toEvent(record: Json, externalField: string): SandboxEvent {
  const what = record.What_Id as { id: string } | null | undefined;
  const who = record.Who_Id as { id: string } | null | undefined;
  const participants = (record.Participants as { type: string; participant: string }[] | null | undefined) ?? [];
  const meetingId = record[externalField];
  return {
    id: String(record.id),
    meetingId: typeof meetingId === 'string' && meetingId !== '' ? meetingId : null,
    title: String(record.Event_Title),
    startsAt: Date.parse(String(record.Start_DateTime)),
    endsAt: Date.parse(String(record.End_DateTime)),
    whatId: what ? `${String(record.$se_module).toLowerCase()}:${what.id}` : null,
    whoId: who ? `contacts:${who.id}` : null,
    people: participants.flatMap(({ type, participant }) =>
      type === 'contact' || type === 'lead' ? [`${type}s:${participant}`] : [],
    ),
    participants: participants.length,
  };
}

function toNote(record: Json): SandboxNote {
  const parent = record.Parent_Id as { id: string; module: { api_name: string } };
  const content = String(record.Note_Content ?? '');
  const lastLine = content.trimEnd().split('\n').at(-1) ?? '';
  const marker = /salescaling:([^:\s]+):(\S+)$/.exec(lastLine);
  return {
    id: String(record.id),
    parent: `${parent.module.api_name.toLowerCase()}:${parent.id}`,
    meetingId: marker?.[1] ?? null,
    slot: marker?.[2] ?? null,
    content,
  };
}
