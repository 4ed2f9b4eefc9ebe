import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, isAppError } from '../errors.ts';
import type { Steering } from '../features/history/steer-backfill.ts';

export const IMPORT_USAGE = `Use: npm run import -- PATH… [--backfill [--simulate] [--name NAME]] [--wait] [--json], or with --data DIR instead of paths;
  npm run import -- --start|--pause|--resume|--cancel|--undo ID [--wait] [--json] for a backfill that is here.`;

export type ImportArguments = {
  /** Meetings to bring in; null: a backfill is steered. */
  source: { paths: string[] } | { data: string } | null;
  steering: { step: Steering; id: string } | null;
  isBackfill: boolean;
  /** Stops after the simulation. */
  isSimulation: boolean;
  name: string | null;
  shouldWait: boolean;
  isJson: boolean;
};

const STEPS = ['start', 'pause', 'resume', 'cancel', 'undo'] as const satisfies readonly Steering[];

const OPTIONS = {
  data: { type: 'string' },
  name: { type: 'string' },
  backfill: { type: 'boolean' },
  simulate: { type: 'boolean' },
  wait: { type: 'boolean' },
  json: { type: 'boolean' },
  start: { type: 'string' },
  pause: { type: 'string' },
  resume: { type: 'string' },
  cancel: { type: 'string' },
  undo: { type: 'string' },
} as const;

/** Reads what `import` was called with; paths are seen from `folder`. Throws `invalid_input` with the use. */
export function readImportArguments(args: string[], folder: string): ImportArguments {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
    const steps = STEPS.flatMap((step) => (values[step] === undefined ? [] : [{ step, id: values[step] }]));
    const [steering = null] = steps;
    const hasPaths = positionals.length > 0;
    const wanted = steps.length + (hasPaths ? 1 : 0) + (values.data === undefined ? 0 : 1);
    if (wanted !== 1) throw new AppError('invalid_input', IMPORT_USAGE);
    const found = hasPaths ? { paths: positionals.map((path) => resolve(folder, path)) } : null;
    return {
      source: values.data === undefined ? found : { data: resolve(folder, values.data) },
      steering,
      isBackfill: steering === null && (values.backfill === true || values.simulate === true),
      isSimulation: values.simulate ?? false,
      name: values.name ?? null,
      shouldWait: values.wait ?? false,
      isJson: values.json ?? false,
    };
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    throw new AppError('invalid_input', `${String(cause)}\n${IMPORT_USAGE}`, { cause });
  }
}
