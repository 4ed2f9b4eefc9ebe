import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './errors.ts';

/** Everything that the environment decides, read once. This is the only place that knows the environment. */
export type Config = {
  mode: 'production' | 'test';
  /** Interface to listen at; `localhost` is this machine alone. */
  host: string;
  port: number;
  dataDir: string;
  /** Where the person typed the command: npm runs it in the project's folder, paths are meant from here. */
  calledFrom: string;
  databaseUrl: string | null;
  /** Where browsers and Zoho reach the product; null: only this machine does. */
  publicUrl: string | null;
  zohoClient: { id: string; secret: string; dataCentre: string } | null;
  /** Secrets of other data centres, where the client has one for each. */
  zohoSecrets: Record<string, string>;
  sandboxSeed: string | null;
  /** The mail server for alerts; null: alerts go to the webhook only. */
  smtp: { url: string; from: string } | null;
  /** Hosts in a private network that webhooks of alerts may go to. */
  alertPrivateHosts: string[];
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

const DATA_CENTRES = ['us', 'eu', 'in', 'au', 'jp', 'ca', 'sa', 'uk', 'cn'] as const;

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const environment = z.object({
  APP_MODE: z.enum(['production', 'test']).default('production'),
  NODE_ENV: optionalText,
  HOST: z.string().trim().min(1).default('localhost'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4700),
  DATA_DIR: optionalText,
  DATABASE_URL: optionalText.pipe(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  PUBLIC_URL: optionalText.pipe(z.url({ protocol: /^https?$/ }).optional()),
  ZOHO_CLIENT_ID: optionalText,
  ZOHO_CLIENT_SECRET: optionalText,
  ZOHO_CLIENT_DC: optionalText.pipe(z.enum(DATA_CENTRES).default('us')),
  SANDBOX_SEED: optionalText,
  SMTP_URL: optionalText.pipe(z.url({ protocol: /^smtps?$/ }).optional()),
  SMTP_FROM: optionalText,
  ALERT_PRIVATE_HOSTS: optionalText,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
});

/**
 * Reads the configuration from environment variables; relative folders are taken from `cwd`. Throws `invalid_input` with every
 * variable that cannot be used and why.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, cwd: string = process.cwd()): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({
      path: String(issue.path[0] ?? ''),
      message: issue.message,
    }));
    const list = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new AppError('invalid_input', `The environment cannot be used: ${list}.`, { problems });
  }
  const values = parsed.data;
  if (values.APP_MODE === 'test' && values.NODE_ENV === 'production') {
    throw new AppError(
      'invalid_input',
      'APP_MODE=test moves the clock and is refused in production. Unset it or NODE_ENV.',
    );
  }
  if ((values.ZOHO_CLIENT_ID === undefined) !== (values.ZOHO_CLIENT_SECRET === undefined)) {
    throw new AppError(
      'invalid_input',
      'ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET belong together: set both for a real Zoho org, or neither for the sandbox.',
    );
  }
  if ((values.SMTP_URL === undefined) !== (values.SMTP_FROM === undefined)) {
    throw new AppError(
      'invalid_input',
      'SMTP_URL and SMTP_FROM belong together: set both for alerts by e-mail (smtps://user:password@mail.example.com, alerts@example.com), or neither.',
    );
  }
  return {
    mode: values.APP_MODE,
    host: values.HOST,
    port: values.PORT,
    calledFrom: env.INIT_CWD ?? cwd,
    dataDir: toFolder(values.DATA_DIR ?? './var', cwd),
    databaseUrl: values.DATABASE_URL ?? null,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    zohoClient:
      values.ZOHO_CLIENT_ID === undefined || values.ZOHO_CLIENT_SECRET === undefined
        ? null
        : { id: values.ZOHO_CLIENT_ID, secret: values.ZOHO_CLIENT_SECRET, dataCentre: values.ZOHO_CLIENT_DC },
    zohoSecrets: readSecrets(env),
    sandboxSeed: values.SANDBOX_SEED === undefined ? null : toFolder(values.SANDBOX_SEED, cwd),
    smtp:
      values.SMTP_URL === undefined || values.SMTP_FROM === undefined
        ? null
        : { url: values.SMTP_URL, from: values.SMTP_FROM },
    alertPrivateHosts: (values.ALERT_PRIVATE_HOSTS ?? '')
      .split(/[\s,]+/)
      .filter((host) => host !== '')
      .map((host) => host.toLowerCase()),
    logLevel: values.LOG_LEVEL,
  };
}

function readSecrets(env: NodeJS.ProcessEnv): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const centre of DATA_CENTRES) {
    const secret = env[`ZOHO_CLIENT_SECRET_${centre.toUpperCase()}`];
    if (secret) secrets[centre] = secret;
  }
  return secrets;
}

function toFolder(path: string, cwd: string): string {
  return isAbsolute(path) ? path : resolve(cwd, path);
}
