import type { Command } from '../cli.ts';
import { withApp } from './with-app.ts';

/** Prints a new one-time link that signs a browser in as owner of the first organization. */
export const signInLinkCommand: Command = ({ config, log }) =>
  withApp({ config, log, needs: { sandbox: false, workers: false } }, async ({ app }) => {
    process.stdout.write(`${await app.createSignInLink()}\n`);
    return 0;
  });
