import { lockFolder } from './folder-lock.ts';
import { type Entry, type Journal, openJournal } from './journal.ts';
import { type Change, createTable, type Table } from './table.ts';

/** All tables of a simulator, with their journal and the ways back. */
export type Store = {
  table(name: string): Table;
  tables(): IterableIterator<Table>;
  /** Makes all changes since the last commit durable as one unit. To be called before a reply leaves. */
  commit(): void;
  /** Runs `work`; when it says so (`undo: true`), everything it changed is put back. */
  attempt<T>(work: () => { result: T; undo: boolean }): T;
  /** Remembers the whole state under an id (until the process ends). */
  snapshot(): string;
  /** Goes back to a remembered state; false for an unknown id. */
  restore(id: string): boolean;
  /** Empties every table. */
  clear(): void;
  /** Writes the whole state as a fresh snapshot on disk (nothing without a folder). */
  compact(): void;
  /** True when the folder held rows when it was opened. */
  readonly isRestored: boolean;
  close(): void;
};

const compactAboveBytes = 64 * 1024 * 1024;

/** Opens a store: in memory, or in `folder`, which no other living process may use. */
export function openStore(folder?: string): Store {
  const tables = new Map<string, Table>();
  const snapshots = new Map<string, Map<string, ReturnType<Table['copy']>>>();
  let pending: Entry[] = [];
  let undoLog: Change[] | undefined;
  let isLoading = true;

  const onChange = (change: Change) => {
    if (isLoading) return;
    undoLog?.push(change);
    if (journal) pending.push([change.table, change.id, change.after ?? null]);
  };
  const table = (name: string): Table => {
    const known = tables.get(name);
    if (known) return known;
    const created = createTable(name, onChange);
    tables.set(name, created);
    return created;
  };
  const unlock = folder === undefined ? undefined : lockFolder(folder);
  let loaded = 0;
  const journal: Journal | undefined =
    folder === undefined
      ? undefined
      : openJournal(folder, ([name, id, row]) => {
          loaded++;
          if (row) table(name).put(row);
          else table(name).remove(id);
        });
  isLoading = false;

  const compact = () => {
    pending = [];
    journal?.compact(entriesOf(tables));
  };

  return {
    table,
    tables: () => tables.values(),
    commit() {
      if (!journal || pending.length === 0) return;
      journal.append(pending);
      pending = [];
      if (journal.bytes > compactAboveBytes) compact();
    },
    attempt(work) {
      const outer = undoLog;
      const mine: Change[] = [];
      undoLog = mine;
      try {
        const { result, undo } = work();
        undoLog = undefined;
        if (undo) for (const change of mine.reverse()) putBack(table(change.table), change);
        else outer?.push(...mine);
        return result;
      } finally {
        undoLog = outer;
      }
    },
    snapshot() {
      const id = `snapshot-${snapshots.size + 1}`;
      snapshots.set(id, new Map([...tables].map(([name, held]) => [name, held.copy()])));
      return id;
    },
    restore(id) {
      const held = snapshots.get(id);
      if (!held) return false;
      for (const [name, one] of tables) one.replace(new Map(held.get(name) ?? []));
      compact();
      return true;
    },
    clear() {
      for (const one of tables.values()) one.replace(new Map());
      compact();
    },
    compact,
    isRestored: loaded > 0,
    close() {
      journal?.close();
      unlock?.();
    },
  };
}

function putBack(table: Table, change: Change): void {
  if (change.before) table.put(change.before);
  else table.remove(change.id);
}

function* entriesOf(tables: Map<string, Table>): Iterable<Entry> {
  for (const table of tables.values()) for (const row of table.rows()) yield [table.name, row.id, row];
}
