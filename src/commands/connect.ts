import type { Command } from '../cli.ts';
import { findConnection } from '../db/queries/connections.ts';
import { AppError } from '../errors.ts';
import { connectSandbox } from '../features/connect/connect-sandbox.ts';
import { withApp } from './with-app.ts';

/** Connects the first organization to the sandbox without a browser, and waits for the first load where no app does it. */
export const connectCommand: Command = ({ args, config, log }) => {
  const isJson = args.includes('--json');
  const isSafeMode = args.includes('--safe-mode');
  const rest = args.filter((arg) => arg !== '--json' && arg !== '--safe-mode');
  if (rest.length !== 1 || rest[0] !== '--sandbox') {
    throw new AppError(
      'invalid_input',
      'Use: npm run connect -- --sandbox [--safe-mode]. A real Zoho org is connected in the browser, under Settings > Integrations.',
    );
  }
  if (config.zohoClient !== null) {
    throw new AppError(
      'invalid_input',
      'A Zoho client is configured, so there is no sandbox. Unset ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET to use the sandbox.',
    );
  }
  return withApp({ config, log, needs: { sandbox: true, workers: false } }, async ({ app }) => {
    const ctx = app.contextOf({ kind: 'system' });
    await connectSandbox({ ctx, gateway: app.gateway, input: { isSafeMode } });
    const connection = await findConnection(ctx.db, ctx.organizationId);
    const { state, zohoOrgName: orgName, zohoOrgId: orgId } = connection ?? {};
    process.stdout.write(
      isJson ? `${JSON.stringify({ state, orgName, orgId })}\n` : `Connected to the sandbox org ${orgName}.\n`,
    );
    return 0;
  });
};
