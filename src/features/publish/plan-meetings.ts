import { toPlanCapabilities } from '../../crm/capabilities.ts';
import { insertOperations, loadWritten, type NewOperation } from '../../db/queries/ledger.ts';
import type { LoadedMeeting } from '../../db/queries/load-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import type { Evaluation } from '../../domain/association.ts';
import type { CrmPicture } from '../../domain/crm-picture.ts';
import { planSync } from '../../domain/plan-sync.ts';
import type { Policy } from '../../domain/policy.ts';
import type { PlannedOperation, Publication, SyncPlan, Written } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { Connection } from '../open-connection.ts';

/** What the planner needs to know of a meeting: it was evaluated by the caller. */
export type MeetingToPlan = { loaded: LoadedMeeting; evaluation: Evaluation; publication: Publication };

/** The plan of one meeting beside what was written before it. */
export type PlannedMeeting = MeetingToPlan & { plan: SyncPlan; written: Written };

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
  const capabilities = toPlanCapabilities(connection.capabilities, {
    isSafeMode: connection.isSafeMode,
    meetingUrl: gateway.meetingUrl,
  });
  return meetings.map((meeting) => {
    const { meeting: content, decisions } = meeting.loaded;
    const before = written.get(content.id) ?? { event: null, notes: [] };
    const { evaluation, publication } = meeting;
    const plan = planSync({
      meeting: content,
      picture,
      evaluation,
      publication,
      policy,
      decisions,
      written: before,
      capabilities,
    });
    return { ...meeting, plan, written: before };
  });
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
  return operations;
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
    ...('unmodifiedSince' in operation ? { unmodifiedSince: operation.unmodifiedSince } : {}),
  };
}
