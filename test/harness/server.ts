import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import type { MemberRole } from '../../src/db/queries/organizations.ts';
import { identifyCallers } from '../../src/host/identify-callers.ts';
import type { PeopleAuth } from '../../src/host/people-auth.ts';
import { actorOf, type Caller } from '../../src/http/caller.ts';
import { createServer } from '../../src/http/server.ts';
import type { TestProduct } from './product.ts';

export type TestServer = {
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  /** A request of a signed-in person with this role. */
  as(role: MemberRole, request: InjectOptions): Promise<LightMyRequestResponse>;
};

export const HOST = 'product.test';

/** Name of the header by which tests sign a person in; without `auth` nobody has cookies here. */
const ROLE = 'x-test-role';

/** The product's HTTP server without a port. API keys are real; people are real with `auth`, else whom the test names. */
export async function startTestServer(product: TestProduct, auth: PeopleAuth | null = null): Promise<TestServer> {
  const { db, organizationId, ctx } = product;
  const callers = identifyCallers({ db, auth: auth ?? noAuth, organizationId, now: ctx.now });
  const server = await createServer({
    gateway: product.gateway(),
    contextOf: (caller) => ({ ...product.contextOf(actorOf(caller)), organizationId: caller.organizationId }),
    contextOfOrganization: (organization) => ({ ...product.contextOf(), organizationId: organization }),
    identify: async (request) => {
      const role = request.headers[ROLE];
      return typeof role === 'string' ? personOf(organizationId, role as MemberRole) : callers.identify(request);
    },
    redeem: callers.redeem,
    signOut: (auth ?? noAuth).signOut,
    sandboxUrl: () => null,
    advance: null,
    version: '0.0.0-test',
    webDir: '/nowhere',
    logger: pino({ level: 'silent' }),
  });
  onTestFinished(() => server.close());
  const inject = (request: InjectOptions) => server.inject({ ...request, headers: { host: HOST, ...request.headers } });
  return {
    inject,
    as: (role, request) => inject({ ...request, headers: { ...request.headers, [ROLE]: role } }),
  };
}

function personOf(organizationId: string, role: MemberRole): Caller {
  return {
    kind: 'person',
    organizationId,
    userId: `user-${role}`,
    name: `A ${role}`,
    email: `${role}@us.example`,
    role,
  };
}

const noAuth: PeopleAuth = {
  migrate: async () => undefined,
  createSignInToken: async () => '',
  redeem: async () => null,
  findSession: async () => null,
  signOut: async () => [],
  close: async () => undefined,
};
