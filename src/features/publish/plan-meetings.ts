import { toAllowedWrites, toPlanCapabilities } from '../../crm/capabilities.ts';
import { listRefused, type RightKey, type Rights } from '../../crm/rights.ts';
import { type AdoptionRow, loadAdoptions } from '../../db/queries/candidates.ts';
import { savePrimaries } from '../../db/queries/edits.ts';
import { insertOperations, loadWritten, type NewOperation } from '../../db/queries/ledger.ts';
import type { LoadedMeeting } from '../../db/queries/load-meetings.ts';
import type { ObstacleRow } from '../../db/queries/preflight.ts';
import type { Sql } from '../../db/sql.ts';
import type { Evaluation } from '../../domain/association.ts';
import type { CrmPicture } from '../../domain/crm-picture.ts';
import { type AllowedPlan, leaveOutRefused } from '../../domain/leave-out-refused.ts';
import { planSync } from '../../domain/plan-sync.ts';
import type { Policy } from '../../domain/policy.ts';
import { publishAfterEdits } from '../../domain/publish-after-edits.ts';
import type { Adoption, PlannedOperation, Publication, Written } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { Connection } from '../open-connection.ts';
import { readOddities } from '../read-oddities.ts';

/** What the planner needs to know of a meeting: it was evaluated by the caller. */
export type MeetingToPlan = { loaded: LoadedMeeting; evaluation: Evaluation; publication: Publication };

/** The plan of one meeting beside what was written before it. */
export type PlannedMeeting = MeetingToPlan & {
  plan: AllowedPlan;
  written: Written;
  /** What stood in the way before and is not tried now. */
  untried: ObstacleRow[];
};

/**
 * Works out the exact writes of meetings against what was written: one statement and a pure function. This is the preview and
 * what is applied alike.
 */
export async function planMeetings({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'meetingUrl'>;
  input: { connection: Connection; meetings: MeetingToPlan[]; picture: CrmPicture; policy: Policy };
}): Promise<PlannedMeeting[]> {
  const { connection, meetings, picture, policy } = input;
  const ids = meetings.map(({ loaded }) => loaded.meeting.id);
  const written = await loadWritten(ctx.db, ctx.organizationId, ids);
  const adoptions = await loadAdoptions(ctx.db, ctx.organizationId, ids);
  const odd = await readOddities(ctx, ids);
  const capabilities = {
    ...toPlanCapabilities(connection.capabilities, {
      isSafeMode: connection.isSafeMode,
      mailModes: connection.mailModes,
      meetingUrl: gateway.meetingUrl,
      rights: connection.rights,
    }),
    ...odd.capabilities,
  };
  const allowed = toAllowedWrites(connection.rights, connection.mailModes);
  const unread = sayUnread(connection.rights);
  return meetings.map((meeting) => {
    const { meeting: content, decisions } = meeting.loaded;
    const before = written.get(content.id) ?? { event: null, notes: [] };
    const { evaluation } = meeting;
    const adoption = toAdoption(adoptions.get(content.id));
    const publication = publishAfterEdits(askFirst(meeting.publication, adoption, before), before, content.timeZone);
    const { untried, barred } = odd.of(content.id);
    const wanted = planSync({
      meeting: content,
      picture,
      evaluation,
      publication,
      policy,
      decisions,
      written: before,
      capabilities,
      adoption,
      isMirrorOnly: meeting.loaded.isMirrorOnly,
      barred,
    });
    const plan = leaveOutRefused({ ...wanted, warnings: [...wanted.warnings, ...unread] }, allowed);
    return { ...meeting, publication, plan, written: before, untried };
  });
}

const READS: RightKey[] = ['contacts_read', 'accounts_read', 'deals_read', 'leads_read', 'contact_roles'];

/** What of the CRM is unknown while Zoho refuses to show it, in sentences for the preview: unknown is not absent. */
function sayUnread(rights: Rights | null): string[] {
  return listRefused(rights).flatMap(({ key, lost }) => (READS.includes(key) ? [lost] : []));
}

function toAdoption(row: AdoptionRow | undefined): Adoption | null {
  if (row === undefined) return null;
  if (row.decision === 'create') return { decision: 'create' };
  const taken = row.candidates.find(({ event }) => event.id === row.eventId);
  if (row.decision === 'adopt' && taken !== undefined) {
    return { decision: 'adopt', crmId: taken.event.id, content: taken.content, modifiedAt: taken.modifiedAt };
  }
  const [first, ...more] = row.candidates;
  const what =
    first === undefined || more.length > 0 ? `${row.candidates.length} events` : `the event “${first.event.title}”`;
  return { decision: 'ask', reason: `Zoho’s calendar has ${what} at this time: say which one is this meeting.` };
}

/** Nothing is written for a meeting that may have its event already, until somebody says so. */
function askFirst(publication: Publication, adoption: Adoption | null, written: Written): Publication {
  if (publication.kind !== 'publish' || written.event !== null || adoption?.decision !== 'ask') return publication;
  return { kind: 'held', cause: 'calendar_event_unsure', reason: adoption.reason };
}

/** Puts plans into the ledger, in the caller's transaction; returns the rows that are to be sent, in their order. */
export async function savePlans({
  ctx,
  sql,
  input,
}: {
  ctx: FeatureContext;
  sql: Sql;
  input: { connection: Connection; planned: PlannedMeeting[] };
}): Promise<NewOperation[]> {
  const operations = input.planned.flatMap(({ loaded, plan }) =>
    plan.operations.map((operation, position) => toRow(ctx.newId(), loaded.meeting.id, position, operation)),
  );
  await insertOperations(sql, ctx.organizationId, {
    connectionId: input.connection.id,
    meetingIds: input.planned.map(({ loaded }) => loaded.meeting.id),
    operations,
    at: ctx.now(),
  });
  await savePrimaries(sql, ctx.organizationId, input.planned.flatMap(primaryFromThere));
  return operations;
}

/** Where a person chose the related record in Zoho, lists show that one. */
function primaryFromThere({ loaded, plan, written }: PlannedMeeting) {
  const chosen = written.event?.kept?.primary ?? null;
  if (chosen === null || plan.shownOn.length === 0) return [];
  const primary = plan.shownOn.find((record) => record.how === 'primary');
  return [{ meetingId: loaded.meeting.id, module: primary?.module ?? null, recordId: primary?.id ?? null }];
}

function toRow(id: string, meetingId: string, position: number, operation: PlannedOperation): NewOperation {
  return {
    id,
    meetingId,
    position,
    key: operation.key,
    action: operation.action,
    slot: 'slot' in operation ? (operation.slot ?? null) : null,
    crmId: 'crmId' in operation ? operation.crmId : null,
    before: 'before' in operation ? operation.before : null,
    after: 'after' in operation ? operation.after : null,
    ...('adopted' in operation && operation.adopted !== undefined ? { adopted: operation.adopted } : {}),
    ...('standIns' in operation && operation.standIns !== undefined ? { standIns: operation.standIns } : {}),
    ...('unmodifiedSince' in operation ? { unmodifiedSince: operation.unmodifiedSince } : {}),
  };
}
