import { z } from 'zod';
import { readSettings } from '../../features/people/read-settings.ts';
import { saveSettings } from '../../features/people/save-settings.ts';
import { policyBody } from '../../features/policy.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { settingsAnswer } from '../schemas/workspace-answers.ts';

const settingsBody = policyBody.extend({ organizationName: z.string().trim().min(1).max(200) });

/** The organization's name and policy. */
export function addSettingsRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/settings',
    {
      schema: { tags: ['Settings'], summary: 'Name and policy of the organization', response: { 200: settingsAnswer } },
    },
    async (request) => {
      const caller = await deps.requirePerson(request, 'read_only');
      return readSettings({ ctx: deps.contextOf(caller) });
    },
  );
  server.put(
    '/settings',
    {
      schema: {
        tags: ['Settings'],
        summary: 'Replaces name and policy; every meeting is looked at again',
        body: settingsBody,
        response: { 200: settingsAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requirePerson(request, 'admin');
      const { organizationName, ...policy } = request.body;
      const ctx = deps.contextOf(caller);
      await saveSettings({ ctx, input: { organizationName, policy } });
      return readSettings({ ctx });
    },
  );
}
