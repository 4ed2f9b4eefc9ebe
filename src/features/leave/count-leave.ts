import { FIELD_REMOVAL_SCOPES, listMissingScopes } from '../../crm/scopes.ts';
import {
  countLeaving,
  countWritten,
  type LeaveCounts,
  listEdited,
  type WrittenCounts,
} from '../../db/queries/leaving.ts';
import type { Sql } from '../../db/sql.ts';
import type { LeaveChoices } from '../../domain/leave-choices.ts';
import type { FeatureContext } from '../context.ts';
import { readCreditBudget, timeForCredits } from '../credit-budget.ts';
import type { Connection } from '../open-connection.ts';
import { tellLeft } from '../tell-left.ts';
import { type LeaveCredits, priceLeave } from './price-leave.ts';

/** A field of ours in Zoho. */
export type LeaveField = { apiName: string; label: string };

/** What is ours in Zoho. `missingScopes` not empty: Zoho has not allowed yet that fields are deleted. */
export type Written = WrittenCounts & { fields: LeaveField[]; missingScopes: string[] };

/** What some choices do: in numbers, in credits, in time. */
export type LeavePreview = LeaveCounts & {
  meetings: number;
  fieldsRemoved: number;
  channels: number;
  credits: LeaveCredits;
  /** Null: the day's budget of credits never gives them. */
  seconds: number | null;
  /** What somebody might not expect, in sentences. */
  says: string[];
  /** The first records that stay because a person edited them, each in a sentence. */
  left: { externalId: string; title: string; detail: string }[];
};

const LEFT_SHOWN = 20;

/** What we wrote and is still in Zoho, as far as it is known here: one statement, no call. */
export async function countOurs(ctx: FeatureContext, connection: Connection): Promise<Written> {
  const { externalField, ownFields = [] } = connection.capabilities;
  return {
    ...(await countWritten(ctx.db, ctx.organizationId, externalField !== null)),
    fields: ownFields.map(({ apiName, label }) => ({ apiName, label })),
    missingScopes: listMissingScopes(connection.scopes, FIELD_REMOVAL_SCOPES),
  };
}

/** Counts and prices what choices do; each record is looked at again before it goes. */
export async function previewLeave(
  ctx: FeatureContext,
  sql: Sql,
  input: { connection: Connection; written: Written; choices: LeaveChoices; says: string[] },
): Promise<LeavePreview> {
  const { connection, written, choices, says } = input;
  const hasField = connection.capabilities.externalField !== null;
  const counts = await countLeaving(sql, ctx.organizationId, { choices, hasField });
  const fieldsRemoved = choices.fields === 'remove' ? written.fields.length : 0;
  const { channels } = written;
  const credits = priceLeave(counts, choices, { fields: fieldsRemoved, channels, hasField });
  const budget = await readCreditBudget(ctx, connection);
  const takesMs = timeForCredits(credits.total, connection.edition, budget);
  const edited = counts.eventsLeft + counts.notesLeft > 0 ? await listEdited(sql, ctx.organizationId, LEFT_SHOWN) : [];
  return {
    ...counts,
    meetings: written.meetings,
    fieldsRemoved,
    channels,
    credits,
    seconds: takesMs === null ? null : Math.ceil(takesMs / 1000),
    says,
    left: tellLeft(edited),
  };
}
