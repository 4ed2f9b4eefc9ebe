import type { Call } from '../api/call.ts';
import { renderLookup, renderWhole } from '../api/render-record.ts';
import type { Reply } from '../http/failure.ts';
import type { JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { DataCentre, World } from '../world/world.ts';
import { orgNamed, personCall, personNamed } from './person-call.ts';

const mostRows = 2000;
const usualRows = 200;

/**
 * `GET /sandbox/records?module=`: whole records with participants, in order of id, without credits, limits or rights.
 * `ids=a,b` names some; `module=Contact_Roles` gives the roles of deals, `deleted=true` what was deleted of the module.
 */
export function showRecords(world: World, dc: DataCentre, query: URLSearchParams): Reply {
  const org = orgNamed(dc, query.get('environment') ?? undefined);
  const user = org && (personNamed(dc, org, undefined) ?? org.users.rows().next().value);
  if (!org || !user) return refuse('environment is production, sandbox or developer, and needs a user.');
  const name = query.get('module') ?? '';
  const call = personCall(world, org, user, { method: 'GET' });
  if (name === 'Contact_Roles') return paged(name, query, [...org.dealRoles.byId()], (row) => roleOf(call, row));
  const module = org.module(name);
  if (!module) return refuse(`There is no module “${name}”. Give module=Events, or another API name.`);
  if (query.get('deleted') === 'true') {
    const gone = org.deleted.find('module', module.apiName);
    return paged(module.apiName, query, gone, ({ record: _record, dropped: _dropped, held: _held, ...shown }) => ({
      ...shown,
      deleted_time: new Date(Number(shown.deleted_time)).toISOString(),
    }));
  }
  const ids = query.get('ids')?.split(',');
  const rows = ids ? ids.flatMap((id) => module.records.get(id.trim()) ?? []) : [...module.records.byId()];
  return paged(module.apiName, query, rows, (row) => renderWhole(call, module, row));
}

function roleOf(call: Call, row: Row): JsonObject {
  return {
    deal: renderLookup(call.org, 'Deals', String(row.dealId)),
    contact: renderLookup(call.org, 'Contacts', String(row.contactId)),
    role: call.org.roleCatalogue.get(String(row.roleId))?.name ?? null,
  };
}

function paged(module: string, query: URLSearchParams, rows: readonly Row[], show: (row: Row) => JsonObject): Reply {
  const page = numberOf(query.get('page'), 1, Number.MAX_SAFE_INTEGER);
  const perPage = numberOf(query.get('perPage'), usualRows, mostRows);
  if (page === undefined || perPage === undefined) {
    return refuse(`page and perPage are whole numbers from 1, perPage at most ${mostRows}.`);
  }
  const from = (page - 1) * perPage;
  const data = rows.slice(from, from + perPage).map(show);
  return { status: 200, body: { module, total: rows.length, page, perPage, more: rows.length > from + perPage, data } };
}

function numberOf(text: string | null, usual: number, most: number): number | undefined {
  const number = text === null ? usual : Number(text);
  return Number.isSafeInteger(number) && number >= 1 && number <= most ? number : undefined;
}

function refuse(error: string): Reply {
  return { status: 400, body: { error } };
}
