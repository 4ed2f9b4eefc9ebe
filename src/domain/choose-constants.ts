import { label } from './meeting-words.ts';

export type ConstantValue = string | number | boolean | string[];

/** Values that the organization gave for a field of events that the CRM demands: by activity type, else the default. */
export type FieldConstants = { field: string; byType: Record<string, ConstantValue>; otherwise: ConstantValue | null };

/** The constants of a meeting's event by field; undefined: it needs none. */
export function chooseConstants(
  all: readonly FieldConstants[],
  activityType: string | null,
): Record<string, ConstantValue> | undefined {
  const type = activityType === null ? null : label(activityType);
  const chosen = all.flatMap(({ field, byType, otherwise }): [string, ConstantValue][] => {
    const own = type === null ? undefined : Object.entries(byType).find(([name]) => label(name) === type)?.[1];
    const value = own ?? otherwise;
    return value === null ? [] : [[field, value]];
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

/** What a trial writes, which is of no activity type: the value for all meetings, else that of any type. */
export function chooseTrialConstants(all: readonly FieldConstants[]): Record<string, ConstantValue> | undefined {
  const chosen = all.flatMap(({ field, byType, otherwise }): [string, ConstantValue][] => {
    const value = otherwise ?? Object.values(byType)[0] ?? null;
    return value === null ? [] : [[field, value]];
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}
