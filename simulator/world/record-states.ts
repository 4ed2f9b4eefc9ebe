import type { Json } from '../json.ts';
import type { Row, Table } from '../store/table.ts';
import type { Module, Org } from './org.ts';

/** States in which Zoho refuses to change a record. Source: Zoho CRM API v8, Update Records, possible errors. */
export const blockingStates = {
  locked: 'RECORD_LOCKED',
  blueprint: 'RECORD_IN_BLUEPRINT',
  approval: 'NOT_APPROVED',
  review: 'NOT_REVIEWED',
} as const;

export type BlockingState = keyof typeof blockingStates;

/** What was said of a record beside its fields; undefined for nearly all. */
export function stateOfRecord(org: Org, module: Module, id: string): Row | undefined {
  const table = tableOf(org);
  return table.size === 0 ? undefined : table.get(`${module.apiName}/${id}`);
}

/** The state that keeps a record from being changed, if any. */
export function blockOf(org: Org, module: Module, id: string): BlockingState | undefined {
  const state = stateOfRecord(org, module, id)?.state;
  return typeof state === 'string' && state in blockingStates ? (state as BlockingState) : undefined;
}

/** Sets (null: takes away) the state of a record and who does not see it. */
export function setRecordState(
  org: Org,
  module: Module,
  id: string,
  change: { state?: BlockingState | null; invisibleTo?: readonly string[] },
): void {
  const held = stateOfRecord(org, module, id);
  const state: Json = change.state === undefined ? (held?.state ?? null) : change.state;
  const invisibleTo: Json = change.invisibleTo ?? held?.invisibleTo ?? [];
  tableOf(org).put({ id: `${module.apiName}/${id}`, state, invisibleTo });
}

/** True when some record has a state: most orgs have none, and reads stay as fast as they are. */
export function hasStates(org: Org): boolean {
  return tableOf(org).size > 0;
}

const tableOf = (org: Org): Table => org.table('record-states');
