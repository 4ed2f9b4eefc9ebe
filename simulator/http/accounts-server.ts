import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { handleAccounts } from '../accounts/handle-accounts.ts';
import { accessDenied } from '../accounts/tokens.ts';
import { guarded } from '../api/handle-api.ts';
import { handleControl } from '../control/handle-control.ts';
import { handlePages } from '../pages/handle-pages.ts';
import { deliverNotifications } from '../world/deliver-notifications.ts';
import { callFaults } from '../world/faults.ts';
import type { DataCentre, World } from '../world/world.ts';
import { invalidUrl, type Reply } from './failure.ts';
import { readBody } from './read-body.ts';
import { addressOf, headersOf } from './serve.ts';
import { writeReply } from './write-reply.ts';

/** Serves one data centre's accounts origin: OAuth, the control calls under /sandbox, and the pages for people. */
export function accountsHandler(world: World, dc: DataCentre) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, query } = addressOf(request);
    const body = await readBody(request);
    const method = request.method ?? 'GET';
    const seen = {
      method,
      path,
      query,
      headers: headersOf(request),
      body: body.isTooLarge ? Buffer.alloc(0) : body.bytes,
    };
    const isOauth = path.startsWith('/oauth/');
    const fault = isOauth ? world.faults.strike({ method, path }, (kind) => callFaults.includes(kind)) : undefined;
    if (fault && fault.delayMs > 0) await wait(fault.delayMs);
    const injected = fault && oauthFault(world, fault.kind);
    const page = injected ? undefined : await handlePages(world, dc, seen);
    const reply =
      injected ??
      page ??
      guarded(() => handleAccounts(world, dc, seen) ?? handleControl(world, dc, seen) ?? notFound());
    world.store.commit();
    deliverNotifications(world);
    if (fault?.kind === 'cut-before' || fault?.kind === 'commit-then-cut') request.socket.destroy();
    else writeReply(response, fault?.kind === 'commit-then-500' ? (oauthFault(world, '500') ?? reply) : reply);
  };
}

function notFound(): never {
  throw invalidUrl();
}

function oauthFault(world: World, kind: string): Reply | undefined {
  if (kind === '500') return { status: 500, html: '<html><body>Internal Server Error</body></html>' };
  if (kind === '502-html') return { status: 502, html: '<html><body><h1>502 Bad Gateway</h1></body></html>' };
  if (kind === '503') return { status: 503 };
  if (kind === '401' || kind === 'token-revoked') return { status: 200, body: { error: 'invalid_code' } };
  if (kind === '429-concurrency' || kind === '429-day') {
    return accessDenied(world);
  }
  return kind === 'cut-before' ? { status: 0 } : undefined;
}
