import type { LoadedMeeting } from '../../db/queries/load-meetings.ts';
import { saveEvaluations } from '../../db/queries/save-evaluation.ts';
import type { Sql } from '../../db/sql.ts';
import { associate } from '../../domain/associate.ts';
import type { Evaluation } from '../../domain/association.ts';
import { choosePrimary } from '../../domain/choose-primary.ts';
import { decidePublication } from '../../domain/decide-publication.ts';
import { directLinks } from '../../domain/reconcile-associations.ts';
import type { Publication } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { GatheredMeetings } from './gather-meetings.ts';

/** A meeting with who and what it concerns, and what becomes of it. */
export type EvaluatedMeeting = { loaded: LoadedMeeting; evaluation: Evaluation; publication: Publication };

/** Decides about gathered meetings. Pure: nothing is read and nothing is saved. */
export function evaluateMeetings(gathered: GatheredMeetings): EvaluatedMeeting[] {
  const { meetings, picture, policy } = gathered;
  return meetings.map((loaded) => {
    const evaluation = associate(loaded.meeting, picture, policy, loaded.decisions);
    const publication: Publication = loaded.isRetracted
      ? { kind: 'not_published', cause: 'retracted', reason: 'This meeting was retracted.' }
      : decidePublication(loaded.meeting, evaluation, policy, loaded.decisions);
    return { loaded, evaluation, publication };
  });
}

/** Saves what was decided: who people are, direct links, primary record. One transaction for all of them. */
export async function saveEvaluated({
  ctx,
  sql,
  input,
}: {
  ctx: FeatureContext;
  sql: Sql;
  input: { gathered: GatheredMeetings; evaluated: EvaluatedMeeting[] };
}): Promise<void> {
  const rows = input.evaluated.map(({ loaded, evaluation }) => ({
    meetingId: loaded.meeting.id,
    matches: evaluation.matches,
    directLinks: directLinks(evaluation),
    primary: choosePrimary(loaded.meeting, evaluation, input.gathered.picture).record,
    rolesUnknown: evaluation.dealsWithUnknownRoles.length,
  }));
  await saveEvaluations(sql, ctx.organizationId, rows, ctx.now());
}
