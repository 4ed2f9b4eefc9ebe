import { Link } from '@tanstack/react-router';
import type { MeetingRow } from '../../api/types.ts';
import { durationText } from '../../format/moments.ts';
import tables from '../../pieces/data-table.module.css';
import { MeetingStateChip } from '../../pieces/meeting-state-chip.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { Name } from '../../pieces/name.tsx';
import { ModuleIcon, RecordLink } from '../../pieces/record-link.tsx';
import { Score } from '../../pieces/score.tsx';

/** Meetings as a table; on a phone each row becomes a card. */
export function MeetingTable({ meetings }: { meetings: MeetingRow[] }) {
  return (
    <table className={`${tables.table} ${tables.cards}`}>
      <thead>
        <tr>
          <th>Meeting</th>
          <th className={tables.when}>When</th>
          <th className={tables.wide} style={{ width: '13%' }}>
            Host
          </th>
          <th style={{ width: '20%' }}>About</th>
          <th style={{ width: 66 }} className={`${tables.number} ${tables.wide}`}>
            Score
          </th>
          <th style={{ width: 200 }}>State</th>
        </tr>
      </thead>
      <tbody>
        {meetings.map((meeting) => (
          <MeetingLine key={meeting.id} meeting={meeting} />
        ))}
      </tbody>
    </table>
  );
}

function MeetingLine({ meeting }: { meeting: MeetingRow }) {
  return (
    <tr>
      <td>
        <div className={tables.inline}>
          <Link
            to="/meetings/$externalId"
            params={{ externalId: meeting.externalId }}
            className={`quiet-link ${tables.strong}`}
            style={{ minWidth: 0 }}
          >
            <Name>{meeting.title}</Name>
          </Link>
          {meeting.activityType && (
            <span
              className={`${tables.soft} ${tables.wide}`}
              style={{ flex: '0 1 auto', minWidth: 0, maxWidth: '45%' }}
            >
              <Name>{meeting.activityType}</Name>
            </span>
          )}
        </div>
      </td>
      <td className={tables.soft}>
        <Moment at={meeting.startsAt} />{' '}
        <span className={tables.wide}>· {durationText(meeting.startsAt, meeting.endsAt)}</span>
      </td>
      <td className={tables.wide} data-phone="hide">
        {meeting.hostName && <Name>{meeting.hostName}</Name>}
      </td>
      <td>
        {meeting.primary ? (
          <div className={tables.inline}>
            <ModuleIcon module={meeting.primary.module} />
            <RecordLink {...meeting.primary} />
          </div>
        ) : (
          <span className={tables.soft}>{outsiders(meeting)}</span>
        )}
      </td>
      <td className={`${tables.number} ${tables.wide}`} data-phone="hide">
        {meeting.aiScore !== null && <Score value={meeting.aiScore} />}
      </td>
      <td>
        <MeetingStateChip meeting={meeting} />
      </td>
    </tr>
  );
}

function outsiders(meeting: MeetingRow): string {
  if (meeting.externalCount === 0) return 'Colleagues only';
  return meeting.externalCount === 1 ? '1 person from outside' : `${meeting.externalCount} people from outside`;
}
