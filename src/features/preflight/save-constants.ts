import { CONSTANT_TYPES, NUMBER_TYPES, WHOLE_TYPES } from '../../crm/constant-types.ts';
import type { EventField, OrgLayouts } from '../../crm/read-layouts.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { type ConstantValue, findPreflight, replaceConstants, takeObstaclesOf } from '../../db/queries/preflight.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';

/** A value that stands in for a field of events, and others for single activity types; null: none any more. */
export type GivenConstants = {
  field: string;
  otherwise: ConstantValue | null;
  byActivityType: { activityType: string; value: ConstantValue }[];
};

/**
 * Gives a field of new events its values; every meeting that waits for them is owed. Returns how many. Throws `invalid_input` for a
 * field or a value that Zoho would not take.
 */
export async function saveConstants({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: GivenConstants;
}): Promise<{ meetings: number }> {
  const preflight = await findPreflight<OrgLayouts>(ctx.db, ctx.organizationId);
  const field = preflight?.found?.eventFields?.find((one) => one.field === input.field);
  if (field === undefined) {
    throw new AppError(
      'invalid_input',
      `Events in Zoho have no field ${input.field} that can be written. Read the layouts again.`,
    );
  }
  const others = input.byActivityType.map(({ activityType, value }) => ({ activityType: activityType.trim(), value }));
  const constants = [...(input.otherwise === null ? [] : [{ activityType: '', value: input.otherwise }]), ...others];
  for (const { value } of constants) checkValue(field, value);
  return ctx.db.transaction(async (sql) => {
    const at = ctx.now();
    const by = actorName(ctx.actor);
    await replaceConstants(sql, ctx.organizationId, { field: field.field, constants, by, at });
    const waiting = new Set<string>();
    for (const kind of ['mandatory_field', 'pick_value', 'validation_rule', 'unique_value'] as const) {
      const ids = await takeObstaclesOf(sql, ctx.organizationId, { kind, subject: field.field });
      for (const id of ids) waiting.add(id);
    }
    const meetings = await oweMeetings(sql, ctx.organizationId, [...waiting], at);
    await ctx.wake(sql, ctx.organizationId);
    return { meetings };
  });
}

function checkValue(field: EventField, value: ConstantValue): void {
  const problem = findProblem(field, value);
  if (problem !== null) throw new AppError('invalid_input', `The field “${field.label}” ${problem}.`);
}

function findProblem({ type, length, values }: EventField, value: ConstantValue): string | null {
  if (!CONSTANT_TYPES.includes(type)) return 'cannot be given a fixed value: make it optional in Zoho';
  if (type === 'multiselectpicklist') {
    const isListed = Array.isArray(value) && value.length > 0 && value.every((one) => values.includes(one));
    return isListed ? null : `takes some of: ${values.join(', ')}`;
  }
  if (type === 'picklist') {
    return typeof value === 'string' && values.includes(value) ? null : `takes one of: ${values.join(', ')}`;
  }
  if (type === 'boolean') return typeof value === 'boolean' ? null : 'takes yes or no';
  if (NUMBER_TYPES.includes(type)) {
    const isRight = typeof value === 'number' && Number.isFinite(value);
    if (WHOLE_TYPES.includes(type)) return isRight && Number.isInteger(value) ? null : 'takes a whole number';
    return isRight ? null : 'takes a number';
  }
  if (typeof value !== 'string' || value.trim() === '') return 'takes a text that is not empty';
  if (type === 'date') return /^\d{4}-\d{2}-\d{2}$/u.test(value) ? null : 'takes a day such as 2026-11-20';
  if (type === 'datetime') {
    const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/u;
    return form.test(value) ? null : 'takes a time such as 2026-11-20T15:00:00+01:00';
  }
  return length !== null && [...value].length > length ? `takes at most ${length} characters` : null;
}
