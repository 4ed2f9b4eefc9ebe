import type { RecordDetail } from '../../api/types.ts';
import { moneyText } from '../../format/amounts.ts';
import { calendarDayText } from '../../format/moments.ts';
import { moduleWords } from '../../format/words.ts';
import { Name } from '../../pieces/name.tsx';
import { ModuleIcon, RecordLink } from '../../pieces/record-link.tsx';
import classes from './record-page.module.css';
import { StageChip } from './stage-chip.tsx';

/** What Zoho says about the record, in one line. */
export function RecordFacts({ record }: { record: RecordDetail }) {
  return (
    <div className={classes.facts}>
      <span className={classes.fact}>
        <ModuleIcon module={record.module} />
        {moduleWords[record.module].one.replace(/^./, (letter) => letter.toUpperCase())}
      </span>
      {record.stage && <StageChip stage={record.stage} isOpen={record.isOpen} />}
      {record.amount !== null && <span>{moneyText(record.amount, record.currency)}</span>}
      {record.closingDate && <span>closes {calendarDayText(record.closingDate)}</span>}
      {record.account ? (
        <span className={classes.fact}>
          <ModuleIcon module="accounts" />
          <RecordLink module="accounts" {...record.account} />
        </span>
      ) : (
        record.detail && <Name>{record.detail}</Name>
      )}
      {record.email && <Name>{record.email}</Name>}
      {record.ownerName && <Name>{`Owner ${record.ownerName}`}</Name>}
    </div>
  );
}
