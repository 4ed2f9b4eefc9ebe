import type { LoadedMeeting } from '../../db/queries/load-meetings.ts';
import { saveEvaluations } from '../../db/queries/save-evaluation.ts';
import type { Sql } from '../../db/sql.ts';
import { associate } from '../../domain/associate.ts';
import type { Evaluation } from '../../domain/association.ts';
import { choosePrimary } from '../../domain/choose-primary.ts';
import { decidePublication } from '../../domain/decide-publication.ts';
import { directLinks } from '../../domain/direct-links.ts';
import type { LeaveChoices } from '../../domain/leave-choices.ts';
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
    const publication = withdrawn(loaded) ?? decidePublication(loaded.meeting, evaluation, policy, loaded.decisions);
    return { loaded, evaluation, publication };
  });
}

/** What is never published, whatever else is decided; null: nothing of that kind. */
function withdrawn({ meeting, isRetracted, undoneBy, leaving, mergedInto }: LoadedMeeting): Publication | null {
  // A choice of what leaving lets stand is no leave to show what must not be there.
  if (leaving !== null && !isRetracted && meeting.visibility !== 'private') {
    return { kind: 'not_published', cause: 'undone', reason: tellLeaving(leaving, undoneBy ?? ''), leaving };
  }
  if (mergedInto !== null) {
    const reason = `This is another recording of ${mergedInto.externalId}: everything is on that meeting.`;
    if (mergedInto.isSettled) return { kind: 'not_published', cause: 'merged', reason };
    // What is ours of this one goes only when what takes its place is confirmed.
    return { kind: 'waiting', cause: 'other_recording', reason };
  }
  if (isRetracted) return { kind: 'not_published', cause: 'retracted', reason: 'This meeting was retracted.' };
  if (undoneBy === null) return null;
  const who = undoneBy === '' ? 'This meeting was taken' : `${undoneBy} took this meeting`;
  return {
    kind: 'not_published',
    cause: 'undone',
    reason: `${who} out of Zoho; it stays here until it is published again.`,
  };
}

function tellLeaving({ events, notes }: LeaveChoices, by: string): string {
  const who = by === '' ? 'Somebody' : by;
  const kept = [...(events === 'keep' ? ['event'] : []), ...(notes === 'keep' ? ['notes'] : [])].join(' and ');
  const rests = 'It stays here until it is published again.';
  if (kept === '') return `${who} left Zoho CRM and took this meeting out of it. ${rests}`;
  return `${who} left Zoho CRM and let the ${kept} of this meeting stand there. ${rests}`;
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
