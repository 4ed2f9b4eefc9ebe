import pino from 'pino';
import { type Config, readConfig } from './config.ts';
import { isAppError } from './errors.ts';

/** A command gets its arguments and gives its exit code: 0 holds, 1 does not hold. It throws `invalid_input` for wrong use. */
export type Command = (input: { args: string[]; config: Config; log: pino.Logger }) => Promise<number>;

/** Loaded when called: a process starts with what its command needs. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  work: async () => (await import('./commands/work.ts')).workCommand,
  key: async () => (await import('./commands/key.ts')).keyCommand,
  connect: async () => (await import('./commands/connect.ts')).connectCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  'sign-in-link': async () => (await import('./commands/sign-in-link.ts')).signInLinkCommand,
};

const WRONG_USE = 2;

async function main([name = '', ...args]: string[]): Promise<number> {
  const load = COMMANDS[name];
  if (load === undefined) {
    process.stderr.write(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.\n`);
    return WRONG_USE;
  }
  try {
    const config = readConfig();
    // Standard output belongs to the command's answer.
    const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
    const command = await load();
    return await command({ args, config, log });
  } catch (error) {
    if (!isAppError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error.code === 'invalid_input' ? WRONG_USE : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
