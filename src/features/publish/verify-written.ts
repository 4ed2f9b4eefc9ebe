import { crmError } from '../../crm/crm-error.ts';
import { type ToVerify, verifyMeetings } from '../../crm/read-back.ts';
import { isRefused } from '../../crm/rights.ts';
import { eventPage } from '../../crm/to-zoho.ts';
import { readRecordFacts } from '../../db/queries/edits.ts';
import { loadWritten, markVerified } from '../../db/queries/ledger.ts';
import { recordOfEntry } from '../../domain/move-with-records.ts';
import type { Written, WrittenNote } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';

/** Differences by meeting, in words; an empty list is a verified meeting. */
export type Differences = Map<string, string[]>;

/**
 * Reads back what was written for meetings and compares it with what we wrote. Throws when Zoho cannot be read now: nothing is
 * verified then, and nothing is wrong either.
 */
export async function verifyWritten({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { open: OpenConnection; meetingIds: string[] };
}): Promise<Differences> {
  const { open, meetingIds } = input;
  const written = await loadWritten(ctx.db, ctx.organizationId, meetingIds);
  const { dataCentre, zohoZgid } = open.connection;
  const canReadNotes = !isRefused(open.connection.rights, 'notes_list');
  const ended = await findEnded(ctx, [...written.values()]);
  const items: ToVerify[] = [];
  const differences: Differences = new Map();
  for (const [meetingId, { event, notes }] of written) {
    if (event === null) {
      differences.set(meetingId, ['There is no event in Zoho for this meeting.']);
      continue;
    }
    const url = eventPage(gateway.pagesOf(dataCentre), zohoZgid, event.crmId);
    // Notes that may not be read are no difference: the checklist of rights says that they cannot be verified.
    items.push({ meetingId, event: { ...event, url }, notes: canReadNotes ? notes.filter(isThere) : [], ended });
  }
  if (items.length === 0) return differences;
  const read = await verifyMeetings(open.transport, open.connection.capabilities, items);
  if (read.kind === 'failed') throw crmError(read, 'What was written could not be read back');
  const verifiedIds: string[] = [];
  for (const [meetingId, verification] of read.byMeeting) {
    differences.set(meetingId, verification.differences);
    verifiedIds.push(...verification.verifiedIds);
  }
  await markVerified(ctx.db, ctx.organizationId, verifiedIds, ctx.now());
  return differences;
}

/**
 * People whose records have ended, on events that keep their participants because a person has put somebody on them: no plan takes them
 * off, and Zoho does so by itself. No statement where no event is like that.
 */
async function findEnded(ctx: FeatureContext, written: readonly Written[]): Promise<Set<string>> {
  const records = written.flatMap(({ event }) =>
    event?.kept?.added.length ? event.content.participants.flatMap((entry) => recordOfEntry(entry) ?? []) : [],
  );
  const facts = await readRecordFacts(ctx.db, ctx.organizationId, records);
  return new Set(facts.flatMap((one) => (one.isDeleted || one.mergedInto !== null || one.convertedTo ? [one.id] : [])));
}

/** What a person deleted is missing on purpose. */
function isThere({ goneAt }: WrittenNote): boolean {
  return goneAt === null;
}
