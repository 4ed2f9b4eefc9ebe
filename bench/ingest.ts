import { randomUUID } from 'node:crypto';
import { migrate } from '../src/db/migrate.ts';
import { type Database, openDatabase } from '../src/db/open-database.ts';
import { insertOrganization } from '../src/db/queries/organizations.ts';
import type { FeatureContext } from '../src/features/context.ts';
import { ingestMeeting } from '../src/features/ingest/ingest-meeting.ts';
import { parseMeetingBody } from '../src/features/ingest/meeting-body.ts';
import type { Bench } from './bench.ts';
import { meetingsOf } from './make-data.ts';
import { openPlace } from './place.ts';

const MEETINGS = 2000;
const ROUNDS = 3;

/** Saving meetings, one transaction each, against one bare insert of the same text each; the best of three rounds by turns. */
export const ingest: Bench = async ({ database, size, say }) => {
  const place = await openPlace(database);
  const db = openDatabase({ url: place.url });
  try {
    await migrate({ url: place.url });
    await db.query('create table bare (id uuid primary key, body jsonb not null)');
    const bodies = [...meetingsOf({ seed: 3, accounts: 500, meetings: size ?? MEETINGS })];
    const rounds: { ingest: number; bare: number }[] = [];
    for (let at = 0; at < ROUNDS; at++) {
      rounds.push({ ingest: await timeIngest(db, bodies), bare: await timeBare(db, bodies) });
    }
    const best = (of: (round: (typeof rounds)[number]) => number) => Math.min(...rounds.map(of));
    const [ours, bare] = [best((round) => round.ingest), best((round) => round.bare)];
    say(`ingest ${ours.toFixed(2)} ms, bare insert ${bare.toFixed(2)} ms a meeting`);
    return { ofBare: Math.round((ours / bare) * 100) / 100 };
  } finally {
    await db.close();
    await place.remove();
  }
};

async function timeIngest(db: Database, bodies: Record<string, unknown>[]): Promise<number> {
  const organizationId = randomUUID();
  await insertOrganization(db, { id: organizationId, name: 'Bench', createdAt: new Date() });
  const ctx: FeatureContext = {
    db,
    organizationId,
    actor: { kind: 'system' },
    now: () => new Date(),
    newId: randomUUID,
    // The engine's part is the same for both.
    wake: async () => undefined,
  };
  const startedAt = performance.now();
  for (const { externalId, ...body } of bodies) {
    await ingestMeeting({
      ctx,
      input: { externalId: String(externalId), body: parseMeetingBody(body), isBackfill: false },
    });
  }
  return (performance.now() - startedAt) / bodies.length;
}

async function timeBare(db: Database, bodies: Record<string, unknown>[]): Promise<number> {
  const startedAt = performance.now();
  for (const body of bodies) {
    await db.query('insert into bare (id, body) values ($1, $2)', [randomUUID(), JSON.stringify(body)]);
  }
  return (performance.now() - startedAt) / bodies.length;
}
