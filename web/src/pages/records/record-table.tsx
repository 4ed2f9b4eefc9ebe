import type { CrmModule, RecordRow } from '../../api/types.ts';
import { countText, moneyText } from '../../format/amounts.ts';
import { calendarDayText } from '../../format/moments.ts';
import tables from '../../pieces/data-table.module.css';
import { Ago } from '../../pieces/moment.tsx';
import { Name } from '../../pieces/name.tsx';
import { RecordLink } from '../../pieces/record-link.tsx';
import { StageChip } from './stage-chip.tsx';

const detailHeads: Record<CrmModule, string> = {
  accounts: 'Domain',
  deals: 'Account',
  contacts: 'Account',
  leads: 'Company',
};

/** Records of a module as a table; on a phone each row becomes a card. */
export function RecordTable({ module, records }: { module: CrmModule; records: RecordRow[] }) {
  const isDeals = module === 'deals';
  const isPeople = module === 'contacts' || module === 'leads';
  return (
    <table className={`${tables.table} ${tables.cards}`}>
      <thead>
        <tr>
          <th>Name</th>
          <th style={{ width: isDeals ? '17%' : '20%' }}>{detailHeads[module]}</th>
          {isPeople && <th style={{ width: '22%' }}>E-mail</th>}
          {isDeals && <th style={{ width: 172 }}>Stage</th>}
          {isDeals && (
            <th className={tables.number} style={{ width: 100 }}>
              Amount
            </th>
          )}
          {isDeals && (
            <th className={tables.wide} style={{ width: 112 }}>
              Closes
            </th>
          )}
          <th className={tables.wide} style={{ width: '12%' }}>
            Owner
          </th>
          <th className={tables.number} style={{ width: 86 }}>
            Meetings
          </th>
          <th className={tables.wide} style={{ width: 124 }}>
            Last one
          </th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.crmId}>
            <td className={tables.strong}>
              <RecordLink module={record.module} crmId={record.crmId} name={record.name} />
            </td>
            <td className={tables.soft}>{record.detail && <Name>{record.detail}</Name>}</td>
            {isPeople && <td className={tables.soft}>{record.email && <Name>{record.email}</Name>}</td>}
            {isDeals && <td>{record.stage && <StageChip stage={record.stage} isOpen={record.isOpen} />}</td>}
            {isDeals && (
              <td className={tables.number}>{record.amount !== null && moneyText(record.amount, record.currency)}</td>
            )}
            {isDeals && (
              <td className={`${tables.soft} ${tables.wide}`} data-phone="hide">
                {record.closingDate && calendarDayText(record.closingDate)}
              </td>
            )}
            <td className={`${tables.soft} ${tables.wide}`} data-phone="hide">
              {record.ownerName && <Name>{record.ownerName}</Name>}
            </td>
            <td className={tables.number} data-label="Meetings">
              <MeetingCounts record={record} />
            </td>
            <td className={`${tables.soft} ${tables.wide}`} data-phone="hide">
              {record.lastMeetingAt && <Ago at={record.lastMeetingAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MeetingCounts({ record }: { record: RecordRow }) {
  if (record.meetingsDirect + record.meetingsCascaded === 0) return <span className={tables.soft}>none</span>;
  const title = `${record.meetingsDirect} direct, ${record.meetingsCascaded} through others`;
  return (
    <span title={title}>
      {countText(record.meetingsDirect)}
      {record.meetingsCascaded > 0 && <span className={tables.soft}> + {countText(record.meetingsCascaded)}</span>}
    </span>
  );
}
