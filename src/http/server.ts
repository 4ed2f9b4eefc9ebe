import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { MemberRole } from '../db/queries/organizations.ts';
import { AppError } from '../errors.ts';
import type { FeatureContext } from '../features/context.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { MAX_BODY_BYTES } from '../features/ingest/meeting-body.ts';
import { anyCaller, type Caller, type Identify, personCaller } from './caller.ts';
import { describeProblems } from './describe-problems.ts';
import { sendProblem } from './problem.ts';
import type { RouteDeps, Server } from './route-deps.ts';
import { addAlertRoutes } from './routes/alert-routes.ts';
import { addApiKeyRoutes } from './routes/api-key-routes.ts';
import { addBackfillRoutes } from './routes/backfill-routes.ts';
import { addCanaryRoutes } from './routes/canary-routes.ts';
import { addDriftRoutes } from './routes/drift-routes.ts';
import { addHookRoutes } from './routes/hook-routes.ts';
import { addIntegrationRoutes } from './routes/integration-routes.ts';
import { addLeaveRoutes } from './routes/leave-routes.ts';
import { addMeetingRoutes } from './routes/meeting-routes.ts';
import { addOneEventRoutes } from './routes/one-event-routes.ts';
import { addPermissionRoutes } from './routes/permission-routes.ts';
import { addPreflightRoutes } from './routes/preflight-routes.ts';
import { addReadRoutes } from './routes/read-routes.ts';
import { addSessionRoutes } from './routes/session-routes.ts';
import { addSettingsRoutes } from './routes/settings-routes.ts';
import { addSignInRoute, type Redeem } from './routes/sign-in-route.ts';
import { type Advance, addTestRoutes } from './routes/test-routes.ts';

export type ServerOptions = {
  gateway: CrmGateway;
  contextOf: (caller: Caller) => FeatureContext;
  /** Where notifications of an organization's connection are worked on. */
  contextOfOrganization: (organizationId: string) => FeatureContext;
  identify: Identify;
  redeem: Redeem;
  signOut: (headers: Headers) => Promise<string[]>;
  sandboxUrl: () => string | null;
  /** Only in test mode: moves the clocks. */
  advance: Advance | null;
  version: string;
  /** Folder of the built web app. */
  webDir: string;
  logger: FastifyBaseLogger;
};

const HASHED_ASSETS = /\/assets\//;

/** The HTTP server: API under /api/v1 with its OpenAPI, the sign-in link, the web app for every other address. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const server = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    // A proxy on this machine or in its network may say for whom it asks; strangers may not.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    routerOptions: { maxParamLength: 1_000 },
    // What the router refuses before any route is found.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  // Bodies are JSON: text would come to the checks as a string, and their answer would not say what is wrong.
  server.removeContentTypeParser('text/plain');
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler((error: AppError, request, reply) => sendProblem(error, request, reply));
  server.addHook('onRequest', async (request) => refuseForeignPages(request));
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    reply.header('x-frame-options', 'DENY');
  });
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Salescaling × Zoho CRM',
        version: options.version,
        description: 'Brings processed meetings in, and tells who and what they concern in Zoho CRM.',
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
      security: [{ apiKey: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: describeProblems,
  });
  await server.register(async (api) => addApi(api.withTypeProvider<ZodTypeProvider>(), options), { prefix: '/api/v1' });
  addSignInRoute(server, options.redeem);
  await addHookRoutes(server, options.contextOfOrganization);
  if (options.advance !== null) addTestRoutes(server, options.advance);
  await addWebApp(server, options.webDir);
  return server;
}

function addApi(api: Server, options: ServerOptions): void {
  const deps: RouteDeps = {
    gateway: options.gateway,
    contextOf: options.contextOf,
    requirePerson: async (request: FastifyRequest, role: MemberRole) =>
      personCaller(await options.identify(request), role),
    requireAny: async (request: FastifyRequest, need: { scope: string; role: MemberRole }) =>
      anyCaller(await options.identify(request), need),
  };
  api.get('/openapi.json', { schema: { hide: true } }, async () => api.swagger());
  addMeetingRoutes(api, deps);
  addOneEventRoutes(api, deps);
  addReadRoutes(api, deps);
  addIntegrationRoutes(api, deps);
  addPermissionRoutes(api, deps);
  addCanaryRoutes(api, deps);
  addLeaveRoutes(api, deps);
  addDriftRoutes(api, deps);
  addPreflightRoutes(api, deps);
  addBackfillRoutes(api, deps);
  addAlertRoutes(api, deps);
  addSettingsRoutes(api, deps);
  addApiKeyRoutes(api, deps);
  addSessionRoutes(api, {
    ...deps,
    version: options.version,
    sandboxUrl: options.sandboxUrl,
    signOut: options.signOut,
  });
}

/** A page of another site cannot make a signed-in browser write here. */
function refuseForeignPages(request: FastifyRequest): void {
  const { origin } = request.headers;
  if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return;
  if (URL.canParse(origin) && new URL(origin).host === request.host) return;
  throw new AppError('forbidden', 'This request came from a page of another site and was refused.');
}

/** Files of the web app; every other address is a page of it. */
async function addWebApp(server: Server, webDir: string): Promise<void> {
  const index = join(webDir, 'index.html');
  if (existsSync(index)) {
    await server.register(fastifyStatic, {
      root: webDir,
      // Each file is a route of its own, so that every other address comes to the handler below.
      wildcard: false,
      index: 'index.html',
      setHeaders: (reply, path) => {
        const isHashed = HASHED_ASSETS.test(path);
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    // A meeting's own id may end like a file's name; a browser says that it wants a page.
    const wantsPage = !/\.\w{1,5}$/.test(path) || (request.headers.accept ?? '').includes('text/html');
    const isPage = isRead && wantsPage && !path.startsWith('/api/');
    if (isPage && existsSync(index)) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    if (isPage) return reply.type('text/plain').send('The pages are not built yet. Stop it and run `npm start`.');
    throw new AppError('not_found', `There is nothing at ${request.method} ${path}.`);
  });
}
