import { readMeetingRows } from '../../db/queries/meeting-rows.ts';
import { type HistoryPlace, listRecordHistory, readMeetingGists } from '../../db/queries/record-history.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import type { FeatureContext } from '../context.ts';
import { type MeetingRow, toMeetingRow } from '../meeting-row.ts';
import { readPolicy } from '../organization-policy.ts';
import { cutPage, readCursor } from '../page-cursor.ts';

export type HistoryEntry = MeetingRow & {
  origin: HistoryPlace['origin'];
  via: string | null;
  people: string[];
  summaryLines: string;
  smartCategories: string[];
};

/** About two lines of a time line. */
const SUMMARY_CHARACTERS = 280;

/** The conversations that concern a record, newest first. Throws `invalid_input` for a cursor of another list. */
export async function listRecordMeetings({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { module: CrmModule; crmId: string; cursor?: string; limit: number };
}): Promise<{ data: HistoryEntry[]; nextCursor: string | null }> {
  const after = readCursor(input.cursor, ['moment', 'uuid']);
  const policy = await readPolicy(ctx);
  const places = await listRecordHistory(ctx.db, ctx.organizationId, {
    record: { module: input.module, id: input.crmId },
    policy,
    after: after === null ? null : { startsAt: new Date(after[0]), id: after[1] },
    limit: input.limit + 1,
  });
  const { data, nextCursor } = cutPage(places, input.limit, ({ startsAt, id }) => [startsAt.toISOString(), id]);
  const ids = data.map(({ id }) => id);
  const [rows, gists] = await Promise.all([
    readMeetingRows(ctx.db, ctx.organizationId, ids),
    readMeetingGists(ctx.db, ctx.organizationId, ids),
  ]);
  const placeOf = new Map(data.map((place) => [place.id, place]));
  return {
    data: rows.flatMap((row) => {
      const place = placeOf.get(row.id);
      const gist = gists.get(row.id);
      if (place === undefined || gist === undefined) return [];
      return {
        ...toMeetingRow(row),
        origin: place.origin,
        via: place.via,
        people: gist.people,
        summaryLines: opening(gist.summary ?? ''),
        smartCategories: gist.smartCategories,
      };
    }),
    nextCursor,
  };
}

/** The beginning of a text in one line, cut between words where it is too long. */
function opening(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const letters = [...line];
  if (letters.length <= SUMMARY_CHARACTERS) return line;
  const cut = letters.slice(0, SUMMARY_CHARACTERS - 1).join('');
  const atWord = cut.lastIndexOf(' ');
  return `${atWord > SUMMARY_CHARACTERS / 2 ? cut.slice(0, atWord) : cut}…`;
}
