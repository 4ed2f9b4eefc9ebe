import { setTimeout as wait } from 'node:timers/promises';
import { editMeeting } from './edit.ts';
import { changeFaults } from './faults.ts';
import type { Processes } from './processes.ts';
import { createRandom, type Random } from './random.ts';
import type { Stage } from './run.ts';
import { chooseStep, type Step, strikeAtTable } from './steps.ts';

const TRAP_LIMIT_MS = 2_000;
/** After so many deaths other faults stand, and the power fails: time passes in which nobody works. */
const FAULTS_EVERY = 6;
const POWER_CUT_EVERY = 12;
const WORD_EVERY = 10;
const LOOK_MS = 500;
const START_LIMIT_MS = 20_000;

/** So many steps in a row to which nobody comes: only time brings the connection back to work. */
const MISSES_MOST = 2;

/** Sends every meeting once, then kills, breaks and changes, until as many processes have died as the run asks for. */
export async function torment(stage: Stage): Promise<void> {
  const random = createRandom(stage.options.seed);
  const ending = new AbortController();
  const edits = random.fork('edits');
  for (const wanted of stage.meetings) await editMeeting(stage, wanted, edits);
  const editing = edit(stage, edits, ending.signal);
  const tending = tend(stage, ending.signal);
  const others = Promise.all([editing, tending]);
  try {
    // Whoever fails ends the run.
    await Promise.race([kill(stage, random), others]);
  } finally {
    ending.abort();
    await others;
  }
}

/** Any of the meetings changes, while processes die. */
async function edit(stage: Stage, random: Random, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await editMeeting(stage, random.pick(stage.meetings), random);
    await wait(random.between(20, 300));
  }
}

/** Does what only a person can: connects again when the access is dead. Reads the ledger before it is lost. */
async function tend(stage: Stage, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await wait(LOOK_MS);
    await stage.sandbox.readLedger().catch(() => undefined);
    const { state } = await stage.client.call<{ state: string }>('GET', '/integrations/zoho');
    if (/reauth|reconnect|disconnected|expired/.test(state)) await stage.connect().catch(() => undefined);
  }
}

async function kill(stage: Stage, random: Random): Promise<void> {
  const draws = { steps: random.fork('steps'), faults: random.fork('faults'), times: random.fork('times') };
  const startedAt = performance.now();
  let nextWord = WORD_EVERY;
  let nextFaults = 0;
  let nextCut = POWER_CUT_EVERY;
  let misses = 0;
  for (;;) {
    const { kills } = stage.killer.figures();
    if (kills >= stage.options.kills) return;
    if (kills >= nextWord) {
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      stage.options.say(`run ${stage.options.seed}: ${kills} kills after ${seconds} s`);
      nextWord = kills + WORD_EVERY;
    }
    if (kills >= nextFaults) {
      await changeFaults(stage.sandbox, draws.faults);
      nextFaults = kills + FAULTS_EVERY;
    }
    if (kills >= nextCut || misses >= MISSES_MOST) {
      await cutPower(stage, draws.times);
      misses = 0;
      nextCut = stage.killer.figures().kills + POWER_CUT_EVERY;
    } else if (draws.steps.chance(0.03)) await killSandbox(stage);
    else misses = (await killSome(stage, draws.steps)) ? 0 : misses + 1;
    await wait(draws.times.between(0, 400));
  }
}

/** False: nobody came to the step in time, and nobody died. */
async function killSome(stage: Stage, random: Random): Promise<boolean> {
  const { killer, processes, options } = stage;
  const step = chooseStep(random);
  // Without the one with HTTP nothing changes any more, so it is the rarer one.
  const victim = options.processes > 1 && random.chance(0.7) ? random.between(1, options.processes - 1) : 0;
  // Two or more at once.
  const alsoDie = random.chance(0.25);
  const isStruck = await strikeAt(stage, step, random);
  if (!isStruck && step.kind !== 'any') return false;
  if (!isStruck) killer.strike(processes.isUp(victim) ? victim : (victim + 1) % options.processes, 'anywhere');
  if (!alsoDie) return true;
  for (let at = 0; at < options.processes; at++) if (processes.isUp(at)) killer.strike(at, 'at once with another');
  return true;
}

/** Without the one with HTTP nobody edits; without the others nobody is left to take over. */
async function waitUntilAllWork(processes: Processes): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  const areUp = () => Array.from({ length: processes.count }, (_, at) => processes.isUp(at)).every(Boolean);
  while (!areUp() && performance.now() < limit) await wait(20);
}

async function strikeAt(stage: Stage, step: Step, random: Random): Promise<boolean> {
  if (step.kind === 'request') {
    // The first thing that a process does when it is back is a step as well.
    const end = waitUntilAllWork(stage.processes).then(() => wait(TRAP_LIMIT_MS));
    return stage.killer.wait(step.trap, end);
  }
  // Now and then one dies while another starts.
  if (random.chance(0.9)) await waitUntilAllWork(stage.processes);
  if (step.kind === 'any') return false;
  const strike = (at: number) => stage.killer.strike(at, step.name);
  return (await strikeAtTable(stage.options.databaseUrl, step.table, strike)) !== null;
}

/** The sandbox dies and comes back with its state; whoever asks it meanwhile is refused a connection. */
async function killSandbox({ sandbox, processes }: Stage): Promise<void> {
  await processes.withoutStarts(async () => {
    await sandbox.kill();
    await sandbox.restart();
  });
}

/** All processes die, and come back when a minute or more has passed, a quarantine or a rest of a quarter of an hour. */
async function cutPower(stage: Stage, random: Random): Promise<void> {
  const { killer, processes, sandbox, options } = stage;
  const advanceSeconds = random.pick([61, 90, 1000]);
  await processes.withoutStarts(async () => {
    for (let at = 0; at < options.processes; at++) killer.strike(at, 'power cut');
    await processes.waitForQuiet();
    await sandbox.control('POST', '/sandbox/clock', { advanceSeconds });
  });
}
