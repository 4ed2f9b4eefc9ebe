import { z } from 'zod';
import { changeAlertSettings, readAlertSettings, sendTestAlert } from '../../features/alerts/alert-settings.ts';
import type { FeatureContext } from '../../features/context.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { alertSettingsAnswer, alertTestAnswer } from '../schemas/connection-answers.ts';

const tags = ['Settings'];

const alertSettingsBody = z.object({
  webhookUrl: z.string().trim().max(2_000).nullable(),
  emails: z.array(z.email()).max(20),
  renewSecret: z.boolean().default(false),
});

/** Where administrators hear of trouble. */
export function addAlertRoutes(server: Server, deps: RouteDeps): void {
  const answer = async (ctx: FeatureContext, newSecret: string | null) => {
    const { recent, ...settings } = await readAlertSettings({ ctx, gateway: deps.gateway });
    return {
      ...settings,
      newSecret,
      recent: recent.map(({ id, kind, message, raisedAt, deliveries }) => ({
        id,
        kind,
        message,
        raisedAt: raisedAt.toISOString(),
        deliveries: deliveries.map((one) => ({
          ...one,
          deliveredAt: moment(one.deliveredAt),
          nextAt: moment(one.nextAt),
        })),
      })),
    };
  };
  server.get(
    '/settings/alerts',
    { schema: { tags, summary: 'Where alerts go, and the latest ones', response: { 200: alertSettingsAnswer } } },
    async (request) => answer(deps.contextOf(await deps.requirePerson(request, 'admin')), null),
  );
  server.put(
    '/settings/alerts',
    {
      schema: {
        tags,
        summary: 'Replaces where alerts go',
        description:
          'A webhook is a POST of {id, kind, title, message, raisedAt, organization: {id, name}, page}. Its header x-salescaling-signature is t=<seconds>,v1=<hex>, the HMAC-SHA256 of "<t>.<body>" with the signing secret. The same id comes again when an answer was lost.',
        body: alertSettingsBody,
        response: { 200: alertSettingsAnswer },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      const { newSecret } = await changeAlertSettings({ ctx, gateway: deps.gateway, input: request.body });
      return answer(ctx, newSecret);
    },
  );
  server.post(
    '/settings/alerts/test',
    { schema: { tags, summary: 'Sends a test everywhere now', response: { 200: alertTestAnswer } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      return { results: await sendTestAlert({ ctx, gateway: deps.gateway }) };
    },
  );
}

/** Times that come out of JSON in the database, as all times are told. */
function moment(text: string | null): string | null {
  return text === null ? null : new Date(text).toISOString();
}
