import { once } from 'node:events';
import { startApp } from '../app.ts';
import type { Command } from '../cli.ts';
import { AppError } from '../errors.ts';
import { announceApp } from '../host/running-app.ts';

/**
 * Runs the product until SIGINT or SIGTERM. The first line on standard output is its address; a first start also prints a
 * one-time link that signs a browser in.
 */
export const serveCommand: Command = async ({ args, config, log }) => {
  if (args.length > 0) throw new AppError('invalid_input', 'serve takes no arguments; the environment configures it.');
  const stopping = new AbortController();
  let lost: Error | null = null;
  const onLost = (error: Error) => {
    lost = error;
    stopping.abort();
  };
  // The first signal asks, a second one means it: also while a start or a stop hangs.
  const onSignal = () => (stopping.signal.aborted ? process.exit(1) : stopping.abort());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  const app = await startApp({ config, log, role: 'app', needs: { sandbox: true, workers: true }, onLost });
  try {
    await app.listen();
    const withdraw = await announceApp(config.dataDir, {
      pid: process.pid,
      baseUrl: app.baseUrl,
      localUrl: app.localUrl,
    });
    process.stdout.write(`${app.baseUrl}\n`);
    if (await app.isFirstStart()) {
      process.stdout.write(`Sign in with this one-time link: ${await app.createSignInLink()}\n`);
    }
    if (app.sandbox !== null) {
      const { accounts } = app.sandbox.current();
      process.stdout.write(`Sandbox (no Zoho client is configured): ${accounts}\n`);
    }
    if (!stopping.signal.aborted) await once(stopping.signal, 'abort');
    await withdraw();
  } finally {
    await app.stop();
  }
  if (lost === null) return 0;
  process.stderr.write(`Stopped: ${String(lost)}\n`);
  return 1;
};
