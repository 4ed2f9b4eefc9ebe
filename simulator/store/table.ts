import { compareIds, type Json } from '../json.ts';

/** A stored row. Rows are never changed in place: a change puts a new object under the same id. */
export type Row = { readonly id: string; readonly [field: string]: Json | undefined };

/** Gives the keys under which a row is found in an index; an empty list leaves it out. */
export type KeysOf = (row: Row) => readonly string[];

/** Rows of one kind in memory, with indexes that are built when they are first asked for. */
export type Table = {
  readonly name: string;
  readonly size: number;
  get(id: string): Row | undefined;
  put(row: Row): void;
  remove(id: string): void;
  rows(): IterableIterator<Row>;
  /**
   * Rows whose index `index` holds `key`; without a declared index, rows whose field of that name equals it
   * (`lower:Field`: equals it in lower case).
   */
  find(index: string, key: string): Row[];
  declareIndex(index: string, keysOf: KeysOf): void;
  /** Rows in order of id, from the first id greater than `after`. */
  byId(after?: string): IterableIterator<Row>;
  /** Rows in order of id, last first. */
  byIdDescending(): IterableIterator<Row>;
  /** Rows in order of (Modified_Time, id), from `sinceMs` on. */
  byModified(sinceMs?: number): IterableIterator<Row>;
  /** Rows in order of (that time, id), or last first. */
  byTime(field: TimeField, isDescending: boolean): IterableIterator<Row>;
  /** Builds the orders and the named indexes now, so that no call has to wait for them. */
  warm(indexes: readonly string[]): void;
  /** All rows as they are now; cheap, since rows are immutable. */
  copy(): Map<string, Row>;
  /** Replaces the whole content and forgets all indexes. */
  replace(rows: Map<string, Row>): void;
};

/** Times that every record has. */
export type TimeField = 'Modified_Time' | 'Created_Time';

export type Change = { table: string; id: string; before: Row | undefined; after: Row | undefined };

/** Creates a table; `onChange` hears every put and remove before it returns. */
export function createTable(name: string, onChange: (change: Change) => void): Table {
  let rows = new Map<string, Row>();
  const declared = new Map<string, KeysOf>();
  const indexes = new Map<string, IndexMap>();
  let ordered: string[] | undefined;
  const timelines = new Map<TimeField, Timeline>();

  const keysFor = (index: string): KeysOf => {
    const known = declared.get(index);
    if (known) return known;
    if (!index.startsWith('lower:')) return (row) => fieldKey(row[index]);
    const field = index.slice('lower:'.length);
    return (row) => fieldKey(row[field]).map((key) => key.toLowerCase());
  };
  const indexOf = (index: string): IndexMap => {
    const known = indexes.get(index);
    if (known) return known;
    const built: IndexMap = new Map();
    const keysOf = keysFor(index);
    for (const row of rows.values()) for (const key of keysOf(row)) addKey(built, key, row.id);
    indexes.set(index, built);
    return built;
  };
  const reindex = (before: Row | undefined, after: Row | undefined) => {
    for (const [index, map] of indexes) moveKeys(map, keysFor(index), before, after);
  };
  const orderedIds = (): string[] => {
    ordered ??= [...rows.keys()].sort(compareIds);
    return ordered;
  };
  const track = (before: Row | undefined, after: Row) => {
    if (ordered && !before) {
      const last = ordered[ordered.length - 1];
      if (last === undefined || compareIds(last, after.id) < 0) ordered.push(after.id);
      else ordered = undefined;
    }
    for (const [field, timeline] of timelines) {
      if (before && before[field] === after[field]) continue;
      if (!appendToTimeline(timeline, timeOf(after, field), after.id)) timelines.delete(field);
    }
  };

  const timelineOf = (field: TimeField): Timeline => {
    const known = timelines.get(field) ?? buildTimeline(rows, field);
    timelines.set(field, known);
    return known;
  };
  function* timed(field: TimeField, from: number, step: 1 | -1): IterableIterator<Row> {
    const { times, ids } = timelineOf(field);
    for (let i = from; i >= 0 && i < ids.length; i += step) {
      const row = rows.get(ids[i] ?? '');
      if (row && timeOf(row, field) === times[i]) yield row;
    }
  }

  return {
    name,
    get size() {
      return rows.size;
    },
    get: (id) => rows.get(id),
    put(row) {
      const before = rows.get(row.id);
      rows.set(row.id, row);
      reindex(before, row);
      track(before, row);
      onChange({ table: name, id: row.id, before, after: row });
    },
    remove(id) {
      const before = rows.get(id);
      if (!before) return;
      rows.delete(id);
      reindex(before, undefined);
      onChange({ table: name, id, before, after: undefined });
    },
    rows: () => rows.values(),
    find(index, key) {
      const hit = indexOf(index).get(key);
      if (hit === undefined) return [];
      const ids = typeof hit === 'string' ? [hit] : hit;
      const found: Row[] = [];
      for (const id of ids) {
        const row = rows.get(id);
        if (row) found.push(row);
      }
      return found;
    },
    declareIndex(index, keysOf) {
      declared.set(index, keysOf);
      indexes.delete(index);
    },
    *byId(after) {
      const ids = orderedIds();
      let i = after === undefined ? 0 : firstAbove(ids, after);
      for (; i < ids.length; i++) {
        const row = rows.get(ids[i] ?? '');
        if (row) yield row;
      }
    },
    *byIdDescending() {
      const ids = orderedIds();
      for (let i = ids.length - 1; i >= 0; i--) {
        const row = rows.get(ids[i] ?? '');
        if (row) yield row;
      }
    },
    byModified(sinceMs) {
      const from = sinceMs === undefined ? 0 : firstAtLeast(timelineOf('Modified_Time').times, sinceMs);
      return timed('Modified_Time', from, 1);
    },
    byTime(field, isDescending) {
      return isDescending ? timed(field, timelineOf(field).ids.length - 1, -1) : timed(field, 0, 1);
    },
    warm(names) {
      for (const one of names) indexOf(one);
      orderedIds();
      timelineOf('Modified_Time');
      timelineOf('Created_Time');
    },
    copy: () => new Map(rows),
    replace(next) {
      rows = next;
      indexes.clear();
      ordered = undefined;
      timelines.clear();
    },
  };
}

