import type { MirrorColumns } from '../../crm/mirror-columns.ts';
import { FILE_ABOVE } from '../../crm/read-bulk.ts';
import {
  countModule,
  type LoadedModule,
  type MirrorPage,
  readModule,
  readStages,
  readUsers,
} from '../../crm/read-mirror.ts';
import { isRefused, type Rights } from '../../crm/rights.ts';
import { holdAllowances } from '../../db/queries/connection-health.ts';
import { type FirstLoad, saveFirstLoad } from '../../db/queries/connections.ts';
import { replaceKeys, replaceStages, upsertMirror } from '../../db/queries/mirror.ts';
import { findDeleted, wakePlacements } from '../../db/queries/mirror-deletions.ts';
import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import { type OpenConnection, reloadConnection } from '../open-connection.ts';
import { upsertPage } from './apply-changes.ts';
import { keepWithheld } from './keep-withheld.ts';
import { beginFile, loadFile } from './load-file.ts';
import { readWhatPointsTo } from './look-again-at-deleted.ts';

/** How long to wait before asking again whether a file is ready: a credit each time. */
const FILE_POLL_MS = 10_000;

/** Accounts first, so that a contact's account is known when the contact is. */
const MODULES: LoadedModule[] = ['accounts', 'contacts', 'leads', 'deals'];

/**
 * Loads the mirror: users and stages, then every module page by page. Each page and the place where the next one begins are
 * saved together, so that a load that was cut goes on there. Cost: 1 credit a module to count it, 3 per 2,000 records; above 20,000
 * records 50 per 200,000, and `crm_throttled` is thrown while Zoho makes the file. Throws what Zoho throws; the state `running` stays
 * and the next call goes on.
 */
