import { z } from 'zod';
import type { Server } from '../route-deps.ts';

/** Uses a one-time token up and gives the cookies of a session, or null. */
export type Redeem = (token: string) => Promise<string[] | null>;

/** The one-time link that `npm start` prints. */
export function addSignInRoute(server: Server, redeem: Redeem): void {
  server.get(
    '/sign-in',
    // A link that is only looked at must not be used up.
    {
      exposeHeadRoute: false,
      schema: { hide: true, querystring: z.object({ token: z.string().max(500).default('') }) },
    },
    async (request, reply) => {
      const cookies = await redeem(request.query.token);
      if (cookies === null) return reply.redirect('/?sign_in=used', 303);
      return reply.header('set-cookie', cookies).redirect('/', 303);
    },
  );
}
