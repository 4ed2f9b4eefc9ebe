import { Button } from '@mantine/core';
import { useState } from 'react';
import type { QuietDeal } from '../../api/types.ts';
import { countText, moneyText } from '../../format/amounts.ts';
import { calendarDayText } from '../../format/moments.ts';
import tables from '../../pieces/data-table.module.css';
import { Moment } from '../../pieces/moment.tsx';
import { Name } from '../../pieces/name.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { RecordLink } from '../../pieces/record-link.tsx';
import classes from './analytics.module.css';
import { CsvButton } from './csv-button.tsx';

const header = ['Deal', 'Account', 'Stage', 'Owner', 'Amount', 'Currency', 'Closes', 'Last meeting', 'Days quiet'];

/** So many deals are listed before somebody wants more. */
const rowsAtOnce = 12;

/** Open deals without a meeting for some days. */
export function QuietDealsPanel({ deals, total, quietDays }: { deals: QuietDeal[]; total: number; quietDays: number }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? deals : deals.slice(0, rowsAtOnce);
  return (
    <div className={classes.wide} id="quiet-deals">
      <Panel
        isFlush
        title="Which open deals went quiet?"
        label="Open deals without a meeting"
        aside={<CsvButton name="quiet-deals" header={header} rows={deals.map(csvRow)} />}
      >
        {deals.length === 0 ? (
          <p className={classes.nothing} style={{ padding: 16 }}>
            Every open deal had a meeting in the last {quietDays} days.
          </p>
        ) : (
          <table className={`${tables.table} ${tables.cards}`}>
            <thead>
              <tr>
                <th>Deal</th>
                <th style={{ width: '20%' }}>Account</th>
                <th style={{ width: '16%' }}>Stage</th>
                <th className={tables.wide} style={{ width: '14%' }}>
                  Owner
                </th>
                <th className={tables.number} style={{ width: 96 }}>
                  Amount
                </th>
                <th className={tables.wide} style={{ width: 116 }}>
                  Closes
                </th>
                <th style={{ width: 168 }}>Last meeting</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((deal) => (
                <tr key={deal.crmId}>
                  <td className={tables.strong}>
                    <RecordLink module="deals" crmId={deal.crmId} name={deal.name} />
                  </td>
                  <td>{deal.accountName && <Name>{deal.accountName}</Name>}</td>
                  <td className={tables.soft}>
                    <Name>{deal.stage}</Name>
                  </td>
                  <td className={`${tables.soft} ${tables.wide}`} data-phone="hide">
                    {deal.ownerName && <Name>{deal.ownerName}</Name>}
                  </td>
                  <td className={tables.number}>{deal.amount !== null && moneyText(deal.amount, deal.currency)}</td>
                  <td className={`${tables.soft} ${tables.wide}`} data-phone="hide">
                    {deal.closingDate && calendarDayText(deal.closingDate)}
                  </td>
                  <td className={tables.soft} data-label="Last meeting:">
                    {deal.lastMeetingAt === null ? 'never' : <Moment at={deal.lastMeetingAt} kind="day" />}
                    {deal.daysQuiet !== null && ` · ${countText(deal.daysQuiet)} d`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {deals.length > rowsAtOnce && (
          <div style={{ padding: '8px 12px' }}>
            <Button size="compact-sm" variant="subtle" onClick={() => setWhole(!isWhole)}>
              {isWhole ? 'Show fewer' : `Show ${countText(deals.length - rowsAtOnce)} more`}
            </Button>
          </div>
        )}
      </Panel>
      {total > deals.length && (
        <p className={classes.rest}>
          The {countText(deals.length)} that were quiet longest, of {countText(total)}.
        </p>
      )}
    </div>
  );
}

function csvRow(deal: QuietDeal) {
  return [
    deal.name,
    deal.accountName,
    deal.stage,
    deal.ownerName,
    deal.amount,
    deal.currency,
    deal.closingDate,
    deal.lastMeetingAt,
    deal.daysQuiet,
  ];
}
