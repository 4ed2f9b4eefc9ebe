import { z } from 'zod';
import type { Server } from '../route-deps.ts';

/** Moves the product's clock and the sandbox's together and runs what became due; answers the new time. */
export type Advance = (seconds: number) => Promise<Date>;

/** Only in test mode. */
export function addTestRoutes(server: Server, advance: Advance): void {
  server.post(
    '/test/advance',
    { schema: { hide: true, body: z.object({ seconds: z.number().min(0).max(315_360_000) }) } },
    async (request) => ({ now: (await advance(request.body.seconds)).toISOString() }),
  );
}
