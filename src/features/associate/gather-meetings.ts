import { type LoadedMeeting, loadMeetings } from '../../db/queries/load-meetings.ts';
import { loadPicture } from '../../db/queries/load-picture.ts';
import { listUserDomains } from '../../db/queries/mirror.ts';
import { listFormerMatches } from '../../db/queries/preflight.ts';
import type { CrmPicture, RecordRef } from '../../domain/crm-picture.ts';
import type { Decisions } from '../../domain/decision.ts';
import type { Policy } from '../../domain/policy.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import { readPolicy } from '../organization-policy.ts';

/** Everything that decides about some meetings: themselves, the organization's policy, the reach of their people in the mirror. */
export type GatheredMeetings = { meetings: LoadedMeeting[]; policy: Policy; picture: CrmPicture };

/** Reads what is needed to evaluate meetings: a constant number of statements, no call to the CRM, nothing changed. */
export async function gatherMeetings({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { meetingIds: readonly string[] };
}): Promise<GatheredMeetings> {
  const stored = await readPolicy(ctx);
  const meetings = await ctx.db.transaction((sql) => loadMeetings(sql, ctx.organizationId, input.meetingIds), {
    isolation: 'repeatable read',
  });
  const people = new Map(meetings.flatMap((loaded) => loaded.participantKeys.map((keys) => [keys.key, keys] as const)));
  const { withheldModules } = await readOddOrg(ctx);
  const formerCandidates =
    withheldModules.length === 0
      ? []
      : await listFormerMatches(ctx.db, ctx.organizationId, { meetingIds: input.meetingIds, modules: withheldModules });
  const picture = await loadPicture(ctx.db, ctx.organizationId, {
    people: [...people.values()],
    decided: [
      ...meetings.flatMap((loaded) => decidedRecords(loaded.decisions)),
      ...formerCandidates.map(({ module, recordId }) => ({ module, id: recordId })),
    ],
  });
  const userDomains = await listUserDomains(ctx.db, ctx.organizationId);
  // Colleagues without a Zoho user are colleagues all the same.
  const ownDomains = userDomains.filter((domain) => !stored.freeMailDomains.includes(domain));
  const policy = { ...stored, internalDomains: [...new Set([...stored.internalDomains, ...ownDomains])] };
  return { meetings, policy, picture: { ...picture, formerCandidates, withheldModules } };
}

function decidedRecords(decisions: Decisions): RecordRef[] {
  const chosen = decisions.people.flatMap((person) =>
    person.kind === 'chosen' ? [{ module: person.module, id: person.recordId }] : [],
  );
  return [...decisions.links.map(({ module, id }) => ({ module, id })), ...chosen];
}
