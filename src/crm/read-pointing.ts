import { coqlPages } from '../zoho/coql.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import { refusalError } from './crm-error.ts';
import { type MirrorColumns, mirrorColumns } from './mirror-columns.ts';
import { type MirrorPage, toMirrorPage, ZOHO_NAME } from './read-mirror.ts';

/** Lookups that a restored record gets back from others. */
const POINTERS = {
  accounts: [
    { module: 'contacts', field: 'Account_Name' },
    { module: 'deals', field: 'Account_Name' },
  ],
  contacts: [{ module: 'deals', field: 'Contact_Name' }],
  leads: [],
  deals: [],
} as const;

const PAGE_ROWS = 200;

/**
 * The contacts and deals that point to these records now, page by page: 1 credit per 200 of a module. A lookup that the connected
 * user does not see is left out. Throws `crm_unavailable`, `crm_throttled`, `needs_reauth` or `crm_rejected`.
 */
export async function* readPointing(
  transport: ZohoTransport,
  module: keyof typeof POINTERS,
  ids: readonly string[],
  reading: { stages: ReadonlyMap<string, boolean>; columns: MirrorColumns | null },
): AsyncGenerator<MirrorPage, void> {
  for (const pointer of POINTERS[module]) {
    const name = ZOHO_NAME[pointer.module];
    const select = mirrorColumns(name, reading.columns);
    if (!select.includes(pointer.field)) continue;
    const where = { field: pointer.field, op: 'in' as const, values: ids };
    for await (const page of coqlPages(transport, { select, from: name, where, limit: PAGE_ROWS, pageBy: 'id' })) {
      if (page.kind === 'failed') throw refusalError(page, `The ${pointer.module} of restored ${module} were not read`);
      yield toMirrorPage(pointer.module, page.rows, reading.stages);
    }
  }
}
