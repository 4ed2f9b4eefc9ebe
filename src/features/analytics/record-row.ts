import type { MeetingCounts, RecordListRow } from '../../db/queries/records.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';

/** A record as lists answer it, with how often it was talked about. */
export type RecordRow = Omit<RecordListRow, 'accountId'> & {
  module: CrmModule;
  meetingsDirect: number;
  meetingsCascaded: number;
  lastMeetingAt: string | null;
};

export function toRecordRow(
  module: CrmModule,
  { accountId: _, ...record }: RecordListRow,
  counts: MeetingCounts | undefined,
): RecordRow {
  return {
    module,
    ...record,
    meetingsDirect: counts?.direct ?? 0,
    meetingsCascaded: counts?.cascaded ?? 0,
    lastMeetingAt: counts?.lastMeetingAt?.toISOString() ?? null,
  };
}
