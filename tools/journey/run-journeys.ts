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
export async function runJourneys(run: Run): Promise<JourneyReport> {
  const { journeys, onBegin, onResult } = run;
  const casts = journeys.map((_journey, at) => castOf(at + 1));
  const seed = await writeSeed(casts);
  run.onOpen(seed.remove);
  const houses = openHouses(run, seed.folder);
  const results: JourneyResult[] = [];
  for (const [at, journey] of journeys.entries()) {
    onBegin(journey.name);
    const result = await play(houses, journey, casts[at] ?? castOf(0));
    results.push(result);
    onResult(result);
  }
  await houses.leave();
  await seed.remove();
  return reportOf(results);
}

type Houses = ReturnType<typeof openHouses>;

/** The house of the journey that plays; a start that failed is not tried for every other journey too. */
function openHouses({ database, onOpen }: Run, seed: string) {
  let open: { house: House; stop(): Promise<void> } | null = null;
  let noStart: Error | null = null;
  const leave = async () => {
    const left = open;
    open = null;
    await left?.stop();
  };
  const start = async (): Promise<House> => {
    if (noStart !== null) throw new Error('It was not played, since the product did not start before.');
    const starting = openHouse({ seed, database });
    onOpen(starting.stop);
    try {
      const house = await starting.ready;
      open = { house, stop: starting.stop };
      return house;
    } catch (error) {
      noStart = error instanceof Error ? error : new Error(String(error));
      await starting.stop();
      throw noStart;
    }
  };
  const enter = async ({ isAlone, beginsUnconnected }: Journey): Promise<House> => {
    if (isAlone === true || beginsUnconnected === true) await leave();
    if (open !== null) return open.house;
    const house = await start();
    if (beginsUnconnected === true) return house;
    await house.connect(USERS.admin);
    await house.untilLoaded();
    return house;
  };
  return { enter, leave };
}

async function play(houses: Houses, journey: Journey, cast: Cast): Promise<JourneyResult> {
  let startedAt = performance.now();
  let why: string | null = null;
  try {
    const house = await houses.enter(journey);
    startedAt = performance.now();
    await playIn(house, journey, cast);
  } catch (error) {
    why = error instanceof Error ? error.message : String(error);
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  if (why !== null || journey.isAlone === true) await houses.leave();
  return { name: journey.name, ok: why === null, seconds, ...(why === null ? {} : { why }) };
}

async function playIn(house: House, journey: Journey, cast: Cast): Promise<void> {
  const { stage, finish, tidyUp } = await openStage(house, journey, cast);
  const switches = journey.switches ?? {};
  await house.sandbox.set(switches);
  await journey.play(stage);
  await finish();
  await tidyUp();
  await house.sandbox.heal();
  await house.sandbox.set(Object.fromEntries(Object.keys(switches).map((name) => [name, null])));
}
