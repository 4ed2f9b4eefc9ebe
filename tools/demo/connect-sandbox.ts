import type { Browser } from './browser.ts';
import type { DemoOptions } from './read-options.ts';

type Card = {
  state: string;
  problem: string | null;
  firstLoad: {
    state: string;
    error: string | null;
    steps: { module: string; loaded: number; total: number | null }[];
  } | null;
};

/** What the organization of the demo decides, beside what the product chose. */
export type OrganizationSettings = {
  internalDomains: string[];
  freeMailDomains: string[] | null;
  smartCategoryOrder: string[] | null;
};

/** Makes the browser the owner of the organization by the one-time link. */
export async function signIn(browser: Browser, link: string): Promise<void> {
  await browser.open(link);
  await browser.call('GET', '/session');
}

/** Sets what the options and the data folder say; the rest of the settings stays. */
export async function applySettings(browser: Browser, options: DemoOptions, data: OrganizationSettings): Promise<void> {
  const { userDomains: _derived, ...settings } = await browser.call<Record<string, unknown>>('GET', '/settings');
  await browser.call('PUT', '/settings', {
    ...settings,
    cascade: options.policy,
    publish: options.publish,
    noteCap: options.cap,
    internalDomains: data.internalDomains,
    ...(data.freeMailDomains !== null && { freeMailDomains: data.freeMailDomains }),
    ...(data.smartCategoryOrder !== null && { smartCategoryOrder: data.smartCategoryOrder }),
  });
}

/** Which button leads to the consent page. */
export type BeginConnect = { path: string; body?: Record<string, unknown> };
const CONNECT: BeginConnect = { path: '/integrations/zoho/connect' };

/** Connects as a person does: Connect, the consent page, its button, and back. `as`: the e-mail of the Zoho user, else the first. */
export async function connectSandbox(browser: Browser, as?: string, begin: BeginConnect = CONNECT): Promise<void> {
  const { authorizeUrl } = await browser.call<{ authorizeUrl: string }>('POST', begin.path, begin.body);
  const consent = await browser.open(authorizeUrl);
  if (consent.status !== 200)
    throw new Error(`The consent page answered ${consent.status}: ${consent.text.slice(0, 300)}`);
  const { action, fields } = readForm(consent);
  fields.set('decision', 'allow');
  // A choice is written `data centre:e-mail`.
  if (as !== undefined) fields.set('user', (fields.get('user') ?? '').replace(/[^:]*$/, as));
  const back = await browser.submit(action, fields);
  const refused = new URL(back.url).searchParams.get('connect_error');
  if (refused !== null || back.status >= 400) {
    throw new Error(`Connecting failed: ${refused ?? `${back.url} answered ${back.status}`}`);
  }
}

/** One look at the card: true once the first load is done. Throws when it failed. */
export async function isLoaded(browser: Browser): Promise<{ isDone: boolean; loaded: number }> {
  const card = await browser.call<Card>('GET', '/integrations/zoho');
  if (card.firstLoad?.state === 'failed')
    throw new Error(`The first load failed: ${card.firstLoad.error ?? card.problem}`);
  if (!['connected', 'connecting'].includes(card.state))
    throw new Error(`The connection is ${card.state}: ${card.problem}`);
  const loaded = (card.firstLoad?.steps ?? []).reduce((sum, step) => sum + step.loaded, 0);
  return { isDone: card.state === 'connected' && card.firstLoad?.state === 'done', loaded };
}

/** What a browser would send if nobody touched the form: hidden fields, the first choice of each list, what is checked. */
function readForm(page: { url: string; text: string }): { action: string; fields: URLSearchParams } {
  const form = /<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/.exec(page.text);
  if (form === null) throw new Error('The consent page has no form.');
  const [, action = '', inner = ''] = form;
  const fields = new URLSearchParams();
  for (const [tag] of inner.matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name !== null && (!/type="(radio|checkbox)"/.test(tag) || /\schecked/.test(tag))) {
      fields.append(name, attribute(tag, 'value') ?? '');
    }
  }
  for (const [, open = '', options = ''] of inner.matchAll(/<select([^>]*)>([\s\S]*?)<\/select>/g)) {
    const name = attribute(open, 'name');
    const first = /<option[^>]*>/.exec(options)?.[0];
    if (name !== null && first !== undefined) fields.append(name, attribute(first, 'value') ?? '');
  }
  return { action: new URL(unescapeHtml(action), page.url).href, fields };
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? null : unescapeHtml(found);
}

function unescapeHtml(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(lt|gt|quot|apos);/g, (_all, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '')
    .replaceAll('&amp;', '&');
}
