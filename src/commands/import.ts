import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import type { Command } from '../cli.ts';
import { AppError, isAppError } from '../errors.ts';
import { readStatus } from '../features/analytics/read-status.ts';
import type { FeatureContext } from '../features/context.ts';
import { ingestMeeting } from '../features/ingest/ingest-meeting.ts';
import { parseExternalId, parseMeetingBody } from '../features/ingest/meeting-body.ts';
import { readDataFolder } from '../features/ingest/read-data-folder.ts';
import { readDataSettings } from '../features/ingest/read-data-settings.ts';
import { type ImportItem, readImport } from '../features/ingest/read-import.ts';
import { readSettings } from '../features/people/read-settings.ts';
import { saveSettings } from '../features/people/save-settings.ts';
import { openProgress, type Progress } from './progress.ts';
import { withApp } from './with-app.ts';

const USAGE = 'Use: npm run import -- PATH… [--backfill] [--wait] [--json], or with --data DIR instead of paths.';
const POLL_MS = 250;

type ImportArguments = {
  paths: string[];
  data: string | null;
  isBackfill: boolean;
  shouldWait: boolean;
  isJson: boolean;
};
type Counts = { read: number; saved: number; refused: number };

/**
 * Brings meetings in from files, folders, NDJSON or a data folder. A meeting that is refused is named with its reason and the
 * others go on; the exit code is 1 then. `--wait` stays until nothing is owed to Zoho.
 */
export const importCommand: Command = ({ args, config, log }) => {
  const input = readArguments(args, config.calledFrom);
  return withApp({ config, log, needs: { sandbox: input.shouldWait, workers: input.shouldWait } }, async ({ app }) => {
    const ctx = app.contextOf({ kind: 'system' });
    const progress = openProgress();
    if (input.data !== null) await applyDataSettings(ctx, input.data);
    const counts = await importAll(ctx, input, progress);
    const status = input.shouldWait ? await waitUntilNothingIsOwed(app, progress) : null;
    progress.end();
    if (input.isJson) process.stdout.write(`${JSON.stringify({ ...counts, ...(status ?? {}) })}\n`);
    else process.stderr.write(`${counts.saved} of ${counts.read} meetings are here, ${counts.refused} were refused.\n`);
    return counts.refused === 0 ? 0 : 1;
  });
};

function readArguments(args: string[], folder: string): ImportArguments {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        backfill: { type: 'boolean' },
        wait: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    });
    if ((values.data === undefined) === (positionals.length === 0)) throw new AppError('invalid_input', USAGE);
    return {
      paths: positionals.map((path) => resolve(folder, path)),
      data: values.data === undefined ? null : resolve(folder, values.data),
      isBackfill: values.backfill ?? false,
      shouldWait: values.wait ?? false,
      isJson: values.json ?? false,
    };
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('invalid_input', `${String(cause)}\n${USAGE}`, { cause });
  }
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

async function importAll(ctx: FeatureContext, input: ImportArguments, progress: Progress): Promise<Counts> {
  const counts: Counts = { read: 0, saved: 0, refused: 0 };
  const items = input.data === null ? readImport(input.paths) : readDataFolder(input.data);
  for await (const item of items) {
    counts.read += 1;
    try {
      await importOne(ctx, item, input.isBackfill);
      counts.saved += 1;
    } catch (error) {
      if (!isAppError(error, 'invalid_input')) throw error;
      counts.refused += 1;
      progress.note(`${item.source}: ${error.message}`);
    }
    progress.show(`${counts.saved} meetings brought in`);
  }
  return counts;
}

async function importOne(ctx: FeatureContext, item: ImportItem, isBackfill: boolean): Promise<void> {
  const input = { externalId: parseExternalId(item.externalId), body: parseMeetingBody(item.body), isBackfill };
  await ingestMeeting({ ctx, input });
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
