import { startApp } from '../app.ts';
import type { Command } from '../cli.ts';
import { AppError } from '../errors.ts';
import { findRunningApp } from '../host/running-app.ts';
import { awaitEnd } from './await-end.ts';

/**
 * Runs workers without HTTP until SIGINT or SIGTERM, beside the app of the data folder or at the database of DATABASE_URL: any
 * number of these processes share the work, one of them a connection at a time. Its links are those of the running app, else of
 * PUBLIC_URL or PORT, which must be the app's. Prints one line once it works.
 */
export const workCommand: Command = async ({ args, config, log }) => {
  if (args.length > 0) throw new AppError('invalid_input', 'work takes no arguments; the environment configures it.');
  const end = awaitEnd();
  const running = config.publicUrl === null ? await findRunningApp(config.dataDir) : null;
  const app = await startApp({
    config: running === null ? config : { ...config, publicUrl: running.baseUrl },
    log,
    role: 'command',
    needs: { sandbox: true, workers: true, people: false },
    onLost: end.lose,
  });
  try {
    process.stdout.write(`Working for ${app.baseUrl}\n`);
    await end.reached;
  } finally {
    await app.stop();
  }
  return end.exitCode();
};
