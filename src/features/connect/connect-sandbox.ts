import { z } from 'zod';
import { CANARY_SCOPES, SCOPES } from '../../crm/scopes.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { saveGrant } from './finish-connect.ts';

const grantAnswer = z.object({ code: z.string() });

/**
 * Connects to the sandbox by a code from its control interface instead of its consent page. `isSafeMode`: a new connection begins
 * as one to a real org does, and may create and delete contacts for a canary. Throws `not_connected` with the reason.
 */
export async function connectSandbox({
  ctx,
  gateway,
  input = { isSafeMode: false },
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input?: { isSafeMode: boolean };
}): Promise<void> {
  if (gateway.provider !== 'sandbox')
    throw new AppError('forbidden', 'Only the sandbox can be connected without a browser.');
  const centre = gateway.startCentre();
  const { isSafeMode } = input;
  const scopes = isSafeMode ? [...SCOPES, ...CANARY_SCOPES] : SCOPES;
  const response = await gateway.ports.fetch(new URL('/sandbox/grants', centre.accounts), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scope: scopes.join(','), redirectUri: gateway.redirectUri }),
  });
  const text = await response.text();
  if (!response.ok) throw new AppError('not_connected', `The sandbox gave no access: ${text}`);
  const { code } = grantAnswer.parse(JSON.parse(text));
  await saveGrant({ ctx, gateway, input: { centre, code, userId: null, isSafeMode } });
}
