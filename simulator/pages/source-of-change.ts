import type { Row } from '../store/table.ts';
import type { Module, Org } from '../world/org.ts';
import type { World } from '../world/world.ts';
import type { Visit } from './visit.ts';

/** By what a record was made and last changed, in words. */
export type Source = { created: string; modified: string };

const here = 'on these pages';

/** Rows do not name the client that wrote them; what was written on these pages is noted beside them. */
export function sourceOf(visit: Visit, module: Module, row: Row): Source {
  const edit = tableOf(visit.world, visit.org).get(`${module.apiName}/${row.id}`);
  const isSeeded = isSeedTime(Number(row.Created_Time));
  const byClient = `by API client ${visit.world.client.id.slice(0, 13)}…`;
  const created = edit?.isNew === true ? here : isSeeded ? 'from the seed' : byClient;
  if (edit && edit.at === row.Modified_Time) return { created, modified: here };
  return { created, modified: row.Modified_Time === row.Created_Time ? created : byClient };
}

/** Notes that a person wrote the record on these pages. */
export function noteSource(world: World, org: Org, module: Module, row: Row, isNew: boolean): void {
  const table = tableOf(world, org);
  const id = `${module.apiName}/${row.id}`;
  table.put({ id, at: Number(row.Modified_Time), isNew: isNew || table.get(id)?.isNew === true });
}

/** Forgets a record that is gone. */
export function forgetSource(world: World, org: Org, module: Module, id: string): void {
  tableOf(world, org).remove(`${module.apiName}/${id}`);
}

const tableOf = (world: World, org: Org) => world.store.table(`${org.key}/page-edits`);

/** Seeded records bear whole days (UTC) as their times. */
const isSeedTime = (epochMs: number) => epochMs % 86_400_000 === 0;
