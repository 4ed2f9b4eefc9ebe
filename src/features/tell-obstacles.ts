import { CONSTANT_TYPES } from '../crm/constant-types.ts';
import type { EventField } from '../crm/read-layouts.ts';
import { listCauses, nameRecords } from '../db/queries/preflight.ts';
import type { CrmModule } from '../domain/crm-picture.ts';
import { canPass, type ObstacleKind, obstacleInWords } from '../domain/obstacle.ts';
import type { FeatureContext } from './context.ts';
import { labelOfField, readOddOrg } from './odd-org.ts';

/** A field of events as people are told about it. */
export type ToldField = {
  field: string;
  label: string;
  type: string;
  maxLength: number | null;
  values: string[];
  isUnique: boolean;
  isRequired: boolean;
  canBeConstant: boolean;
};

/** One cause in the org that stands in the way of meetings. */
export type ToldObstacle = {
  cause: ObstacleKind;
  subject: string;
  message: string;
  meetings: number;
  field: ToldField | null;
  record: { module: CrmModule; crmId: string; name: string } | null;
  retryAt: string | null;
};

/** Every cause with its cure and how many meetings it holds up: three statements, no call to Zoho. */
export async function tellObstacles(ctx: FeatureContext): Promise<ToldObstacle[]> {
  const [causes, { layouts }] = await Promise.all([listCauses(ctx.db, ctx.organizationId), readOddOrg(ctx)]);
  const subjects = causes.filter(({ kind }) => canPass(kind)).map(({ subject }) => subject);
  const names = await nameRecords(ctx.db, ctx.organizationId, subjects);
  const fields = layouts?.eventFields ?? null;
  return causes.map(({ kind, subject, meetings, detail, retryAt }) => {
    const isRecord = canPass(kind);
    const name =
      names.get(subject) ??
      (subject.startsWith('events:') ? 'An event of ours' : subject.startsWith('notes:') ? 'A note of ours' : subject);
    const label = isRecord ? name : labelOfField(fields, subject);
    const field = isRecord ? undefined : fields?.find((one) => one.field === subject);
    return {
      cause: kind,
      subject,
      message: obstacleInWords({ kind, detail }, label),
      meetings,
      field: field === undefined ? null : toToldField(field),
      record: isRecord ? toRecord(subject, name) : null,
      retryAt: retryAt?.toISOString() ?? null,
    };
  });
}

export function toToldField(found: EventField): ToldField {
  const { field, label, type, length, values, isUnique, isRequired } = found;
  const canBeConstant = CONSTANT_TYPES.includes(type);
  return { field, label, type, maxLength: length, values, isUnique, isRequired, canBeConstant };
}

function toRecord(subject: string, name: string): ToldObstacle['record'] {
  const [module, crmId] = subject.split(':');
  if (crmId === undefined) return null;
  const isModule = module === 'contacts' || module === 'leads' || module === 'accounts' || module === 'deals';
  return isModule ? { module, crmId, name } : null;
}