type IndexMap = Map<string, string | string[]>;
type Timeline = { times: number[]; ids: string[] };

function fieldKey(value: Json | undefined): readonly string[] {
  if (value === null || value === undefined) return [];
  return [String(value)];
}

function addKey(map: IndexMap, key: string, id: string): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, id);
  else if (typeof held === 'string') map.set(key, [held, id]);
  else held.push(id);
}

function dropKey(map: IndexMap, key: string, id: string): void {
  const held = map.get(key);
  if (held === undefined) return;
  if (typeof held === 'string') {
    if (held === id) map.delete(key);
    return;
  }
  const at = held.indexOf(id);
  if (at >= 0) held.splice(at, 1);
  if (held.length === 0) map.delete(key);
}

function moveKeys(map: IndexMap, keysOf: KeysOf, before: Row | undefined, after: Row | undefined): void {
  const old = before ? keysOf(before) : [];
  const next = after ? keysOf(after) : [];
  if (before) for (const key of old) if (!next.includes(key)) dropKey(map, key, before.id);
  if (after) for (const key of next) if (!old.includes(key)) addKey(map, key, after.id);
}

function timeOf(row: Row, field: TimeField): number {
  const time = row[field];
  return typeof time === 'number' ? time : 0;
}

function buildTimeline(rows: Map<string, Row>, field: TimeField): Timeline {
  const sorted = [...rows.values()].sort((a, b) => timeOf(a, field) - timeOf(b, field) || compareIds(a.id, b.id));
  return { times: sorted.map((row) => timeOf(row, field)), ids: sorted.map((row) => row.id) };
}

/** Puts an entry at its place near the end; false when it belongs so far back that a rebuild is cheaper. */
function appendToTimeline({ times, ids }: Timeline, time: number, id: string): boolean {
  let at = ids.length;
  const furthest = Math.max(0, at - 5000);
  while (at > furthest) {
    const previousTime = times[at - 1] ?? 0;
    const previousId = ids[at - 1] ?? '';
    if (previousTime < time || (previousTime === time && compareIds(previousId, id) <= 0)) break;
    at--;
  }
  if (at === furthest && furthest > 0) return false;
  if (ids[at - 1] === id && times[at - 1] === time) return true;
  times.splice(at, 0, time);
  ids.splice(at, 0, id);
  return true;
}

function firstAbove(ids: readonly string[], after: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ids[middle] ?? '', after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstAtLeast(times: readonly number[], since: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) >= since) high = middle;
    else low = middle + 1;
  }
  return low;
}
