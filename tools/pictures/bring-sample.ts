import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const MEETINGS = join(import.meta.dirname, '..', '..', 'sample', 'meetings');

/** A caller of the product's API with a cookie of a signed-in browser. */
export type Api = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Sends JSON and answers JSON; throws with the product's own words when it says no. */
export function openApi(origin: string, cookie: string): Api {
  return async (method, path, body) => {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}

/** Brings the sample's meetings in and waits until nothing is owed to Zoho; the number of meetings. */
export async function bringSample(api: Api): Promise<number> {
  const files = (await readdir(MEETINGS)).filter((name) => name.endsWith('.json')).sort();
  for (const file of files) {
    const { externalId, ...body } = JSON.parse(await readFile(join(MEETINGS, file), 'utf8'));
    await api('PUT', `/meetings/${encodeURIComponent(externalId)}`, body);
  }
  await untilNothingIsOwed(api);
  return files.length;
}

const PATIENCE_MS = 120_000;

export async function untilNothingIsOwed(api: Api): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const status = (await api('GET', '/status')) as { owed: number; rolesStillLoading: number; firstLoad: string };
    if (status.owed === 0 && status.rolesStillLoading === 0 && status.firstLoad === 'done') return;
    if (performance.now() > deadline) throw new Error(`Still owed: ${JSON.stringify(status)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
