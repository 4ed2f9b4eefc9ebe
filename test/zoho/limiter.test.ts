import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, type Place, type Priority } from '../../src/zoho/limiter.ts';

type Gate = { open: () => void; passed: Promise<void> };

function gate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}

/** Lets every promise that can settle do so. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function open(concurrency: number, subConcurrency: number) {
  const sleeps: { ms: number; wake: () => void }[] = [];
  const clock = { now: 1_000 };
  const limiter = createLimiter({
    concurrency,
    subConcurrency,
    now: () => clock.now,
    sleep: (ms) => new Promise((wake) => sleeps.push({ ms, wake })),
  });
  const started: string[] = [];
  const gates = new Map<string, Gate>();
  const add = (name: string, units: number, sub: number, place: Priority | Place, signal?: AbortSignal) => {
    const own = gate();
    gates.set(name, own);
    const task = async (): Promise<string> => {
      started.push(name);
      await own.passed;
      return name;
    };
    return limiter.run({ units, sub }, typeof place === 'string' ? { priority: place } : place, task, signal);
  };
  const finish = async (name: string) => {
    gates.get(name)?.open();
    await settle();
  };
  return { limiter, started, add, finish, sleeps, clock };
}

describe('createLimiter', () => {
  it('starts live before history, first in first out', async () => {
    const { add, started, finish } = open(1, 1);
    void add('running', 1, 0, 'history');
    void add('h1', 1, 0, 'history');
    void add('l1', 1, 0, 'live');
    void add('l2', 1, 0, 'live');
    await settle();
    for (const name of ['running', 'l1', 'l2']) await finish(name);
    expect(started).toEqual(['running', 'l1', 'l2', 'h1']);
  });

  it('starts calls with an earlier turn first, those of one turn in their order, and live before all', async () => {
    const { add, started, finish } = open(1, 1);
    void add('running', 1, 0, 'history');
    void add('second a', 1, 0, { priority: 'history', turn: 2 });
    void add('first a', 1, 0, { priority: 'history', turn: 1 });
    void add('second b', 1, 0, { priority: 'history', turn: 2 });
    void add('first b', 1, 0, { priority: 'history', turn: 1 });
    void add('without', 1, 0, 'history');
    void add('live', 1, 0, { priority: 'live', turn: 9 });
    await settle();
    for (const name of ['running', 'live', 'without', 'first a', 'first b', 'second a']) await finish(name);
    expect(started).toEqual(['running', 'live', 'without', 'first a', 'first b', 'second a', 'second b']);
  });

  it('lets nobody pass a heavy call, so that it is not starved', async () => {
    const { add, started, finish } = open(5, 5);
    void add('a', 1, 0, 'live');
    void add('heavy', 5, 1, 'live');
    void add('b', 1, 0, 'live');
    await settle();
    expect(started).toEqual(['a']);
    await finish('a');
    expect(started).toEqual(['a', 'heavy']);
    await finish('heavy');
    expect(started).toEqual(['a', 'heavy', 'b']);
  });

  it('lets calls without sub-concurrency pass those that wait for it', async () => {
    const { add, started, finish } = open(5, 1);
    void add('coql1', 1, 1, 'live');
    void add('coql2', 1, 1, 'live');
    void add('write', 1, 0, 'history');
    await settle();
    expect(started).toEqual(['coql1', 'write']);
    await finish('coql1');
    expect(started).toEqual(['coql1', 'write', 'coql2']);
  });

  it('runs a call heavier than the whole limit alone', async () => {
    const { add, started, finish, limiter } = open(3, 1);
    void add('composite', 5, 1, 'live');
    void add('next', 1, 0, 'live');
    await settle();
    expect(started).toEqual(['composite']);
    await finish('composite');
    expect(started).toEqual(['composite', 'next']);
    await finish('next');
    expect(limiter.state()).toEqual({ units: 0, sub: 0, waiting: 0, isPaused: false });
  });

  it('starts nothing during a pause, which a shorter one does not shorten', async () => {
    const { add, started, limiter, sleeps, clock } = open(2, 2);
    limiter.pause(3_000);
    limiter.pause(2_000);
    void add('a', 1, 0, 'live');
    await settle();
    expect(started).toEqual([]);
    expect(sleeps.map((sleep) => sleep.ms)).toEqual([2_000]);
    clock.now = 3_000;
    sleeps[0]?.wake();
    await settle();
    expect(started).toEqual(['a']);
    expect(sleeps).toHaveLength(1);
  });

  it('waits on when a pause is lengthened', async () => {
    const { add, started, limiter, sleeps, clock } = open(2, 2);
    limiter.pause(3_000);
    void add('a', 1, 0, 'live');
    limiter.pause(9_000);
    clock.now = 3_000;
    sleeps[0]?.wake();
    await settle();
    expect(started).toEqual([]);
    expect(sleeps[1]?.ms).toBe(6_000);
    sleeps[1]?.wake();
    await settle();
    expect(started).toEqual(['a']);
  });

  it('gives the room back when a task throws', async () => {
    const { limiter } = open(1, 1);
    await expect(
      limiter.run({ units: 1, sub: 1 }, { priority: 'live' }, () => Promise.reject(new Error('no'))),
    ).rejects.toThrow('no');
    expect(limiter.state().units).toBe(0);
    expect(await limiter.run({ units: 1, sub: 1 }, { priority: 'live' }, () => Promise.resolve('yes'))).toBe('yes');
  });

  it('lets a waiting call leave when its signal is aborted, and whoever stood behind it go on', async () => {
    const { add, started, finish } = open(2, 2);
    void add('a', 1, 0, 'live');
    const stop = new AbortController();
    const heavy = add('heavy', 2, 0, 'live', stop.signal);
    void add('b', 1, 0, 'live');
    await settle();
    expect(started).toEqual(['a']);
    stop.abort(new Error('stopped'));
    await expect(heavy).rejects.toThrow('stopped');
    expect(started).toEqual(['a', 'b']);
    await expect(add('late', 1, 0, 'live', stop.signal)).rejects.toThrow('stopped');
    await finish('a');
    expect(started).toEqual(['a', 'b']);
  });

  it('never holds more than its limits, and finishes everything, in any order of ends', async () => {
    const call = fc.record({
      units: fc.integer({ min: 1, max: 6 }),
      sub: fc.integer({ min: 0, max: 1 }),
      priority: fc.constantFrom<Priority>('live', 'history'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 25 }), fc.infiniteStream(fc.nat()), async (calls, picks) => {
        const { limiter, add, started, finish } = open(5, 2);
        const results = calls.map((one, index) => add(String(index), one.units, one.sub, one.priority));
        await settle();
        const finished = new Set<string>();
        while (finished.size < calls.length) {
          expect(limiter.state().units).toBeLessThanOrEqual(5);
          expect(limiter.state().sub).toBeLessThanOrEqual(2);
          const running = started.filter((name) => !finished.has(name));
          expect(running.length).toBeGreaterThan(0);
          const pick = running[Number(picks.next().value) % running.length] ?? '';
          finished.add(pick);
          await finish(pick);
        }
        expect(await Promise.all(results)).toEqual(calls.map((_, index) => String(index)));
        expect(limiter.state()).toEqual({ units: 0, sub: 0, waiting: 0, isPaused: false });
      }),
    );
  });
});
