import type { MirrorColumns } from '../../crm/mirror-columns.ts';
import { openModuleFile, readFileState, startModuleFile } from '../../crm/read-bulk.ts';
import type { LoadedModule, MirrorPage } from '../../crm/read-mirror.ts';
import type { FirstLoad } from '../../db/queries/connections.ts';
import type { OpenConnection } from '../open-connection.ts';

type Step = FirstLoad['steps'][number];
/** Keeps the progress of the load, alone or together with a page. */
type Save = () => Promise<void>;
type SavePage = (page: MirrorPage) => Promise<void>;

/** A file that is lost so often does not come: the module is read by queries then. */
const STARTS_MOST = 3;

/**
 * Asks for the file of a module, unless one is being made already. False: there will be none, and the module is read by queries.
 * The number of the job is saved, so that a restart asks for the same file. Cost: 50 credits.
 */
export async function beginFile(
  open: OpenConnection,
  step: Step,
  { columns, save }: { columns: MirrorColumns | null; save: Save },
): Promise<boolean> {
  const file = step.file ?? { jobId: null, pageToken: null, rowsDone: 0, starts: 0 };
  if (file.jobId !== null) return true;
  if (file.starts >= STARTS_MOST) return false;
  const jobId = await startModuleFile(open.transport, step.module as LoadedModule, {
    pageToken: file.pageToken,
    columns,
  });
  if (jobId === null) return false;
  step.file = { ...file, jobId, rowsDone: 0, starts: file.starts + 1 };
  await save();
  return true;
}

/**
 * Reads the file of a module if it is ready: every page is saved together with how far it goes, so that a cut load goes on within
 * the file. `pending`: Zoho still makes it. `lost`: it must be asked for again, and what was read of it is read again.
 */
export async function loadFile(
  open: OpenConnection,
  step: Step,
  input: { stages: ReadonlyMap<string, boolean>; save: Save; savePage: SavePage },
): Promise<'pending' | 'done' | 'more' | 'lost'> {
  const { file } = step;
  if (file?.jobId == null) return 'lost';
  const module = step.module as LoadedModule;
  const state = await readFileState(open.transport, module, file.jobId);
  if (state.kind === 'pending') return 'pending';
  const pages =
    state.kind === 'gone'
      ? null
      : await openModuleFile(open.transport, module, { jobId: file.jobId, skip: file.rowsDone, stages: input.stages });
  if (state.kind === 'gone' || pages === null) {
    step.loaded -= file.rowsDone;
    step.file = { ...file, jobId: null, rowsDone: 0 };
    await input.save();
    return 'lost';
  }
  for await (const page of pages) {
    step.loaded += page.rows.length;
    file.rowsDone += page.rows.length;
    await input.savePage(page);
  }
  const hasMore = state.nextPageToken !== null;
  step.file = hasMore ? { jobId: null, pageToken: state.nextPageToken, rowsDone: 0, starts: 0 } : null;
  await input.save();
  return hasMore ? 'more' : 'done';
}
