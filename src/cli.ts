import pino from 'pino';
import { connectCommand } from './commands/connect.ts';
import { importCommand } from './commands/import.ts';
import { keyCommand } from './commands/key.ts';
import { serveCommand } from './commands/serve.ts';
import { signInLinkCommand } from './commands/sign-in-link.ts';
import { type Config, readConfig } from './config.ts';
import { isAppError } from './errors.ts';

/** A command gets its arguments and gives its exit code: 0 holds, 1 does not hold. It throws `invalid_input` for wrong use. */
export type Command = (input: { args: string[]; config: Config; log: pino.Logger }) => Promise<number>;

const COMMANDS: Record<string, Command> = {
  serve: serveCommand,
  key: keyCommand,
  connect: connectCommand,
  import: importCommand,
  'sign-in-link': signInLinkCommand,
};

const WRONG_USE = 2;

async function main([name = '', ...args]: string[]): Promise<number> {
  const command = COMMANDS[name];
  if (command === undefined) {
    process.stderr.write(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.\n`);
    return WRONG_USE;
  }
  try {
    const config = readConfig();
    // Standard output belongs to the command's answer.
    const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
    return await command({ args, config, log });
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'invalid_input' ? WRONG_USE : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
