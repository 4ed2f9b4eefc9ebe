import { findMeetingFacts, type MeetingFacts } from '../db/queries/meeting-facts.ts';
import { AppError } from '../errors.ts';
import type { FeatureContext } from './context.ts';

/** The meeting with this external id. Throws `not_found`. */
export async function findMeeting(ctx: FeatureContext, externalId: string): Promise<MeetingFacts> {
  const facts = await findMeetingFacts(ctx.db, ctx.organizationId, externalId);
  if (facts !== null) return facts;
  throw new AppError('not_found', `There is no meeting with the id “${externalId}” in this organization.`);
}
