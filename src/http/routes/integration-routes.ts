import { z } from 'zod';
import { isAppError } from '../../errors.ts';
import { beginConnect } from '../../features/connect/begin-connect.ts';
import { createOptionalFields } from '../../features/connect/create-optional-fields.ts';
import { disconnect } from '../../features/connect/disconnect.ts';
import { finishConnect } from '../../features/connect/finish-connect.ts';
import { keepCredits } from '../../features/connect/keep-credits.ts';
import { readCard } from '../../features/connect/read-card.ts';
import { decideReplacement } from '../../features/connect/replace-org.ts';
import type { FeatureContext } from '../../features/context.ts';
import { steerBackfill } from '../../features/history/steer-backfill.ts';
import { readLeaveRun } from '../../features/leave/read-leave.ts';
import { dropChannels } from '../../features/mirror/keep-channels.ts';
import { presentCard } from '../present-card.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { zohoCard } from '../schemas/workspace-answers.ts';

const tags = ['Integrations'];
const PAGE = '/settings/integrations';

const redirectQuery = z.object({
  code: z.string().optional(),
  state: z.string().optional(),
  error: z.string().optional(),
  location: z.string().optional(),
  'accounts-server': z.string().optional(),
});

const connectBody = z
  .object({
    safeMode: z.boolean().default(false).meta({ description: 'A new sandbox connection begins as one to a real org' }),
  })
  .nullish();

/** The Zoho card and the way through Zoho's consent page. */
export function addIntegrationRoutes(server: Server, deps: RouteDeps): void {
  const card = async (ctx: FeatureContext) => presentCard(await readCard({ ctx }), deps.gateway.provider);
  server.get(
    '/integrations/zoho',
    { schema: { tags, summary: 'The Zoho card', response: { 200: zohoCard } } },
    async (request) => card(deps.contextOf(await deps.requirePerson(request, 'read_only'))),
  );
  server.post(
    '/integrations/zoho/connect',
    {
      schema: {
        tags,
        summary: 'Starts or renews the connection: the address of the consent page',
        body: connectBody,
        response: { 200: z.object({ authorizeUrl: z.string() }) },
      },
    },
    async (request) => {
      const caller = await deps.requirePerson(request, 'admin');
      const input = { userId: caller.userId, isSafeMode: request.body?.safeMode ?? false };
      return beginConnect({ ctx: deps.contextOf(caller), gateway: deps.gateway, input });
    },
  );
  server.get(
    '/integrations/zoho/callback',
    { schema: { tags, summary: 'Where Zoho sends the browser back to', querystring: redirectQuery } },
    async (request, reply) => {
      const caller = await deps.requirePerson(request, 'admin');
      try {
        const input = { query: request.query, userId: caller.userId };
        const outcome = await finishConnect({ ctx: deps.contextOf(caller), gateway: deps.gateway, input });
        if (outcome.kind === 'other_org') {
          const { nonce, oldOrgName, newOrgName } = outcome;
          const choice = new URLSearchParams({ replace: nonce, old_org: oldOrgName, new_org: newOrgName });
          return reply.redirect(`${PAGE}?${choice.toString()}`, 303);
        }
        return reply.redirect(`${PAGE}?connected=1`, 303);
      } catch (error) {
        // A person is on the way back from Zoho's page: they get a page with a sentence, not a document.
        if (!isAppError(error)) throw error;
        return reply.redirect(`${PAGE}?connect_error=${encodeURIComponent(error.message)}`, 303);
      }
    },
  );
  server.post(
    '/integrations/zoho/replace',
    {
      schema: {
        tags,
        summary: 'Decides whether another Zoho org takes the place of the one before',
        body: z.object({ nonce: z.string().min(1).max(200), decision: z.enum(['replace', 'cancel']) }),
        response: { 200: zohoCard },
      },
    },
    async (request) => {
      const caller = await deps.requirePerson(request, 'admin');
      const ctx = deps.contextOf(caller);
      await decideReplacement({ ctx, gateway: deps.gateway, input: { ...request.body, userId: caller.userId } });
      return card(ctx);
    },
  );
  server.post(
    '/integrations/zoho/disconnect',
    { schema: { tags, summary: 'Ends the access at Zoho; history stays', response: { 200: zohoCard } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await stopLeaving(ctx);
      const { isRevoked } = await disconnect({
        ctx,
        gateway: deps.gateway,
        input: { sayGoodbye: (open) => dropChannels({ ctx, input: { open } }) },
      });
      const answer = await card(ctx);
      if (isRevoked) return answer;
      const problem =
        'Zoho could not be reached to end the access there. Remove it in Zoho under Account > Security > Connected apps.';
      return { ...answer, problem };
    },
  );
  server.put(
    '/integrations/zoho/credits',
    {
      schema: {
        tags,
        summary: 'Says which part of the day’s credits is left to other integrations',
        body: z.strictObject({ keptPercent: z.number().int().min(0).max(90) }),
        response: { 200: zohoCard },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await keepCredits({ ctx, input: { percent: request.body.keptPercent } });
      return card(ctx);
    },
  );
  server.post(
    '/integrations/zoho/fields',
    {
      schema: {
        tags,
        summary: 'Creates the optional fields on meetings in Zoho',
        body: z.object({
          keys: z
            .array(z.enum(['activityType', 'aiScore', 'recording']))
            .min(1)
            .max(3),
        }),
        response: { 200: zohoCard },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await createOptionalFields({ ctx, gateway: deps.gateway, input: request.body });
      return card(ctx);
    },
  );
}

/** Whoever disconnects on the way out does not want that the next connection goes on with it by itself. */
async function stopLeaving(ctx: FeatureContext): Promise<void> {
  const run = await readLeaveRun({ ctx });
  if (run?.isStoppable === true) await steerBackfill({ ctx, input: { id: run.id, step: 'pause' } });
}
