import { createLimiter, type Limiter } from '../../src/zoho/limiter.ts';
import { type Secret, toSecret } from '../../src/zoho/secret.ts';
import { type CallReport, createTransport, type ZohoTransport } from '../../src/zoho/transport.ts';
import { type OddHandler, type SeenRequest, startOddServer } from './start-odd-server.ts';

export type OddTransport = {
  transport: ZohoTransport;
  seen: SeenRequest[];
  reports: CallReport[];
  limiter: Limiter;
  origin: string;
};

/** A transport that talks over real HTTP to a server which answers as the test says. */
export async function openOddTransport(
  handle: OddHandler,
  ports: {
    get?: () => Promise<Secret>;
    renew?: (refused: Secret) => Promise<Secret>;
    sleep?: (ms: number) => Promise<void>;
  } = {},
): Promise<OddTransport> {
  const { origin, seen } = await startOddServer(handle);
  const reports: CallReport[] = [];
  const limiter = createLimiter({
    concurrency: 10,
    subConcurrency: 8,
    now: () => 0,
    sleep: ports.sleep ?? (() => Promise.resolve()),
  });
  const transport = createTransport({
    fetch,
    now: () => performance.now(),
    apiDomain: origin,
    getAccessToken: ports.get ?? (() => Promise.resolve(toSecret('old-token'))),
    onUnauthorized: ports.renew ?? (() => Promise.resolve(toSecret('new-token'))),
    limiter,
    onCall: (report) => reports.push(report),
  });
  return { transport, seen, reports, limiter, origin };
}
