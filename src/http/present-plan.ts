import type { z } from 'zod';
import type { OperationRow } from '../db/queries/ledger.ts';
import type { EventContent, NoteContent, PlannedOperation, Publication, SyncPlan } from '../domain/sync-plan.ts';
import type { operationAnswer, planAnswer } from './schemas/meeting-answers.ts';

type Action = PlannedOperation['action'];

const VERBS: Record<Action, string> = {
  create_event: 'Write',
  update_event: 'Change',
  adopt_event: 'Take',
  disown_event: 'Take people and id from',
  release_event: 'Give back',
  delete_event: 'Remove',
  create_note: 'Write',
  update_note: 'Change',
  delete_note: 'Remove',
};

/** What will be written, for the preview. */
export function presentPlan(
  plan: SyncPlan,
  publication: Publication,
  names: Map<string, string>,
): z.input<typeof planAnswer> {
  return {
    publication: {
      kind: publication.kind,
      cause: publication.kind === 'publish' ? null : publication.cause,
      reason: publication.kind === 'publish' ? 'This meeting is published.' : publication.reason,
    },
    operations: plan.operations.map((operation) => {
      const before = 'before' in operation ? operation.before : null;
      const after = 'after' in operation ? operation.after : null;
      return {
        key: operation.key,
        action: operation.action,
        label: labelOf(operation.action, after ?? before, names),
        before: before === null ? null : { ...before },
        after: after === null ? null : { ...after },
        changed: changedParts(operation),
      };
    }),
    shownOn: plan.shownOn.map(({ module, id, name, how }) => ({ module, crmId: id, name, how })),
    leftOut: plan.leftOut.map(({ id, ...rest }) => ({ ...rest, crmId: id })),
    warnings: plan.warnings,
    cost: plan.cost,
  };
}

/** A row of the ledger in words. */
export function presentOperation(row: OperationRow, names: Map<string, string>): z.input<typeof operationAnswer> {
  return {
    id: row.id,
    key: row.key,
    action: row.action,
    label: labelOf(row.action, row.after ?? row.before, names),
    state: row.state,
    crmId: row.crmId,
    error:
      row.errorCode === null && row.errorMessage === null
        ? null
        : { code: row.errorCode ?? '', message: row.errorMessage ?? '' },
    attempts: row.attempts,
    plannedAt: row.plannedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function labelOf(action: Action, content: EventContent | NoteContent | null, names: Map<string, string>): string {
  const verb = VERBS[action];
  if (content === null) return `${verb} a record`;
  if ('startsAt' in content) return `${verb} the event “${content.title}”`;
  const { module, id } = content.parent;
  if (module === 'events') return `${verb} the notes on the event`;
  return `${verb} the summary on ${names.get(`${module}/${id}`) ?? 'a record that is not linked any more'}`;
}

function changedParts(operation: PlannedOperation): string[] {
  if (operation.action === 'update_event') return operation.changed;
  if (operation.action !== 'update_note') return [];
  const { before, after } = operation;
  return (['title', 'content'] as const).filter((part) => before[part] !== after[part]);
}
