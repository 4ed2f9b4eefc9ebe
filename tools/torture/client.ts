import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, openBrowser } from '../demo/browser.ts';

/** The product's API as a patient client uses it: what does not come through is sent again. */
export type Client = {
  /** Throws when the product says no (4xx), or when nothing comes through for long. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Moves the product's clock and the sandbox's. */
  advance(seconds: number): Promise<void>;
  browser: Browser;
};

const RETRY_MS = 100;
const PATIENCE_MS = 90_000;

/** `signInLink` makes this client the owner. */
export async function openClient(origin: string, signInLink: string): Promise<Client> {
  const browser = openBrowser(origin);
  const patiently = async <T>(work: () => Promise<T>): Promise<T> => {
    const limit = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const isNo = error instanceof Error && / answered 4\d\d:/.test(error.message);
        if (isNo || performance.now() > limit) throw error;
        await wait(RETRY_MS);
      }
    }
  };
  await patiently(() => browser.open(signInLink));
  return {
    browser,
    call: (method, path, body) => patiently(() => browser.call(method, path, body)),
    advance: (seconds) =>
      patiently(async () => {
        const answer = await fetch(new URL('/test/advance', origin), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ seconds }),
        });
        if (!answer.ok) throw new Error(`/test/advance answered ${answer.status}: ${await answer.text()}`);
      }),
  };
}
