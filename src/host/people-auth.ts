import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { magicLink } from 'better-auth/plugins/magic-link';
import pg from 'pg';
import { AppError } from '../errors.ts';

/** People's sessions. better-auth keeps users and sessions in a schema of its own. */
export type PeopleAuth = {
  /** Creates or updates the schema `auth`. */
  migrate(): Promise<void>;
  /** A token that signs one person in, once, within a day. */
  createSignInToken(person: { email: string; name: string }): Promise<string>;
  /** Uses a token up: the person and the cookies of a new session, or null for a wrong, used or old token. */
  redeem(token: string): Promise<{ userId: string; cookies: string[] } | null>;
  findSession(headers: Headers): Promise<{ userId: string; name: string; email: string } | null>;
  signOut(headers: Headers): Promise<string[]>;
  close(): Promise<void>;
};

const LINK_LIFE_SECONDS = 86_400;
const SESSION_LIFE_SECONDS = 30 * 86_400;

/** Opens better-auth on the product's database. `secret` signs its cookies; `baseUrl` is the product's own address. */
export function openPeopleAuth(options: { databaseUrl: string; baseUrl: string; secret: string }): PeopleAuth {
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 4, options: '-c search_path=auth' });
  const issued = new Map<string, string>();
  const config = {
    database: pool,
    baseURL: options.baseUrl,
    basePath: '/auth',
    secret: options.secret,
    telemetry: { enabled: false },
    logger: { level: 'error' as const },
    session: { expiresIn: SESSION_LIFE_SECONDS },
    advanced: { useSecureCookies: options.baseUrl.startsWith('https://'), cookiePrefix: 'salescaling' },
    plugins: [
      magicLink({
        expiresIn: LINK_LIFE_SECONDS,
        storeToken: 'hashed',
        sendMagicLink: async ({ email, token }) => {
          issued.set(email, token);
        },
      }),
    ],
  };
  const auth = betterAuth(config);
  return {
    async migrate() {
      await pool.query('create schema if not exists auth');
      const { runMigrations } = await getMigrations(config);
      await runMigrations();
    },
    async createSignInToken({ email, name }) {
      await auth.api.signInMagicLink({ body: { email, name }, headers: new Headers() });
      const token = issued.get(email);
      issued.delete(email);
      if (token === undefined) throw new AppError('internal', 'No sign-in link could be made. Try again.');
      return token;
    },
    async redeem(token) {
      const response = await auth.api
        .magicLinkVerify({ query: { token }, headers: new Headers(), asResponse: true })
        .catch(() => null);
      if (response === null) return null;
      const cookies = response.headers.getSetCookie();
      const session = await auth.api.getSession({
        headers: new Headers({ cookie: cookies.map(nameAndValue).join('; ') }),
      });
      return session === null ? null : { userId: session.user.id, cookies };
    },
    async findSession(headers) {
      const session = await auth.api.getSession({ headers });
      return session === null ? null : { userId: session.user.id, name: session.user.name, email: session.user.email };
    },
    async signOut(headers) {
      const response = await auth.api.signOut({ headers, asResponse: true });
      return response.headers.getSetCookie();
    },
    close: () => pool.end(),
  };
}

function nameAndValue(cookie: string): string {
  return cookie.split(';', 1)[0] ?? '';
}
