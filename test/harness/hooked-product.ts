import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import type { TestDatabase } from './database.ts';
import { type ProductOptions, startTestProduct, type TestProduct } from './product.ts';
import { startTestServer, type TestServer } from './server.ts';

/** A callback as it arrived, and what it was answered. */
export type HeardCallback = { path: string; body: Record<string, unknown>; status: number };

export type HookedProduct = TestProduct & {
  server: TestServer;
  /** Callbacks that arrived. */
  heard: HeardCallback[];
  /** Waits until so many callbacks have been answered. */
  hear(count: number): Promise<void>;
};

/** A connected product that Zoho reaches with notifications, over HTTP; its channel is open. */
export async function startHookedProduct(database: TestDatabase, options: ProductOptions = {}): Promise<HookedProduct> {
  const heard: HeardCallback[] = [];
  let server: TestServer | null = null;
  const door = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const payload = Buffer.concat(chunks).toString('utf8');
    const url = request.url ?? '/';
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    const answer = await server?.inject({ method: 'POST', url, payload, headers });
    response.statusCode = answer?.statusCode ?? 503;
    response.end(answer?.body ?? '');
    heard.push({ path: url, body: JSON.parse(payload), status: response.statusCode });
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  onTestFinished(() => void door.close());
  const { port } = door.address() as AddressInfo;
  const product = await startTestProduct(database, { ...options, hooksBaseUrl: `http://127.0.0.1:${port}` });
  server = await startTestServer(product);
  await product.connect();
  await product.serve();
  return Object.assign(product, {
    server,
    heard,
    hear: (count: number) => expect.poll(() => heard.length, { timeout: 5_000 }).toBeGreaterThanOrEqual(count),
  });
}
