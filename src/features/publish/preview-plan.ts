import type { OrgCapabilities } from '../../crm/capabilities.ts';
import type { Rights } from '../../crm/rights.ts';
import { findConnection } from '../../db/queries/connections.ts';
import type { CrmPicture } from '../../domain/crm-picture.ts';
import type { Policy } from '../../domain/policy.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { type MeetingToPlan, type PlannedMeeting, planMeetings } from './plan-meetings.ts';

/** The plan of one evaluated meeting, without saving or sending anything. Throws `not_connected`: what fits is told by the org. */
export async function openPreview({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'meetingUrl'>;
  input: { meeting: MeetingToPlan; picture: CrmPicture; policy: Policy };
}): Promise<PlannedMeeting> {
  const connection = await findConnection<OrgCapabilities, Rights>(ctx.db, ctx.organizationId);
  if (connection === null) {
    throw new AppError(
      'not_connected',
      'There is nothing to preview before Zoho CRM is connected: Settings > Integrations.',
    );
  }
  const { meeting, picture, policy } = input;
  const [planned] = await planMeetings({ ctx, gateway, input: { connection, meetings: [meeting], picture, policy } });
  if (planned === undefined) throw new AppError('internal', 'The meeting could not be planned. Try again.');
  return planned;
}
