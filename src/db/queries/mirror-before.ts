import type { Sql } from '../sql.ts';
import { type KeyModule, MIRROR_SHAPES, type MirrorKey, type MirrorModule, type MirrorRowOf } from './mirror.ts';

/** What the mirror holds of a record before a change: its row, and whether it counts as deleted. */
export type KnownRecord<Module extends MirrorModule> = { row: MirrorRowOf[Module]; isDeleted: boolean };

/** The rows that the mirror holds of these records, by id, in the form in which pages of changes bring them. */
export async function readKnownRecords<Module extends MirrorModule>(
  sql: Sql,
  organizationId: string,
  module: Module,
  ids: readonly string[],
): Promise<Map<string, KnownRecord<Module>>> {
  const { table, columns, isTimed } = MIRROR_SHAPES[module];
  const selected = columns.map(({ name, key, type }) => `${type === 'date' ? `${name}::text` : name} as "${key}"`);
  const rows = await sql.query<Record<string, unknown> & { id: string; isDeleted: boolean }>(
    `select ${selected.join(', ')}, ${isTimed ? 'deleted_at is not null' : 'false'} as "isDeleted"
     from ${table} where organization_id = $1 and id = any($2::text[])`,
    [organizationId, ids],
  );
  return new Map(
    rows.map(({ isDeleted, ...row }) => {
      const named = Object.fromEntries(
        Object.entries(row).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]),
      );
      return [row.id, { row: named as MirrorRowOf[Module], isDeleted }];
    }),
  );
}

/** What these records are found by now. */
export async function readKnownKeys(
  sql: Sql,
  organizationId: string,
  module: KeyModule,
  ids: readonly string[],
): Promise<MirrorKey[]> {
  return sql.query<MirrorKey>(
    `select record_id as "recordId", kind, key, base from crm_keys
     where organization_id = $1 and module = $2 and record_id = any($3::text[])`,
    [organizationId, module, ids],
  );
}
