import type { OrgLayouts, PeopleModule } from '../../crm/read-layouts.ts';
import { type ConstantRow, listActivityTypes, listConstants } from '../../db/queries/preflight.ts';
import type { FeatureContext } from '../context.ts';
import { type OddOrg, readOddOrg } from '../odd-org.ts';
import { type ToldField, type ToldObstacle, tellObstacles, toToldField } from '../tell-obstacles.ts';

/** What is odd about the org, what was given for its fields, and what stands in the way of meetings. */
export type Preflight = {
  readAt: string | null;
  fields: (ToldField & {
    otherwise: ConstantRow['value'] | null;
    byActivityType: { activityType: string; value: ConstantRow['value'] }[];
    meetingsWaiting: number;
  })[];
  activityTypes: string[];
  withheld: {
    module: PeopleModule;
    fields: { label: string; as: 'hidden' | 'restricted' | 'vanished' }[];
    sentence: string;
  }[];
  eventsSharing: {
    isPrivate: boolean;
    knownFrom: 'zoho' | 'stated' | null;
    stated: 'public' | 'private' | null;
    statedBy: string | null;
    sentence: string;
  };
  hidesInvitations: boolean;
  notices: string[];
  obstacles: ToldObstacle[];
};

/** Reads it as it is known: six statements, no call to Zoho. */
export async function readPreflight({ ctx }: { ctx: FeatureContext }): Promise<Preflight> {
  const [odd, constants, activityTypes, obstacles] = await Promise.all([
    readOddOrg(ctx),
    listConstants(ctx.db, ctx.organizationId),
    listActivityTypes(ctx.db, ctx.organizationId),
    tellObstacles(ctx),
  ]);
  const withheld = tellWithheld(odd);
  const eventsSharing = tellSharing(odd);
  return {
    readAt: odd.row?.readAt?.toISOString() ?? null,
    fields: listFields(odd.layouts, constants, obstacles),
    activityTypes,
    withheld,
    eventsSharing,
    hidesInvitations: odd.hidesInvitations,
    notices: [
      ...withheld.map(({ sentence }) => sentence),
      ...(odd.eventsArePrivate ? [eventsSharing.sentence] : []),
      ...(odd.hidesInvitations
        ? ['Contacts in this org do not show the events they are invited to, so they get the summary as a note.']
        : []),
      ...(odd.layouts?.problems ?? []),
    ],
    obstacles,
  };
}

/** Fields that an org demands, has values for, or refused: the others concern nobody. */
function listFields(
  layouts: OrgLayouts | null,
  constants: readonly ConstantRow[],
  obstacles: readonly ToldObstacle[],
): Preflight['fields'] {
  const waitingFor = new Map<string, number>();
  for (const { field, meetings } of obstacles) {
    if (field !== null) waitingFor.set(field.field, (waitingFor.get(field.field) ?? 0) + meetings);
  }
  return (layouts?.eventFields ?? []).flatMap((found) => {
    const own = constants.filter(({ field }) => field === found.field);
    const meetingsWaiting = waitingFor.get(found.field) ?? 0;
    if (!found.isRequired && own.length === 0 && meetingsWaiting === 0) return [];
    const otherwise = own.find(({ activityType }) => activityType === '')?.value ?? null;
    const byActivityType = own.flatMap(({ activityType, value }) =>
      activityType === '' ? [] : [{ activityType, value }],
    );
    return [{ ...toToldField(found), otherwise, byActivityType, meetingsWaiting }];
  });
}

function tellWithheld({ layouts, row, withheldModules }: OddOrg): Preflight['withheld'] {
  return (['contacts', 'leads'] as const).flatMap((module) => {
    const found = layouts?.withheld[module] ?? [];
    const fields: Preflight['withheld'][number]['fields'] = found.map(({ label, as }) => ({ label, as }));
    if (row?.vanished.includes(module)) fields.push({ label: 'Email', as: 'vanished' });
    if (fields.length === 0) return [];
    const names = fields.map(({ label }) => label).join(', ');
    const what = `Zoho withholds ${names} of ${module} from the connected user`;
    const sentence = withheldModules.includes(module)
      ? `${what}: who is not known yet is unknown, not absent, and nobody who was known is unlinked. Show the field to that user’s profile, or lift its restriction, to find people again.`
      : `${what}: people are found by what is left.`;
    return [{ module, fields, sentence }];
  });
}

function tellSharing({ row, layouts, eventsArePrivate }: OddOrg): Preflight['eventsSharing'] {
  const told = layouts?.eventsArePrivate ?? null;
  const stated = row?.statedSharing ?? null;
  return {
    isPrivate: eventsArePrivate,
    knownFrom: told !== null ? 'zoho' : stated !== null ? 'stated' : null,
    stated,
    statedBy: row?.statedBy ?? null,
    sentence: sayShared(eventsArePrivate, told !== null || stated !== null),
  };
}

function sayShared(isPrivate: boolean, isKnown: boolean): string {
  if (isPrivate) {
    return 'Events are private in this org: besides its owner and administrators nobody sees a meeting’s event, so its notes and clips are on the primary record too.';
  }
  return isKnown
    ? 'Events are shared in this org: who sees a record sees its meetings.'
    : 'Zoho does not tell the connected user whether events are private in this org. Say so here if they are.';
}
