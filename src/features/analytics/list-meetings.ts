import { listMeetingPlaces, type MeetingFilters } from '../../db/queries/list-meetings.ts';
import { readMeetingRows } from '../../db/queries/meeting-rows.ts';
import type { FeatureContext } from '../context.ts';
import { type MeetingRow, toMeetingRow } from '../meeting-row.ts';
import { readPolicy } from '../organization-policy.ts';
import { cutPage, readCursor } from '../page-cursor.ts';

export type ListMeetingsInput = Omit<MeetingFilters, 'state'> & {
  state?: MeetingRow['state'];
  cursor?: string;
  limit: number;
};

/** A page of the meetings that fit, newest first. Throws `invalid_input` for a cursor of another list. */
export async function listMeetings({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: ListMeetingsInput;
}): Promise<{ data: MeetingRow[]; nextCursor: string | null }> {
  const { cursor, limit, state, ...filters } = input;
  const after = readCursor(cursor, ['moment', 'uuid']);
  const policy = await readPolicy(ctx);
  const places = await listMeetingPlaces(ctx.db, ctx.organizationId, {
    filters: {
      ...filters,
      ...(state === undefined ? {} : { state: state === 'notPublished' ? 'not_published' : state }),
    },
    policy,
    after: after === null ? null : { startsAt: new Date(after[0]), id: after[1] },
    limit: limit + 1,
  });
  const { data, nextCursor } = cutPage(places, limit, ({ startsAt, id }) => [startsAt.toISOString(), id]);
  const rows = await readMeetingRows(
    ctx.db,
    ctx.organizationId,
    data.map(({ id }) => id),
  );
  return { data: rows.map(toMeetingRow), nextCursor };
}
