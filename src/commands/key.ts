import { parseArgs } from 'node:util';
import type { Command } from '../cli.ts';
import { AppError } from '../errors.ts';
import { API_SCOPES, type ApiScope, createApiKey } from '../features/people/create-api-key.ts';
import { withApp } from './with-app.ts';

const USAGE = `Use: npm run key -- create --name NAME --scope ${API_SCOPES.join('|')}`;

/** Makes an API key for the first organization and prints it, this once, on standard output. */
export const keyCommand: Command = ({ args, config, log }) => {
  const input = readArguments(args);
  return withApp({ config, log, needs: { sandbox: false, workers: false } }, async ({ app }) => {
    const ctx = app.contextOf({ kind: 'system' });
    const { name, scopes, isJson } = input;
    const made = await createApiKey({ ctx, input: { name, scopes, randomToken: app.gateway.randomToken } });
    process.stdout.write(isJson ? `${JSON.stringify({ ...made, name, scopes })}\n` : `${made.key}\n`);
    return 0;
  });
};

function readArguments(args: string[]): { name: string; scopes: ApiScope[]; isJson: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { name: { type: 'string' }, scope: { type: 'string', multiple: true }, json: { type: 'boolean' } },
    });
    const scopes = (values.scope ?? ['meetings:write']).flatMap((scope) => scope.split(','));
    const known = API_SCOPES.filter((scope) => scopes.includes(scope));
    if (
      positionals[0] === 'create' &&
      positionals.length === 1 &&
      values.name?.trim() &&
      known.length === scopes.length
    ) {
      return { name: values.name.trim(), scopes: known, isJson: values.json ?? false };
    }
  } catch (cause) {
    throw new AppError('invalid_input', `${String(cause)}\n${USAGE}`, { cause });
  }
  throw new AppError('invalid_input', USAGE);
}
