import type { Reply } from '../http/failure.ts';
import { environments, isAdministrator, type Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { consentPage, errorPage } from './consent-page.ts';
import { isKnownScope, splitScopes } from './scopes.ts';
import { issueCode } from './tokens.ts';

/** `GET /oauth/v2/auth`: the login and consent page. Source: Zoho Accounts, Web Applications, Authorization. */
export function showConsent(world: World, dc: DataCentre, query: URLSearchParams): Reply {
  const problem = whyNot(world, query);
  if (problem) return { status: 400, html: errorPage(problem) };
  return { status: 200, html: consentPage({ world, dc, query, choices: choicesOf(world, dc) }) };
}

/** The consent form's answer: a redirect with a code, or with the refusal. */
export function answerConsent(world: World, dc: DataCentre, form: URLSearchParams): Reply {
  const problem = whyNot(world, form);
  if (problem) return { status: 400, html: errorPage(problem) };
  const redirectUri = form.get('redirect_uri') ?? '';
  const state = world.switches.isOn('stateEchoed') ? form.get('state') : null;
  if (form.get('decision') !== 'allow') {
    return redirect(redirectUri, { error: world.switches.text('deniedError') }, state);
  }
  const chosen = chooseUser(world, dc, form.get('user') ?? '');
  if (!chosen) return { status: 400, html: errorPage('There is no active user with that name in this data centre.') };
  const environment = environments.find((one) => one === (form.get('environment') ?? 'production'));
  const org = environment && chosen.dc.orgs.get(environment);
  if (!environment || !org) return { status: 400, html: errorPage('Choose production, sandbox or developer.') };
  const user = userIn(org, chosen.email, chosen.dc);
  const code = issueCode(world, {
    dc: chosen.dc.key,
    environment,
    userId: user,
    scope: splitScopes(form.get('scope') ?? '').join(','),
    redirectUri,
    isOffline: form.get('access_type') === 'offline',
    isConsentForced: form.get('prompt') === 'consent',
    ...challengeOf(form),
  });
  return redirect(redirectUri, { code, location: chosen.dc.key, 'accounts-server': chosen.dc.accounts }, state);
}

/** People who may consent: active users, administrators first. */
export type Choice = { value: string; label: string };

function choicesOf(world: World, here: DataCentre): Choice[] {
  const dcs = [here, ...world.dcs.filter((dc) => dc !== here)];
  return dcs.flatMap((dc) => {
    const org = dc.orgs.get('production');
    if (!org) return [];
    const people = [...org.users.rows()].filter((user) => user.status === 'active').slice(0, 1000);
    const rank = (isAdmin: boolean) => (isAdmin ? 0 : 1);
    people.sort((a, b) => rank(isAdministrator(org, a)) - rank(isAdministrator(org, b)));
    return people.map((user) => ({
      value: `${dc.key}:${user.email}`,
      label: `${user.full_name} <${user.email}>${isAdministrator(org, user) ? ', administrator' : ''}${world.dcs.length > 1 ? `, ${dc.key}` : ''}`,
    }));
  });
}

function chooseUser(world: World, here: DataCentre, text: string): { dc: DataCentre; email: string } | undefined {
  const named = /^([a-z]+):(.+)$/.exec(text);
  const dc = named ? world.dcs.find((one) => one.key === named[1]) : here;
  if (!dc) return undefined;
  const email = named?.[2] ?? text;
  const org = dc.orgs.get('production');
  const chosen = email === '' ? org && defaultUser(org) : org?.users.find('email', email.toLowerCase())[0];
  return chosen?.status === 'active' ? { dc, email: String(chosen.email) } : undefined;
}

/** Who consents when nobody is named: the first active administrator. */
export function defaultUser(org: Org) {
  for (const user of org.users.rows()) if (user.status === 'active' && isAdministrator(org, user)) return user;
  return undefined;
}

/** The person's id in that org; sandbox and developer orgs get to know people at their first visit. */
export function userIn(org: Org, email: string, dc: DataCentre): string {
  const known = org.users.find('email', email.toLowerCase())[0];
  if (known) return known.id;
  const production = dc.orgs.get('production');
  const original = production?.users.find('email', email.toLowerCase())[0];
  const id = org.nextId();
  const isAdmin = !!production && !!original && isAdministrator(production, original);
  org.users.put({
    ...original,
    id,
    profile: org.fixedId(isAdmin ? 11 : 12),
    role: org.fixedId(isAdmin ? 21 : 22),
  });
  return id;
}

function whyNot(world: World, query: URLSearchParams): string | undefined {
  if (query.get('client_id') !== world.client.id) return 'Invalid client: no client has that client_id.';
  if (!isRegistered(world, query.get('redirect_uri') ?? '')) {
    return 'Invalid redirect URI: redirect_uri is not registered for this client.';
  }
  if (query.get('response_type') !== 'code') return 'Invalid response type: response_type must be code.';
  if (query.has('code_challenge') && world.switches.text('pkce') === 'refused') {
    return 'Invalid request: code_challenge is not accepted for this client type.';
  }
  const scopes = splitScopes(query.get('scope') ?? '');
  const unknown = scopes.find((scope) => !isKnownScope(scope));
  if (scopes.length === 0 || unknown) return `Invalid OAuth scope: ${unknown ?? 'scope is empty'}.`;
  return undefined;
}

/** True when the address is registered, to the letter. */
export function isRegistered(world: World, redirectUri: string): boolean {
  const printed = world.dcs.map((dc) => `${dc.accounts}/sandbox/callback`);
  return world.client.redirectUris.includes(redirectUri) || printed.includes(redirectUri);
}

function challengeOf(form: URLSearchParams): { challenge?: string; challengeMethod?: string } {
  const challenge = form.get('code_challenge');
  if (!challenge) return {};
  return { challenge, challengeMethod: form.get('code_challenge_method') ?? 'plain' };
}

function redirect(to: string, parameters: Record<string, string>, state: string | null): Reply {
  const address = new URL(to);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  if (state !== null) address.searchParams.set('state', state);
  return { status: 302, headers: { Location: address.toString() } };
}
