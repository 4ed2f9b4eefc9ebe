import { type Cast, castOf, USERS, writeSeed } from './cast.ts';
import { type House, openHouse } from './house.ts';
import { type Journey, type JourneyReport, type JourneyResult, reportOf } from './journey.ts';
import { openStage } from './stage.ts';

type Run = {
  journeys: readonly Journey[];
  database: string | null;
  /** What has to be undone when the run ends early; called with each house that opens. */
  onOpen(stop: () => Promise<void>): void;
  onBegin(name: string): void;
  onResult(result: JourneyResult): void;
};

/**
 * Plays journeys one after the other, in one house as long as they succeed: each has records and meetings of its own. A house
 * in which one failed is given up, so that the next one begins in order.
 */
export async function runJourneys({ journeys, database, onOpen, onBegin, onResult }: Run): Promise<JourneyReport> {
  const casts = new Map(journeys.map((journey, at) => [journey.name, castOf(at + 1)]));
  const seed = await writeSeed([...casts.values()]);
  onOpen(seed.remove);
  let open: { house: House; stop(): Promise<void> } | null = null;
  const leave = async () => {
    await open?.stop();
    open = null;
  };
  const results: JourneyResult[] = [];
  for (const journey of journeys) {
    const cast = casts.get(journey.name) ?? castOf(0);
    onBegin(journey.name);
    let startedAt = performance.now();
    let why: string | undefined;
    try {
      if (journey.isAlone === true) await leave();
      if (open === null) {
        const starting = openHouse({ seed: seed.folder, database });
        onOpen(starting.stop);
        open = { house: await starting.ready, stop: starting.stop };
        if (journey.beginsUnconnected !== true) {
          await open.house.connect(USERS.admin);
          await open.house.untilLoaded();
        }
      }
      startedAt = performance.now();
      await playOne(open.house, journey, cast);
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    const result = { name: journey.name, ok: why === undefined, seconds, ...(why === undefined ? {} : { why }) };
    results.push(result);
    onResult(result);
    if (why !== undefined || journey.isAlone === true) await leave();
  }
  await leave();
  await seed.remove();
  return reportOf(results);
}

async function playOne(house: House, journey: Journey, cast: Cast): Promise<void> {
  const { stage, finish, tidyUp } = await openStage(house, journey.name, cast);
  const switches = journey.switches ?? {};
  await house.sandbox.set(switches);
  await journey.play(stage);
  await finish();
  await tidyUp();
  await house.sandbox.heal();
  await house.sandbox.set(Object.fromEntries(Object.keys(switches).map((name) => [name, null])));
}
