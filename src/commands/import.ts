import { setTimeout as wait } from 'node:timers/promises';
import type { App } from '../app.ts';
import type { Command } from '../cli.ts';
import { AppError, isAppError } from '../errors.ts';
import { readStatus } from '../features/analytics/read-status.ts';
import type { FeatureContext } from '../features/context.ts';
import type { BackfillView } from '../features/history/backfill-view.ts';
import { createBackfill } from '../features/history/create-backfill.ts';
import { steerBackfill } from '../features/history/steer-backfill.ts';
import { ingestMeeting } from '../features/ingest/ingest-meeting.ts';
import { parseExternalId, parseMeetingBody } from '../features/ingest/meeting-body.ts';
import { readDataFolder } from '../features/ingest/read-data-folder.ts';
import { readDataSettings } from '../features/ingest/read-data-settings.ts';
import { type ImportItem, readImport } from '../features/ingest/read-import.ts';
import { readSettings } from '../features/people/read-settings.ts';
import { saveSettings } from '../features/people/save-settings.ts';
import { describeSimulation, followBackfill } from './follow-backfill.ts';
import { type ImportArguments, readImportArguments } from './import-arguments.ts';
import { openProgress, type Progress } from './progress.ts';
import { withApp } from './with-app.ts';

const POLL_MS = 250;

type Counts = { read: number; saved: number; refused: number };
type Source = NonNullable<ImportArguments['source']>;

/**
 * Brings meetings in from files, folders, NDJSON or a data folder. What is refused is named with its place and reason and the others go
 * on; the exit code is 1 then. `--wait` stays until nothing is owed to Zoho. With `--backfill` the meetings wait until a simulation has told
 * what they do, then they go after everything live; the other options steer such a backfill.
 */
export const importCommand: Command = ({ args, config, log }) => {
  const input = readImportArguments(args, config.calledFrom);
  const { source, steering } = input;
  const needsWork = input.shouldWait || input.isBackfill;
  return withApp({ config, log, needs: { sandbox: needsWork, workers: needsWork } }, async ({ app }) => {
    const ctx = app.contextOf({ kind: 'system' });
    const progress = openProgress();
    try {
      if (steering !== null) return await steer(ctx, input, steering, progress);
      return source === null ? 2 : await bringIn(app, input, source, progress);
    } finally {
      progress.end();
    }
  });
};

async function bringIn(app: App, input: ImportArguments, source: Source, progress: Progress): Promise<number> {
  const ctx = app.contextOf({ kind: 'system' });
  if ('data' in source) await applyDataSettings(ctx, source.data);
  const backfillId = input.isBackfill ? await openBackfill(ctx, input.name) : null;
  const counts = await importAll(ctx, { source, backfillId }, progress);
  const summary = `${counts.saved} of ${counts.read} meetings are here, ${counts.refused} were refused.`;
  const backfill = backfillId === null ? null : await runBackfill(ctx, input, { backfillId, summary }, progress);
  const status = input.shouldWait && !input.isSimulation ? await waitUntilNothingIsOwed(app, progress) : null;
  progress.end();
  if (backfill === null) progress.note(summary);
  else progress.note(tellEnd(backfill));
  if (input.isJson) {
    const told = backfill === null ? {} : { backfill: forMachines(backfill) };
    process.stdout.write(`${JSON.stringify({ ...counts, ...(status ?? {}), ...told })}\n`);
  }
  return counts.refused === 0 ? 0 : 1;
}

