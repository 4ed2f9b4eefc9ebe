import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, openBrowser } from '../demo/browser.ts';
import { type BeginConnect, connectSandbox, isLoaded, signIn } from '../demo/connect-sandbox.ts';
import { readSandboxAddress, startProduct } from '../demo/start-product.ts';
import { createThrowAwayDatabase } from '../demo/throw-away-database.ts';
import type { User } from './cast.ts';
import { openProductSide, type ProductSide } from './product-side.ts';
import { openSandboxSide, type SandboxSide } from './sandbox-side.ts';

/** A running product with its sandbox. */
export type House = {
  product: ProductSide;
  sandbox: SandboxSide;
  /** Connects the product to the sandbox, or again, as a person does on the consent page; `begin`: by another button than Connect. */
  connect(by: User, begin?: BeginConnect): Promise<void>;
  /** Kills the product without a warning and starts it again; the sandbox goes on. */
  killAndStart(): Promise<void>;
  /** Waits until the CRM and the contact roles of all deals are loaded. */
  untilLoaded(): Promise<void>;
};

const LOAD_LIMIT_MS = 120_000;
const LOOK_MS = 150;

/**
 * Starts a product of its own on the seed folder, not connected yet. `stop` ends it and removes everything it made, also while
 * the start is under way. `database` null: the embedded server.
 */
export function openHouse(options: { seed: string; database: string | null }): {
  ready: Promise<House>;
  stop(): Promise<void>;
} {
  const undo: (() => Promise<void>)[] = [];
  const ready = (async () => {
    let url: string | null = null;
    if (options.database !== null) {
      const database = await createThrowAwayDatabase(options.database);
      undo.unshift(database.remove);
      url = database.url;
    }
    const starting = startProduct({ seed: options.seed, database: url });
    undo.unshift(starting.stop);
    const running = await starting.ready;
    const owner = openBrowser(running.origin);
    await signIn(owner, running.signInLink);
    const product = await openProductSide(running, owner);
    return {
      product,
      sandbox: openSandboxSide(await readSandboxAddress(running.dataDir), () => externalFieldOf(product)),
      connect: (by: User, begin?: BeginConnect) => connectSandbox(owner, by.email, begin),
      killAndStart: running.killAndStart,
      untilLoaded: () => untilLoaded(owner),
    };
  })();
  const stop = async () => {
    for (const one of undo.splice(0)) await one();
  };
  return { ready, stop };
}

async function externalFieldOf(product: ProductSide): Promise<string> {
  const { externalField } = await product.card();
  if (externalField === null) throw new Error('The connection has no field for the meeting’s id on Events.');
  return externalField.apiName;
}

async function untilLoaded(owner: Browser): Promise<void> {
  const deadline = performance.now() + LOAD_LIMIT_MS;
  for (;;) {
    const { isDone } = await isLoaded(owner);
    const { rolesStillLoading } = await owner.call<{ rolesStillLoading: number }>('GET', '/status');
    if (isDone && rolesStillLoading === 0) return;
    if (performance.now() > deadline) throw new Error('The first load of the CRM did not come to its end.');
    await wait(LOOK_MS);
  }
}
