import type { Sql } from '../db/sql.ts';

/** The database as features see it: statements of their own, or several in one transaction. */
export type FeatureDatabase = Sql & {
  transaction<T>(work: (sql: Sql) => Promise<T>, options?: { isolation: 'repeatable read' }): Promise<T>;
};

/** Who asks: a person of the organization, a machine key, or the product itself. */
export type Actor = { kind: 'person'; id: string; name: string } | { kind: 'key'; name: string } | { kind: 'system' };

/** What every verb gets. Clock, ids and the wake-up come from the composition root. */
export type FeatureContext = {
  db: FeatureDatabase;
  organizationId: string;
  actor: Actor;
  now: () => Date;
  newId: () => string;
  /** Wakes the organization's sender, in the caller's transaction. */
  wake: (sql: Sql, organizationId: string) => Promise<void>;
};

/** The actor in words, for rows that say who decided. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'person') return actor.name;
  return actor.kind === 'key' ? `API key ${actor.name}` : 'Salescaling';
}