async function openBackfill(ctx: FeatureContext, name: string | null): Promise<string> {
  const fallback = `Import of ${ctx.now().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const { row } = await createBackfill({ ctx, input: { name: name ?? fallback } });
  return row.id;
}

/** Simulates what was brought in and, unless only that is wanted, starts it. */
async function runBackfill(
  ctx: FeatureContext,
  input: ImportArguments,
  { backfillId: id, summary }: { backfillId: string; summary: string },
  progress: Progress,
): Promise<BackfillView> {
  progress.note(`${summary} They wait in the backfill ${id}.`);
  const staged = await followBackfill(ctx, { id, states: [] }, progress);
  // All of them are here already, or were refused.
  if (staged.progress.left === 0) return steerBackfill({ ctx, input: { id, step: 'cancel' } });
  await steerBackfill({ ctx, input: { id, step: 'simulate' } });
  const ready = await followBackfill(ctx, { id, states: ['simulating'] }, progress);
  if (ready.simulation !== null) {
    for (const line of describeSimulation(ready.simulation, ready.hours)) progress.note(line);
  }
  if (input.isSimulation || ready.row.state !== 'ready') return ready;
  const started = await steerBackfill({ ctx, input: { id, step: 'start' } });
  return input.shouldWait ? followBackfill(ctx, { id, states: ['running'] }, progress) : started;
}

async function steer(
  ctx: FeatureContext,
  input: ImportArguments,
  steering: NonNullable<ImportArguments['steering']>,
  progress: Progress,
): Promise<number> {
  const begun = await steerBackfill({ ctx, input: steering });
  const states = ['running', 'undoing'] as const;
  const end = input.shouldWait ? await followBackfill(ctx, { id: steering.id, states }, progress) : begun;
  progress.note(tellEnd(end));
  if (input.isJson) process.stdout.write(`${JSON.stringify(forMachines(end))}\n`);
  return 0;
}

function tellEnd({ row, progress }: BackfillView): string {
  const { meetings, published, held, failed, undone, left } = progress;
  return `The backfill ${row.id} is ${row.state}: ${meetings} meetings, ${published} published, ${held} held, ${failed} failed, ${undone} undone, ${left} left.`;
}

function forMachines({ row, simulation, hours, undo, progress }: BackfillView) {
  const { samples: _samples, ...figures } = simulation ?? { samples: [] };
  return { id: row.id, name: row.name, state: row.state, simulation: simulation && figures, hours, undo, progress };
}

/** A data folder says which domains are the organization's own; what it does not say stays as it is. */
async function applyDataSettings(ctx: FeatureContext, folder: string): Promise<void> {
  const found = await readDataSettings(folder);
  const { userDomains: _users, organizationName, ...policy } = await readSettings({ ctx });
  await saveSettings({
    ctx,
    input: {
      organizationName,
      policy: {
        ...policy,
        internalDomains: [...new Set([...policy.internalDomains, ...found.internalDomains])],
        freeMailDomains: [...new Set([...policy.freeMailDomains, ...(found.freeMailDomains ?? [])])],
        smartCategoryOrder: found.smartCategoryOrder ?? policy.smartCategoryOrder,
      },
    },
  });
}

async function importAll(
  ctx: FeatureContext,
  { source, backfillId }: { source: Source; backfillId: string | null },
  progress: Progress,
): Promise<Counts> {
  const counts: Counts = { read: 0, saved: 0, refused: 0 };
  const items = 'data' in source ? readDataFolder(source.data) : readImport(source.paths);
  for await (const item of items) {
    counts.read += 1;
    const problem = 'problem' in item ? item.problem : await importOne(ctx, item, backfillId);
    if (problem === null) counts.saved += 1;
    else {
      counts.refused += 1;
      progress.note(problem);
    }
    progress.show(`${counts.saved} meetings brought in`);
  }
  return counts;
}

/** Null, or its place and why it was refused. */
async function importOne(ctx: FeatureContext, item: ImportItem, backfillId: string | null): Promise<string | null> {
  try {
    const input = { externalId: parseExternalId(item.externalId), body: parseMeetingBody(item.body) };
    const staging = backfillId === null ? { isBackfill: false } : { isBackfill: true, backfillId };
    await ingestMeeting({ ctx, input: { ...input, ...staging } });
    return null;
  } catch (error) {
    if (!isAppError(error, 'invalid_input')) throw error;
    return `${item.source}: ${error.message}`;
  }
}

async function waitUntilNothingIsOwed(app: App, progress: Progress) {
  const ctx = app.contextOf({ kind: 'system' });
  for (;;) {
    const status = await readStatus({ ctx });
    const { published, held, notPublished, failed } = status.meetings;
    progress.show(
      `${status.owed} owed to Zoho · ${published} published · ${held} held · ${notPublished} not published · ${failed} failed`,
    );
    if (status.owed === 0) return status;
    if (status.firstLoad === 'none') {
      throw new AppError(
        'not_connected',
        'The meetings are here, but Zoho CRM is not connected: npm run connect -- --sandbox, or Settings > Integrations.',
      );
    }
    await wait(POLL_MS);
  }
}
