/** The only place of the torture that reads the environment. */

/** The folder in which the person typed the command; npm changes to the project's own. */
export function calledFrom(): string {
  return process.env.INIT_CWD ?? process.cwd();
}

/** The environment of a child: ours without what would lead it to other data or to the real Zoho. */
export function childEnvironment(own: Record<string, string>): NodeJS.ProcessEnv {
  const { DATABASE_URL: _database, PUBLIC_URL: _public, NODE_ENV: _mode, SANDBOX_SEED: _seed, ...rest } = process.env;
  for (const name of Object.keys(rest)) if (name.startsWith('ZOHO_')) delete rest[name];
  return { ...rest, ...own };
}
