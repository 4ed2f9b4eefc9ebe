import fs from 'node:fs';
import type { AccountsRequest } from '../accounts/handle-accounts.ts';
import { type Reply, ZohoFailure } from '../http/failure.ts';
import { isOwnHost, namesForeignOrigin } from '../http/is-foreign.ts';
import { formParameters } from '../http/read-body.ts';
import { deliverNotifications } from '../world/deliver-notifications.ts';
import type { Module, Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { binPage, nowhere, restoreFromPage } from './bin-page.ts';
import { createPage } from './edit-forms.ts';
import { endFromPage } from './end-record.ts';
import { framed, goTo, type Page, pageHeaders } from './frame.ts';
import { homePage } from './home-page.ts';
import { html } from './html.ts';
import { ledgerPage } from './ledger-page.ts';
import { listPage } from './list-page.ts';
import { addParticipant, removeParticipant } from './participants.ts';
import { changePeopleFromPage, peoplePage } from './people-page.ts';
import { type Refusal, recordPage } from './record-page.ts';
import {
  changeClock,
  changeFaults,
  clockPage,
  control,
  faultsPage,
  mailsPage,
  setSwitch,
  switchesPage,
} from './tool-pages.ts';
import { findViewer, moduleOfTab, modulePath, recordPath, type Visit } from './visit.ts';
import { addContactRole, changeRecord, createRecord, removeContactRole, removeRecord } from './write-record.ts';

const assets: Record<string, string> = {
  'style.css': 'text/css;charset=UTF-8',
  'pages.js': 'text/javascript;charset=UTF-8',
  'icon.svg': 'image/svg+xml',
};

/** Answers the people's pages of an accounts origin; undefined for every other path. Page views are no calls of the API. */
export async function handlePages(world: World, dc: DataCentre, request: AccountsRequest): Promise<Reply | undefined> {
  const { path, method } = request;
  const isOurs = path === '/' || path.startsWith('/crm/') || path.startsWith('/sandbox/ui/');
  if (!isOurs || !['GET', 'HEAD', 'POST'].includes(method)) return undefined;
  const asset = /^\/sandbox\/ui\/([a-z.]+)$/.exec(path)?.[1] ?? '';
  if (method !== 'POST' && assets[asset] !== undefined) return sendAsset(asset);
  const visit = visitOf(world, dc, request);
  try {
    if (method !== 'POST') return framed(visit, await show(visit));
    if (isForeign(dc, request)) return framed(visit, refuseForeign());
    const reply = await post(visit);
    world.store.commit();
    deliverNotifications(world);
    return reply;
  } catch (error) {
    return framed(visit, failure(error));
  }
}

const address = /^\/crm(?:\/org(\d+))?\/(?:tab\/([A-Za-z_]+)(?:\/([A-Za-z0-9]+))?|(recycle-bin))\/?$/;

function visitOf(world: World, dc: DataCentre, request: AccountsRequest): Visit {
  const viewer = findViewer(dc, request);
  const zgid = address.exec(request.path)?.[1] ?? request.query.get('org');
  return {
    world,
    dc,
    org: orgOf(dc, zgid),
    viewer,
    zone: String(viewer.time_zone ?? 'UTC'),
    path: request.path,
    query: request.query,
    form:
      request.method === 'POST'
        ? formParameters(request.headers['content-type'] ?? '', request.body)
        : new URLSearchParams(),
  };
}

function orgOf(dc: DataCentre, zgid: string | null | undefined): Org {
  const named = [...dc.orgs.values()].find((org) => org.zgid === zgid);
  const org = named ?? dc.orgs.get('production');
  if (!org) throw new Error(`The data centre ${dc.key} has no production org`);
  return org;
}

type Place = { module: Module; id: string | undefined } | 'bin' | undefined;

/** Where an address under /crm leads; undefined for an unknown org or module. */
function placeOf(visit: Visit): Place {
  const parts = address.exec(visit.path);
  if (!parts || (parts[1] !== undefined && parts[1] !== visit.org.zgid)) return undefined;
  if (parts[4] !== undefined) return 'bin';
  const module = moduleOfTab(visit.org, parts[2] ?? '');
  return module && { module, id: parts[3] };
}

async function show(visit: Visit): Promise<Page> {
  if (visit.path === '/') return homePage(visit);
  if (visit.path.startsWith('/crm/')) return showRecords(visit);
  const tool = visit.path.slice('/sandbox/ui/'.length);
  if (tool === 'ledger') return ledgerPage(visit);
  if (tool === 'mails') return mailsPage(visit);
  if (tool === 'switches') return switchesPage(visit);
  if (tool === 'faults') return faultsPage(visit);
  if (tool === 'clock') return clockPage(visit);
  if (tool === 'people') return peoplePage(visit);
  return nowhere(visit);
}

async function showRecords(visit: Visit): Promise<Page> {
  const place = placeOf(visit);
  if (place === undefined) return nowhere(visit);
  if (place === 'bin') return binPage(visit);
  const { module, id } = place;
  if (id === undefined) return listPage(visit, module);
  if (id === 'new') return createPage(visit, module);
  const row = module.records.get(id);
  return row ? recordPage(visit, module, row) : nowhere(visit, module.apiName, id);
}

async function post(visit: Visit): Promise<Reply> {
  if (visit.path.startsWith('/crm/')) return postRecord(visit);
  const tool = visit.path.slice('/sandbox/ui/'.length);
  if (tool === 'switches') return setSwitch(visit);
  if (tool === 'faults') return changeFaults(visit);
  if (tool === 'clock') return changeClock(visit);
  if (tool === 'people') return changePeopleFromPage(visit);
  if (tool === 'reset') {
    control(visit, 'POST', 'reset');
    return goTo('/');
  }
  return framed(visit, nowhere(visit));
}

async function postRecord(visit: Visit): Promise<Reply> {
  const place = placeOf(visit);
  if (place === 'bin') return restoreFromPage(visit);
  if (place === undefined || place.id === undefined) return framed(visit, nowhere(visit));
  const { module, id } = place;
  if (id === 'new') {
    const made = createRecord(visit, module);
    if ('refusal' in made) return framed(visit, createPage(visit, module, made.refusal));
    return goTo(`${recordPath(visit.org, module.apiName, made.row.id)}?done=made`);
  }
  const row = module.records.get(id);
  if (!row) return framed(visit, nowhere(visit, module.apiName, id));
  const path = recordPath(visit.org, module.apiName, row.id);
  const back = (refusal: Refusal | undefined, done: string): Reply =>
    refusal ? framed(visit, recordPage(visit, module, row, refusal)) : goTo(`${path}?done=${done}`);
  const action = visit.form.get('do');
  if (module.apiName === 'Events' && action === 'add-participant')
    return back(addParticipant(visit, module, row), 'people');
  if (module.apiName === 'Events' && action === 'remove-participant')
    return back(removeParticipant(visit, module, row), 'people');
  switch (action) {
    case 'update': {
      const written = changeRecord(visit, module, row);
      if ('refusal' in written) return back(written.refusal, '');
      return goTo(written.row === row ? path : `${path}?done=saved`);
    }
    case 'delete':
      removeRecord(visit, module, row);
      return goTo(modulePath(visit.org, module.apiName));
    case 'merge':
    case 'convert': {
      const ended = endFromPage(visit, module, row);
      return 'reason' in ended ? back(ended, '') : ended;
    }
    case 'add-role':
      return back(addContactRole(visit, row), 'role');
    case 'remove-role':
      return back(removeContactRole(visit, row), 'role');
    default:
      return back({ reason: 'The form does not say what to do. Nothing was changed.' }, '');
  }
}

/**
 * True for a form that another site's page sends: browsers name the page's origin. Other names of this machine are refused
 * as well, since a stranger's name may point here. Clients that are no browsers send neither header.
 */
function isForeign(dc: DataCentre, { headers }: AccountsRequest): boolean {
  if (!isOwnHost(dc.accounts, headers.host ?? new URL(dc.accounts).host)) return true;
  if (headers.origin !== undefined) return namesForeignOrigin(dc.accounts, headers);
  return !['same-origin', 'none', undefined].includes(headers['sec-fetch-site']);
}

function refuseForeign(): Page {
  return refused(403, 'This form came from a page of another site. Nothing was changed.');
}

/** A page for what went wrong, with a way back. */
function failure(error: unknown): Page {
  const status = error instanceof ZohoFailure ? error.status : 500;
  const text = error instanceof Error ? error.message : String(error);
  if (status === 500) process.stderr.write(`simulator: ${error instanceof Error ? error.stack : text}\n`);
  return refused(status, text);
}

function refused(status: number, text: string): Page {
  const body = html`<div class="empty"><h1>This did not work</h1><p>${text}</p><p class="actions"><a class="button" href="/">Start</a></p></div>`;
  return { title: 'This did not work', status, body };
}

function sendAsset(name: string): Reply {
  const bytes = fs.readFileSync(new URL(`./assets/${name}`, import.meta.url));
  return {
    status: 200,
    bytes,
    headers: { ...pageHeaders, 'Content-Type': assets[name] ?? '', 'Cache-Control': 'max-age=60' },
  };
}
