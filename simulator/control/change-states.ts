import type { Reply } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Org } from '../world/org.ts';
import { type BlockingState, blockingStates, setRecordState } from '../world/record-states.ts';
import type { DataCentre, World } from '../world/world.ts';
import { orgNamed } from './person-call.ts';

/**
 * `POST /sandbox/records {records: [{module, id, state?, invisibleTo?}]}`: locks records, puts them into a blueprint, approval
 * or review, or hides them. `state: null` and `invisibleTo: []` take that away. All of it, or nothing.
 */
export function changeStates(world: World, dc: DataCentre, body: JsonObject): Reply {
  const org = orgNamed(dc, body.environment);
  if (!org || !isList(body.records) || body.records.length === 0) {
    return refuse('records is a list of {module, id, state?, invisibleTo?}.');
  }
  const { records } = body;
  const why = world.store.attempt(() => {
    const reason = records.map((one) => changeOne(org, one)).find((one) => one !== undefined);
    return { result: reason, undo: reason !== undefined };
  });
  return why === undefined ? { status: 200, body: {} } : refuse(`${why} Nothing was changed.`);
}

function changeOne(org: Org, input: Json): string | undefined {
  if (!isObject(input)) return 'A record is {module, id, state?, invisibleTo?}.';
  const module = org.module(String(input.module ?? ''));
  const id = idText(input.id) ?? '';
  if (!module?.records.get(id)) return `There is no record ${id} in ${String(input.module)}.`;
  const { state } = input;
  if (state !== undefined && state !== null && !(String(state) in blockingStates)) {
    return `state is ${Object.keys(blockingStates).join(', ')} or null.`;
  }
  setRecordState(org, module, id, {
    ...(state === undefined ? {} : { state: state as BlockingState | null }),
    ...(isList(input.invisibleTo)
      ? { invisibleTo: input.invisibleTo.map((one) => String(one).trim().toLowerCase()) }
      : {}),
  });
  return undefined;
}

function refuse(error: string): Reply {
  return { status: 400, body: { error } };
}