export async function loadMirror({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const { open } = input;
  const progress = open.connection.firstLoad?.state === 'done' ? null : open.connection.firstLoad;
  const load = progress ?? newLoad(ctx.now());
  load.state = 'running';
  load.error = null;
  await saveFirstLoad(ctx.db, ctx.organizationId, load, ctx.now());
  try {
    const stages = await loadStagesAndUsers(ctx, open);
    do {
      // What the user may read can change during a load that takes an hour.
      await reloadConnection(ctx, open);
      for (const step of load.steps) {
        const module = step.module as LoadedModule;
        if (!step.isDone) step.problem = refusalOf(open.connection.rights, module);
        if (step.problem != null) finish(ctx, step);
        else step.total ??= await countModule(open.transport, module);
      }
      await saveFirstLoad(ctx.db, ctx.organizationId, load, ctx.now());
      await loadSteps(ctx, open, load, stages);
    } while (!(await finishLoad(ctx, load)));
    await reloadConnection(ctx, open);
  } finally {
    await open.flushCallCounts('load');
  }
}

/** False: a module that was left out may be read by now. Its step begins anew; whoever gave the right back saw a load under way. */
async function finishLoad(ctx: FeatureContext, load: FirstLoad): Promise<boolean> {
  return ctx.db.transaction(async (sql) => {
    const allowed = await holdAllowances<Rights>(sql, ctx.organizationId);
    // Without a connection another round would find the same.
    const regained = load.steps.filter(
      ({ problem, module }) =>
        allowed !== null && problem != null && refusalOf(allowed.rights, module as LoadedModule) === null,
    );
    for (const step of regained) Object.assign(step, ANEW);
    if (regained.length > 0) return false;
    const finished: FirstLoad = { ...load, state: 'done', finishedAt: ctx.now().toISOString() };
    await saveFirstLoad(sql, ctx.organizationId, finished, ctx.now());
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
    return true;
  });
}

const ANEW = { isDone: false, afterId: null, loaded: 0, total: null, problem: null };

function newLoad(at: Date): FirstLoad {
  const steps = MODULES.map((module) => ({ module, loaded: 0, total: null, afterId: null, isDone: false }));
  return { state: 'running', steps, startedAt: at.toISOString(), finishedAt: null, error: null };
}

async function loadStagesAndUsers(ctx: FeatureContext, open: OpenConnection): Promise<Map<string, boolean>> {
  const [stages, users] = await Promise.all([readStages(open.transport), readUsers(open.transport)]);
  await ctx.db.transaction(async (sql) => {
    await replaceStages(sql, ctx.organizationId, stages);
    await upsertMirror(sql, ctx.organizationId, 'users', users.rows);
    const ids = users.rows.map((user) => user.id);
    await replaceKeys(sql, ctx.organizationId, 'users', ids, users.keys);
  });
  return new Map(stages.map(({ stage, isOpen }) => [stage, isOpen]));
}

/** A module with many records comes as a file that Zoho makes, while the others are read page by page. */
async function loadSteps(
  ctx: FeatureContext,
  open: OpenConnection,
  load: FirstLoad,
  stages: ReadonlyMap<string, boolean>,
): Promise<void> {
  const save = () => saveFirstLoad(ctx.db, ctx.organizationId, load, ctx.now());
  const savePage = async (read: MirrorPage) => {
    const revived = await ctx.db.transaction(async (sql) => {
      const page = await keepWithheld(ctx, sql, read);
      const ids = page.rows.map((row) => row.id);
      const revivedIds = await findDeleted(sql, ctx.organizationId, page.module, ids);
      await upsertPage(sql, ctx.organizationId, page);
      if (revivedIds.length > 0) await wakePlacements(sql, ctx.organizationId, page.module, revivedIds);
      if (page.module !== 'deals') {
        await replaceKeys(sql, ctx.organizationId, page.module, ids, page.keys);
      }
      await saveFirstLoad(sql, ctx.organizationId, load, ctx.now());
      return { module: page.module, ids: revivedIds };
    });
    await readWhatPointsTo({ ctx, input: { open, ...revived } });
  };
  const { columns } = await readOddOrg(ctx);
  const run: Run = { ctx, open, stages, columns, save, savePage };
  const filed = new Set<Step>();
  for (const step of load.steps) {
    if (step.isDone || !isLarge(step)) continue;
    step.startedAt ??= ctx.now().toISOString();
    if (await beginFile(open, step, run)) filed.add(step);
  }
  for (const step of load.steps) if (!step.isDone && !filed.has(step)) await loadByQueries(run, step);
  let areSomePending = false;
  for (const step of filed) if (!(await loadByFile(run, step))) areSomePending = true;
  if (areSomePending) throw waitForFiles();
}

type Step = FirstLoad['steps'][number];
type Run = {
  ctx: FeatureContext;
  open: OpenConnection;
  stages: ReadonlyMap<string, boolean>;
  columns: MirrorColumns | null;
  save: () => Promise<void>;
  savePage: (page: MirrorPage) => Promise<void>;
};

/** One that was begun by queries is finished by them. */
function isLarge({ total, afterId }: Step): boolean {
  return total !== null && total > FILE_ABOVE && afterId === null;
}

async function loadByQueries(run: Run, step: Step): Promise<void> {
  const { ctx, open, stages, columns, save, savePage } = run;
  step.startedAt ??= ctx.now().toISOString();
  const pages = readModule(open.transport, step.module as LoadedModule, {
    afterId: step.afterId,
    stages,
    columns,
  });
  for await (const page of pages) {
    step.loaded += page.rows.length;
    step.afterId = page.lastId ?? step.afterId;
    await savePage(page);
  }
  finish(ctx, step);
  await save();
}

/** True once the module is loaded, false while Zoho makes its file. */
async function loadByFile(run: Run, step: Step): Promise<boolean> {
  const { ctx, open, stages, save, savePage } = run;
  for (;;) {
    const outcome = await loadFile(open, step, { stages, save, savePage });
    if (outcome === 'pending') return false;
    if (outcome === 'done') break;
    if (!(await beginFile(open, step, run))) {
      await loadByQueries(run, step);
      return true;
    }
  }
  finish(ctx, step);
  await save();
  return true;
}

function finish(ctx: FeatureContext, step: Step): void {
  step.isDone = true;
  step.finishedAt = ctx.now().toISOString();
}

const READ_RIGHTS = {
  accounts: 'accounts_read',
  contacts: 'contacts_read',
  leads: 'leads_read',
  deals: 'deals_read',
} as const;

/** Why a module is left out for now: Zoho refuses to show it. It is loaded as soon as the right is there. */
function refusalOf(rights: Rights | null, module: LoadedModule): string | null {
  if (!isRefused(rights, READ_RIGHTS[module])) return null;
  return `Zoho does not let the connected user read ${module}. See Settings > Integrations > Permissions.`;
}

/** The connection rests meanwhile and looks again; after a restart it asks for the same files. */
function waitForFiles(): AppError {
  return new AppError(
    'crm_throttled',
    'Zoho is preparing files of the larger modules; loading goes on when they are ready.',
    { detail: { retryAfterMs: FILE_POLL_MS } },
  );
}
