import type { MeetingListRow } from '../db/queries/meeting-rows.ts';
import type { CrmModule } from '../domain/crm-picture.ts';

/** A meeting as every list answers it. */
export type MeetingRow = {
  id: string;
  externalId: string;
  title: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  activityType: string | null;
  visibility: MeetingListRow['visibility'];
  hostName: string | null;
  participantCount: number;
  externalCount: number;
  aiScore: number | null;
  state: 'waiting' | 'published' | 'held' | 'notPublished' | 'failed' | 'retracted';
  stateReason: string;
  verifiedAt: string | null;
  primary: { module: CrmModule; crmId: string; name: string } | null;
  needsYou: boolean;
};

/** Tells a stored meeting as lists show it: its state in a sentence, and whether a person is asked about it. */
export function toMeetingRow(row: MeetingListRow): MeetingRow {
  const { primaryModule, primaryId } = row;
  return {
    id: row.id,
    externalId: row.externalId,
    title: row.title,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    timeZone: row.timeZone,
    activityType: row.activityType,
    visibility: row.visibility,
    hostName: row.hostName,
    participantCount: row.participantCount,
    externalCount: row.externalCount,
    aiScore: row.aiScore,
    state: row.state === 'not_published' ? 'notPublished' : row.state,
    stateReason: explainState(row),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    primary:
      primaryModule === null || primaryId === null
        ? null
        : { module: primaryModule, crmId: primaryId, name: row.primaryName ?? primaryId },
    needsYou: isAsked(row),
  };
}

/** Nobody is asked about a meeting that is never published: private, internal or retracted. */
function isAsked(row: MeetingListRow): boolean {
  if (row.visibility === 'private' || row.state === 'retracted') return false;
  if (row.state === 'not_published') return row.stateCause === 'deleted_in_crm';
  const isStuck = row.state === 'held' || row.state === 'failed';
  const isDifferent =
    row.differences.length > 0 || row.stateCause === 'edited_block' || row.stateCause === 'obstacle' || row.hasTwins;
  return isStuck || row.ambiguousCount > 0 || (row.state === 'published' && isDifferent);
}

function explainState(row: MeetingListRow): string {
  switch (row.state) {
    case 'waiting':
      return explainWaiting(row);
    case 'published':
      return explainPublished(row);
    case 'retracted':
      if (row.isOwed) return 'This meeting was retracted; it is being taken out of Zoho.';
      return row.stateReason === '' ? 'This meeting was retracted.' : row.stateReason;
    default:
      return row.stateReason;
  }
}

function explainWaiting(row: MeetingListRow): string {
  const missing = [...(row.hasSummary ? [] : ['summary']), ...(row.hasNotes ? [] : ['notes'])].join(' and ');
  if (missing !== '')
    return `The ${missing} of this meeting are not finished yet.`.replace(
      /^The summary of this meeting are/,
      'The summary of this meeting is',
    );
  return explainConnection(row) ?? (row.stateReason === '' ? 'Waiting for Zoho.' : row.stateReason);
}

/** What of the connection holds everything up; null: nothing. */
function explainConnection({ connectionState, firstLoadState, connectionProblem }: MeetingListRow): string | null {
  if (connectionState === 'needs_reauth') return 'Zoho has to be connected again.';
  if (connectionState !== 'connected') return 'Zoho is not connected.';
  if (connectionProblem !== null) return `Waiting for Zoho. ${connectionProblem}`;
  if (firstLoadState !== 'done') return 'Waiting until the first load from Zoho is complete.';
  return null;
}

/** What people did in Zoho to a published meeting is told beside its state. */
function isOfEdits({ stateCause }: MeetingListRow): boolean {
  return stateCause === 'edited_in_crm' || stateCause === 'edited_block';
}

function explainPublished(row: MeetingListRow): string {
  const [first, ...more] = row.differences;
  if (first !== undefined) {
    return `Zoho shows something else: ${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
  }
  if (row.isOwed)
    return explainConnection(row) ?? (row.stateReason === '' ? 'Published; a change waits for Zoho.' : row.stateReason);
  if (row.stateCause === 'left_out' || row.stateCause === 'obstacle') return `Published. ${row.stateReason}`;
  const published = row.verifiedAt === null ? 'Published; not verified yet.' : 'Published and verified.';
  return isOfEdits(row) ? `${published} ${row.stateReason}` : published;
}
