import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { MemberRole } from '../db/queries/organizations.ts';
import type { FeatureContext } from '../features/context.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import type { Caller } from './caller.ts';

/** What routes are given: nothing here is global. */
export type RouteDeps = {
  gateway: CrmGateway;
  contextOf(caller: Caller): FeatureContext;
  /** The signed-in person with at least this role, or an error. */
  requirePerson(request: FastifyRequest, role: MemberRole): Promise<Extract<Caller, { kind: 'person' }>>;
  /** A person with this role or a key with this scope, or an error. */
  requireAny(request: FastifyRequest, need: { scope: string; role: MemberRole }): Promise<Caller>;
};

/** Fastify with the types of our zod schemas. */
export type Server = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;
