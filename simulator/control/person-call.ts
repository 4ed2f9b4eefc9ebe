import { defaultUser, userIn } from '../accounts/authorize.ts';
import type { Call } from '../api/call.ts';
import type { Row } from '../store/table.ts';
import { personClient } from '../world/actors.ts';
import { type Environment, environments, type Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { zohoNow } from '../world/zoho-now.ts';

/** An org of a data centre by its environment; production unless named, undefined for an unknown one. */
export function orgNamed(dc: DataCentre, environment: unknown): Org | undefined {
  const named = environments.find((one): one is Environment => one === (environment ?? 'production'));
  return named && dc.orgs.get(named);
}

/** The active user with that address, else (without one) the first administrator; undefined when there is none. */
export function personNamed(dc: DataCentre, org: Org, email: unknown): Row | undefined {
  const production = dc.orgs.get('production');
  if (!production) return undefined;
  const user =
    email === undefined
      ? defaultUser(production)
      : production.users.find('email', String(email).trim().toLowerCase())[0];
  return user?.status === 'active' ? org.users.get(userIn(org, String(user.email), dc)) : undefined;
}

/** A call without a token, as a person makes it in Zoho's own pages: all scopes, the user's own permissions, no credits. */
export function personCall(world: World, org: Org, user: Row, more: Partial<Call> = {}): Call {
  return {
    world,
    org,
    user,
    scopes: ['ZohoCRM.modules.ALL', 'ZohoCRM.settings.ALL', 'ZohoCRM.users.ALL', 'ZohoCRM.org.ALL'],
    client: personClient,
    version: 8,
    method: 'POST',
    path: '/sandbox',
    parts: {},
    query: new URLSearchParams(),
    headers: {},
    bodyText: '',
    now: Math.floor(zohoNow(world) / 1000) * 1000,
    isComposite: false,
    ...more,
  };
}
