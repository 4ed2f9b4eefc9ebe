import { recordPage } from '../../crm/to-zoho.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { countMeetingsOfRecords, findRecord } from '../../db/queries/records.ts';
import { listRelatedRecords, type RelatedRecords } from '../../db/queries/related-records.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { readPolicy } from '../organization-policy.ts';
import { type RecordRow, toRecordRow } from './record-row.ts';

export type RecordDetail = RecordRow &
  RelatedRecords & { crmUrl: string | null; account: { crmId: string; name: string } | null };

const SINGULAR: Record<CrmModule, string> = {
  contacts: 'contact',
  leads: 'lead',
  accounts: 'account',
  deals: 'deal',
};

/** The record's own page in the CRM carries its module in the address; the CRM writes it with a capital. */
const PAGES: Record<CrmModule, string> = { contacts: 'Contacts', leads: 'Leads', accounts: 'Accounts', deals: 'Deals' };

/** A record with its facts from the CRM and the records around it. Throws `not_found` for one that is gone or never was. */
export async function readRecord({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { module: CrmModule; crmId: string };
}): Promise<RecordDetail> {
  const { module, crmId } = input;
  const record = { module, id: crmId };
  const found = await findRecord(ctx.db, ctx.organizationId, record);
  if (found === null) {
    throw new AppError('not_found', `There is no ${SINGULAR[module]} ${crmId} here; it may have been deleted in Zoho.`);
  }
  const policy = await readPolicy(ctx);
  const [counts, related, connection] = await Promise.all([
    countMeetingsOfRecords(ctx.db, ctx.organizationId, { module, ids: [crmId], policy }),
    listRelatedRecords(ctx.db, ctx.organizationId, record),
    findConnection(ctx.db, ctx.organizationId),
  ]);
  return {
    ...toRecordRow(module, found, counts.get(crmId)),
    ...related,
    crmUrl:
      connection === null
        ? null
        : recordPage(gateway.pagesOf(connection.dataCentre), connection.zohoZgid, PAGES[module], crmId),
    account: found.accountId === null || found.detail === null ? null : { crmId: found.accountId, name: found.detail },
  };
}
