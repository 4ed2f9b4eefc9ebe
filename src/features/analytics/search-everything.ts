import { type FoundRecord, searchMeetings, searchRecords } from '../../db/queries/search.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import type { FeatureContext } from '../context.ts';

export type SearchAnswer = {
  meetings: { externalId: string; title: string; startsAt: string }[];
  records: FoundRecord[];
};

const MEETINGS_SHOWN = 8;
const RECORDS_SHOWN = 6;
const MODULES: CrmModule[] = ['accounts', 'contacts', 'deals', 'leads'];

/** Meetings and records whose name holds the text. An empty text finds nothing. */
export async function searchEverything({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { text: string };
}): Promise<SearchAnswer> {
  const { text } = input;
  if (text === '') return { meetings: [], records: [] };
  const [meetings, ...records] = await Promise.all([
    searchMeetings(ctx.db, ctx.organizationId, { text, limit: MEETINGS_SHOWN }),
    ...MODULES.map((module) => searchRecords(ctx.db, ctx.organizationId, { module, text, limit: RECORDS_SHOWN })),
  ]);
  return {
    meetings: meetings.map((meeting) => ({ ...meeting, startsAt: meeting.startsAt.toISOString() })),
    records: records.flat(),
  };
}
