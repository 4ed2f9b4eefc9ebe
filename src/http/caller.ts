import type { FastifyRequest } from 'fastify';
import type { MemberRole } from '../db/queries/organizations.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../features/context.ts';

/** Who calls: a person with a session, or a machine with a key. Both belong to one organization. */
export type Caller =
  | { kind: 'person'; organizationId: string; userId: string; name: string; email: string; role: MemberRole }
  | { kind: 'key'; organizationId: string; name: string; scopes: string[] };

export type Identify = (request: FastifyRequest) => Promise<Caller | null>;

/** Who may bring meetings in may also see what became of them. */
const IMPLIED: Record<string, string[]> = { 'meetings:write': ['meetings:read'] };

const RANK: Record<MemberRole, number> = { read_only: 0, regular: 1, admin: 2, owner: 3 };

/** The person who calls, if their role reaches. Throws `unauthorized` or `forbidden`, each with what to do. */
export function personCaller(caller: Caller | null, atLeast: MemberRole): Extract<Caller, { kind: 'person' }> {
  if (caller === null) {
    throw new AppError(
      'unauthorized',
      'You are not signed in. Open the sign-in link that `npm start` printed, or make a new one with `npm run sign-in-link`.',
    );
  }
  if (caller.kind !== 'person') throw new AppError('forbidden', 'This is for people: an API key cannot do it.');
  if (RANK[caller.role] < RANK[atLeast]) {
    throw new AppError(
      'forbidden',
      `Your role (${caller.role}) cannot do this. Ask an administrator of your organization.`,
    );
  }
  return caller;
}

/** A person, or a key with this scope. Throws `unauthorized` or `forbidden`. */
export function anyCaller(caller: Caller | null, need: { scope: string; role: MemberRole }): Caller {
  if (caller?.kind === 'key') {
    if (caller.scopes.some((scope) => scope === need.scope || IMPLIED[scope]?.includes(need.scope))) return caller;
    throw new AppError('forbidden', `This API key lacks the scope ${need.scope}. Create one that has it.`);
  }
  if (caller === null) {
    throw new AppError(
      'unauthorized',
      'Send a valid API key as "Authorization: Bearer <key>" (make one with `npm run key -- create`), or sign in.',
    );
  }
  return personCaller(caller, need.role);
}

export function actorOf(caller: Caller): Actor {
  return caller.kind === 'person'
    ? { kind: 'person', id: caller.userId, name: caller.name }
    : { kind: 'key', name: caller.name };
}
