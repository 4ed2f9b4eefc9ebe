import { parseArgs } from 'node:util';
import { switches } from './metadata/behaviour.ts';
import { type SimulatorOptions, startSimulator } from './start-simulator.ts';
import { supportedText } from './supported.ts';

const usage = `A Zoho CRM on localhost.

  simulator [--port N] [--api-port N] [--seed DIR] [--state DIR] [--edition E] [--dc us,eu] [--redirect-uri U]…
            [--client-id ID] [--client-secret SECRET] [--time-zone ZONE] [--supported] [--help]

  --port N          the accounts server's port, the API has the next one; 0 (default) takes any
  --api-port N      another port for the API
  --seed DIR        loads the CRM in DIR (or DIR/crm) when the state is empty
  --state DIR       keeps the state over restarts and kills; without it everything is in memory
  --edition E       free, standard, professional, enterprise (default), ultimate
  --dc us,eu        data centres; the first is home
  --redirect-uri U  registers an address beside the printed one; may be repeated
  --client-id, --client-secret   else they are made at the first start and kept with the state
  --time-zone ZONE  zone of the users, in which times of answers are written (default Europe/Madrid)
  --supported       prints what it supports, and what not

The first line on standard output is {accounts, api, clientId, clientSecret, redirectUri, pid, dcs?}.

Switches (POST {accounts}/sandbox/switches {"name": value}); each is an open question about Zoho, with its default:
`;

// Whoever started this may be gone, and nothing that a client does may end it.
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
process.on('uncaughtException', (error) => process.stderr.write(`simulator: ${error.stack ?? error.message}\n`));

/** The command. Exit 2 for wrong use, 1 when it cannot start. */
async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === 'supported') {
    process.stdout.write(supportedText());
    return;
  }
  if (options === 'help') {
    process.stdout.write(usage + switches.map(describeSwitch).join('\n').concat('\n'));
    return;
  }
  const simulator = await startSimulator(options);
  const end = () => {
    simulator.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  const { accounts, api, clientId, clientSecret, redirectUri, dcs, seeded } = simulator;
  const several = Object.keys(dcs).length > 1 ? { dcs } : {};
  process.stdout.write(
    `${JSON.stringify({ accounts, api, clientId, clientSecret, redirectUri, pid: process.pid, ...several })}\n`,
  );
  if (seeded > 0) process.stderr.write(`simulator: ${seeded} records loaded from the seed\n`);
}

function describeSwitch(one: (typeof switches)[number]): string {
  const values = one.values ? ` (${one.values.join(' | ')})` : '';
  return `  ${one.name} = ${one.default}${values}\n      ${one.meaning}. Fact sheet, section ${one.section}.`;
}

function readArguments(given: string[]): SimulatorOptions | 'help' | 'supported' {
  try {
    const { values } = parseArgs({
      args: given,
      options: {
        port: { type: 'string' },
        'api-port': { type: 'string' },
        seed: { type: 'string' },
        state: { type: 'string' },
        edition: { type: 'string' },
        dc: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        'client-id': { type: 'string' },
        'client-secret': { type: 'string' },
        'time-zone': { type: 'string' },
        help: { type: 'boolean' },
        supported: { type: 'boolean' },
      },
    });
    if (values.help) return 'help';
    if (values.supported) return 'supported';
    const options: SimulatorOptions = {};
    if (values.port !== undefined) options.port = portOf('--port', values.port);
    if (values['api-port'] !== undefined) options.apiPort = portOf('--api-port', values['api-port']);
    if (values.seed !== undefined) options.seed = values.seed;
    if (values.state !== undefined) options.state = values.state;
    if (values.edition !== undefined) options.edition = values.edition;
    if (values.dc !== undefined) options.dcs = values.dc.split(',').map((one) => one.trim());
    if (values['redirect-uri'] !== undefined) options.redirectUris = values['redirect-uri'];
    if (values['client-id'] !== undefined) options.clientId = values['client-id'];
    if (values['client-secret'] !== undefined) options.clientSecret = values['client-secret'];
    if (values['time-zone'] !== undefined) options.timeZone = values['time-zone'];
    return options;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

function portOf(name: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`${name} takes a port number, not "${text}".`);
  return port;
}

main().catch((error: unknown) => {
  process.stderr.write(`simulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
