import { z } from 'zod';
import { readSession } from '../../features/people/read-session.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { sessionAnswer } from '../schemas/workspace-answers.ts';

const LABELS = {
  not_connected: 'Not connected',
  connecting: 'Connecting',
  connected: 'Connected',
  needs_reauth: 'Needs re-authorisation',
  disconnected: 'Disconnected',
} as const;

export type SessionRouteDeps = RouteDeps & {
  version: string;
  sandboxUrl: () => string | null;
  signOut: (headers: Headers) => Promise<string[]>;
};

/** Who is signed in, and what every page shows. */
export function addSessionRoutes(server: Server, deps: SessionRouteDeps): void {
  server.get(
    '/session',
    { schema: { tags: ['Session'], summary: 'Who is signed in', response: { 200: sessionAnswer } } },
    async (request) => {
      const caller = await deps.requirePerson(request, 'read_only');
      const facts = await readSession({ ctx: deps.contextOf(caller) });
      const { connectionState: state } = facts;
      return {
        user: { id: caller.userId, name: caller.name, email: caller.email },
        organization: facts.organization,
        role: caller.role,
        version: deps.version,
        sandboxUrl: deps.sandboxUrl(),
        connection: { state, label: LABELS[state] },
        needsYou: facts.needsYou,
      };
    },
  );
  server.post(
    '/session/sign-out',
    { schema: { tags: ['Session'], summary: 'Ends the session', response: { 204: z.null() } } },
    async (request, reply) => {
      const headers = new Headers({ cookie: request.headers.cookie ?? '' });
      return reply
        .code(204)
        .header('set-cookie', await deps.signOut(headers))
        .send(null);
    },
  );
}
