import type { Logger } from 'pino';
import { type App, startApp } from '../app.ts';
import type { Config } from '../config.ts';
import { findRunningApp } from '../host/running-app.ts';

export type CommandApp = { app: App; isAppRunning: boolean };

/**
 * Runs a command's work on the data folder: beside the app that runs there, or bringing up what it needs for as long as it takes.
 * Workers of its own are started only where no app has any.
 */
export async function withApp<T>(
  input: { config: Config; log: Logger; needs: { sandbox: boolean; workers: boolean; people?: boolean } },
  work: (command: CommandApp) => Promise<T>,
): Promise<T> {
  const running = await findRunningApp(input.config.dataDir);
  const isAppRunning = running !== null;
  // Links and redirects belong to the app's address, whatever this command's environment says.
  const config = running === null ? input.config : { ...input.config, publicUrl: running.baseUrl };
  const app = await startApp({
    config,
    log: input.log,
    role: 'command',
    needs: { people: false, ...input.needs, workers: input.needs.workers && !isAppRunning },
    onLost: (error) => input.log.error(error.message),
  });
  try {
    return await work({ app, isAppRunning });
  } finally {
    await app.stop();
  }
}
