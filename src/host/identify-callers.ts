import type { FastifyRequest } from 'fastify';
import { findLiveApiKey, findMembership, insertMember } from '../db/queries/organizations.ts';
import type { Sql } from '../db/sql.ts';
import { hashApiKey } from '../features/people/create-api-key.ts';
import type { Caller } from '../http/caller.ts';
import type { PeopleAuth } from './people-auth.ts';

export type CallerPorts = { db: Sql; auth: PeopleAuth; organizationId: string; now: () => Date };

/** Who calls: by API key, else by session cookie, else nobody. A redeemed sign-in link makes its person owner of the first organization. */
export function identifyCallers(ports: CallerPorts): {
  identify(request: FastifyRequest): Promise<Caller | null>;
  redeem(token: string): Promise<string[] | null>;
} {
  return {
    async identify(request) {
      const { authorization, cookie } = request.headers;
      const key = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
      if (key !== undefined) return identifyKey(ports, key);
      return cookie === undefined ? null : identifyPerson(ports, cookie);
    },
    async redeem(token) {
      const redeemed = await ports.auth.redeem(token);
      if (redeemed === null) return null;
      const { userId, cookies } = redeemed;
      await insertMember(ports.db, {
        organizationId: ports.organizationId,
        userId,
        role: 'owner',
        joinedAt: ports.now(),
      });
      return cookies;
    },
  };
}

async function identifyKey(ports: CallerPorts, key: string): Promise<Caller | null> {
  const row = await findLiveApiKey(ports.db, hashApiKey(key), ports.now());
  return row === null ? null : { kind: 'key', organizationId: row.organizationId, name: row.name, scopes: row.scopes };
}

async function identifyPerson(ports: CallerPorts, cookie: string): Promise<Caller | null> {
  const session = await ports.auth.findSession(new Headers({ cookie }));
  if (session === null) return null;
  const membership = await findMembership(ports.db, session.userId);
  if (membership === null) return null;
  const { userId, name, email } = session;
  return { kind: 'person', organizationId: membership.organizationId, userId, name, email, role: membership.role };
}
