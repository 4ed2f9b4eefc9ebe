import { disconnect } from '../features/connect/disconnect.ts';
import type { FeatureContext } from '../features/context.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { endLeave, isClosing } from '../features/leave/end-leave.ts';
import { dropChannels } from '../features/mirror/keep-channels.ts';

/** The last step of leaving, within the connection's lock: channels are closed and the access is given back. Can run again after a crash. */
export async function closeLeave(ctx: FeatureContext, gateway: CrmGateway): Promise<void> {
  if (!(await isClosing({ ctx }))) return;
  const sayGoodbye = (open: Parameters<typeof dropChannels>[0]['input']['open']) =>
    dropChannels({ ctx, input: { open } });
  const { isRevoked } = await disconnect({ ctx, gateway, input: { sayGoodbye } });
  await endLeave({ ctx, input: { isRevoked } });
}
