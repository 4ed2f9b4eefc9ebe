import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../../features/context.ts';
import { hearNotification, organizationOfSecret } from '../../features/mirror/hear-notification.ts';
import { sendProblem } from '../problem.ts';
import type { Server } from '../route-deps.ts';

/** A callback names ids, no contents. */
const MAX_BODY_BYTES = 1_048_576;

/**
 * Where Zoho tells of changes: no session, the secret is in the address and in the body. Whatever is not right, the answer is the
 * same 404, so that nobody learns what was wrong; what is right is noted down and answered at once.
 */
export async function addHookRoutes(
  server: Server,
  contextOfOrganization: (organizationId: string) => FeatureContext,
): Promise<void> {
  await server.register(async (hooks) => {
    hooks.setErrorHandler((error: AppError & { statusCode?: number }, request, reply) => {
      const isTheirs = error.statusCode !== undefined && error.statusCode < 500;
      return sendProblem(isTheirs ? nothingHere() : error, request, reply);
    });
    hooks.post(
      '/hooks/zoho/:secret',
      { bodyLimit: MAX_BODY_BYTES, schema: { hide: true, params: z.object({ secret: z.string() }) } },
      async (request) => {
        const { secret } = request.params as { secret: string };
        const organizationId = organizationOfSecret(secret);
        if (organizationId === null) throw nothingHere();
        await hearNotification({ ctx: contextOfOrganization(organizationId), input: { secret, body: request.body } });
        return {};
      },
    );
  });
}

function nothingHere(): AppError {
  return new AppError('not_found', 'There is nothing at this address.');
}
