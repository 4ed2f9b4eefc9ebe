import { Stack } from '@mantine/core';
import type { RecordDetail } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import { Name } from '../../pieces/name.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { RecordLink } from '../../pieces/record-link.tsx';
import classes from './record-page.module.css';
import { StageChip } from './stage-chip.tsx';

/** The contacts and deals around a record; long lists show their first ones and say how many there are. */
export function RelatedRecords({ record }: { record: RecordDetail }) {
  return (
    <Stack gap={16}>
      {record.contactCount > 0 && (
        <Panel title="Contacts" label="Contacts" aside={countText(record.contactCount)}>
          <ul className={classes.related}>
            {record.contacts.map((contact) => (
              <li key={contact.crmId} className={classes.relatedRow}>
                <RecordLink module="contacts" crmId={contact.crmId} name={contact.name} />
                {contact.role && (
                  <span className={classes.soft}>
                    <Name>{contact.role}</Name>
                  </span>
                )}
              </li>
            ))}
          </ul>
          <Rest shown={record.contacts.length} all={record.contactCount} />
        </Panel>
      )}
      {record.dealCount > 0 && (
        <Panel title="Deals" label="Deals" aside={countText(record.dealCount)}>
          <ul className={classes.related}>
            {record.deals.map((deal) => (
              <li key={deal.crmId} className={classes.relatedRow}>
                <RecordLink module="deals" crmId={deal.crmId} name={deal.name} />
                <StageChip stage={deal.stage} isOpen={deal.isOpen} />
              </li>
            ))}
          </ul>
          <Rest shown={record.deals.length} all={record.dealCount} />
        </Panel>
      )}
    </Stack>
  );
}

function Rest({ shown, all }: { shown: number; all: number }) {
  if (all <= shown) return null;
  return <p className={classes.soft}>and {countText(all - shown)} more in Zoho</p>;
}
