import { eventPage } from '../../crm/to-zoho.ts';
import { findConnection } from '../../db/queries/connections.ts';
import type { PlacementRow } from '../../db/queries/ledger.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';

/** The page of a meeting's event in Zoho (or the sandbox); null while there is none. */
export async function readEventUrl({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { placements: PlacementRow[] };
}): Promise<string | null> {
  const event = input.placements.find((placement) => placement.slot === 'event');
  const connection = event === undefined ? null : await findConnection(ctx.db, ctx.organizationId);
  if (event === undefined || connection === null) return null;
  return eventPage(gateway.pagesOf(connection.dataCentre), connection.zohoZgid, event.crmId);
}
