import type { z } from 'zod';
import type { BackfillView } from '../features/history/backfill-view.ts';
import type { Simulation } from '../features/history/simulation.ts';
import { stepsOf } from '../features/history/steer-backfill.ts';
import { presentPlan } from './present-plan.ts';
import type { backfillAnswer, simulationAnswer } from './schemas/backfill-answers.ts';

/** A backfill or an undo as the API answers it. */
export function presentBackfill({
  row,
  simulation,
  hours,
  undo,
  progress,
}: BackfillView): z.input<typeof backfillAnswer> {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    state: row.state,
    resumesAs: row.resumesAs,
    since: row.undoesSince?.toISOString() ?? null,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    steps: stepsOf(row),
    simulation: simulation === null ? null : presentSimulation(simulation),
    hours,
    undo,
    progress,
  };
}

function presentSimulation(simulation: Simulation): z.input<typeof simulationAnswer> {
  const { isDone: _done, total: _total, held, notPublished, topRecords, samples, ...rest } = simulation;
  return {
    ...rest,
    held: byCause(held),
    notPublished: byCause(notPublished),
    topRecords: topRecords.map(({ id, ...record }) => ({ ...record, crmId: id })),
    samples: samples.map(({ externalId, title, plan, publication, names }) => ({
      externalId,
      title,
      plan: presentPlan(plan, publication, new Map(Object.entries(names))),
    })),
  };
}

function byCause(counts: Record<string, number>): { cause: string; meetings: number }[] {
  return Object.entries(counts)
    .map(([cause, meetings]) => ({ cause, meetings }))
    .sort((a, b) => b.meetings - a.meetings || a.cause.localeCompare(b.cause));
}
