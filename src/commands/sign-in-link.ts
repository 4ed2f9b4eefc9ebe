import type { Command } from '../cli.ts';
import { withApp } from './with-app.ts';

/** Prints a new one-time link that signs a browser in as owner of the first organization. */
export const signInLinkCommand: Command = ({ args, config, log }) =>
  withApp({ config, log, needs: { sandbox: false, workers: false, people: true } }, async ({ app }) => {
    const link = await app.createSignInLink();
    process.stdout.write(args.includes('--json') ? `${JSON.stringify({ link })}\n` : `${link}\n`);
    return 0;
  });
