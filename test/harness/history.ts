import { createBackfill } from '../../src/features/history/create-backfill.ts';
import { readBackfill } from '../../src/features/history/read-backfills.ts';
import { type Steering, steerBackfill } from '../../src/features/history/steer-backfill.ts';
import { ingestMeeting } from '../../src/features/ingest/ingest-meeting.ts';
import { parseMeetingBody } from '../../src/features/ingest/meeting-body.ts';
import { type BodyPart, meetingBody, type TestProduct } from './product.ts';

const DAY_MS = 86_400_000;

/** Found by address, by lead, not for certain, and not at all, by turns. */
const PEOPLE = [
  ['ana@acme.example'],
  ['ben@acme.example', 'lea@new.example'],
  ['twin@globex.example'],
  ['nobody@x.example'],
  ['cleo@initech.example', 'ana+team@acme.example'],
];

/** A past meeting; each has a day of its own. */
export function pastBody(at: number, more: BodyPart = {}): BodyPart {
  const startsAt = Date.UTC(2026, 2, 1, 9) + at * DAY_MS;
  return meetingBody(
    {
      title: `Past ${at}`,
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 1_800_000).toISOString(),
      recordingUrl: `https://rec.example/past-${at}`,
      ...more,
    },
    PEOPLE[at % PEOPLE.length],
  );
}

/** What a person does with backfills of a product. */
export function openHistory(product: TestProduct) {
  const ctx = product.contextOf({ kind: 'person', id: 'olga', name: 'Olga Admin' });
  return {
    async open(name = 'Spring'): Promise<string> {
      return (await createBackfill({ ctx, input: { name } })).row.id;
    },
    stage: (backfillId: string, externalId: string, body: BodyPart) =>
      ingestMeeting({ ctx, input: { externalId, body: parseMeetingBody(body), isBackfill: true, backfillId } }),
    /** Past meetings `p0`, `p1`, … of a new backfill. */
    async openWith(count: number): Promise<string> {
      const id = await this.open();
      for (let at = 0; at < count; at++) await this.stage(id, `p${at}`, pastBody(at));
      return id;
    },
    steer: (id: string, step: Steering) => steerBackfill({ ctx, input: { id, step } }),
    read: (id: string) => readBackfill({ ctx, input: { id } }),
    /** Simulates and starts; the sender has not run since. */
    async start(id: string) {
      await this.steer(id, 'simulate');
      await product.serve();
      return this.steer(id, 'start');
    },
  };
}
