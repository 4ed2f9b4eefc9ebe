import {
  countModule,
  type LoadedModule,
  type MirrorPage,
  readModule,
  readStages,
  readUsers,
} from '../../crm/read-mirror.ts';
import { type FirstLoad, saveFirstLoad } from '../../db/queries/connections.ts';
import { replaceKeys, replaceStages, upsertMirror } from '../../db/queries/mirror.ts';
import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';

/** Accounts first, so that a contact's account is known when the contact is. */
const MODULES: LoadedModule[] = ['accounts', 'contacts', 'leads', 'deals'];

/**
 * Loads the mirror: users and stages, then every module page by page. Each page and the place where the next one begins are
 * saved together, so that a load that was cut goes on there. Cost: 1 credit a module to count it, 3 per 2,000 records.
 * Throws what Zoho throws; the state `running` stays and the next call goes on.
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
    for (const step of load.steps) step.total ??= await countModule(open.transport, step.module as LoadedModule);
    await saveFirstLoad(ctx.db, ctx.organizationId, load, ctx.now());
    for (const step of load.steps) await loadStep(ctx, open, { load, step, stages });
  } finally {
    await open.flushCallCounts('load');
  }
  load.state = 'done';
  load.finishedAt = ctx.now().toISOString();
  await ctx.db.transaction(async (sql) => {
    await saveFirstLoad(sql, ctx.organizationId, load, ctx.now());
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}

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

async function loadStep(
  ctx: FeatureContext,
  open: OpenConnection,
  { load, step, stages }: { load: FirstLoad; step: FirstLoad['steps'][number]; stages: Map<string, boolean> },
): Promise<void> {
  if (step.isDone) return;
  const pages = readModule(open.transport, step.module as LoadedModule, { afterId: step.afterId, stages });
  for await (const page of pages) {
    step.loaded += page.rows.length;
    step.afterId = page.lastId ?? step.afterId;
    await ctx.db.transaction(async (sql) => {
      await savePage(sql, ctx.organizationId, page);
      await saveFirstLoad(sql, ctx.organizationId, load, ctx.now());
    });
  }
  step.isDone = true;
  await saveFirstLoad(ctx.db, ctx.organizationId, load, ctx.now());
}

async function savePage(sql: Sql, organizationId: string, page: MirrorPage): Promise<void> {
  const ids = page.rows.map((row) => row.id);
  switch (page.module) {
    case 'deals':
      return upsertMirror(sql, organizationId, 'deals', page.rows);
    case 'accounts':
      await upsertMirror(sql, organizationId, 'accounts', page.rows);
      break;
    case 'contacts':
      await upsertMirror(sql, organizationId, 'contacts', page.rows);
      break;
    case 'leads':
      await upsertMirror(sql, organizationId, 'leads', page.rows);
      break;
  }
  await replaceKeys(sql, organizationId, page.module, ids, page.keys);
}
