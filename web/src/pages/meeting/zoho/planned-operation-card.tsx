import { IconCalendarEvent, IconNote, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Plan, PlannedOperation } from '../../../api/types.ts';
import { lineDiff } from '../../../format/line-diff.ts';
import { type PlanField, planFields } from './plan-fields.ts';
import classes from './zoho.module.css';

/** A text shows so many lines until it is asked for more. */
const linesAtOnce = 7;

/** One write as it will look in Zoho, with what changes marked; an event is open unless it is to be folded. */
export function PlannedOperationCard({ operation, shownOn = [], isFolded = false }: PlannedOperationCardProps) {
  const [isOpen, setOpen] = useState(!isFolded && operation.action.endsWith('_event'));
  const fields = planFields(operation.before, operation.after, operation.changed, namesOf(shownOn));
  const isUpdate = operation.before !== null && operation.after !== null;
  const shown = isUpdate ? fields.filter((field) => field.isChanged) : fields;
  return (
    <li className={classes.operation} style={{ listStyle: 'none' }}>
      <div className={classes.operationHead}>
        <OperationIcon action={operation.action} />
        <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <bdi>{operation.label}</bdi>
        </span>
      </div>
      {isOpen && (
        <dl className={classes.fields}>
          {shown.map((field) => (
            <div key={field.name} className={classes.field}>
              <dt>{field.label}</dt>
              <dd dir="auto">
                <FieldValue field={field} isDeletion={operation.after === null} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {shown.length > 0 && (
        <button
          type="button"
          className={classes.linkButton}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          style={{ marginTop: 6 }}
        >
          {isOpen ? 'Hide' : isUpdate ? 'Show what changes' : 'Show the text'}
        </button>
      )}
    </li>
  );
}

type PlannedOperationCardProps = { operation: PlannedOperation; shownOn?: Plan['shownOn']; isFolded?: boolean };

const namesOf = (records: Plan['shownOn']) =>
  new Map(records.map(({ module, crmId, name }) => [`${module}/${crmId}`, name]));

function OperationIcon({ action }: { action: PlannedOperation['action'] }) {
  if (action.startsWith('delete')) return <IconTrash size={15} aria-hidden />;
  return action.endsWith('_event') ? <IconCalendarEvent size={15} aria-hidden /> : <IconNote size={15} aria-hidden />;
}

function FieldValue({ field, isDeletion }: { field: PlanField; isDeletion: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const lines = linesOf(field, isDeletion);
  const shown = isWhole ? lines : lines.slice(0, linesAtOnce);
  return (
    <>
      {shown.map(({ kind, text }, index) => {
        const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other identity
          <Tag key={index} className={classes[kind]}>
            {text === '' ? '\u00a0' : text}
          </Tag>
        );
      })}
      {lines.length > linesAtOnce && (
        <button type="button" className={classes.linkButton} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : `${lines.length - linesAtOnce} more lines`}
        </button>
      )}
    </>
  );
}

function linesOf(field: PlanField, isDeletion: boolean) {
  if (field.isChanged) return lineDiff(field.before ?? '—', field.after ?? '—');
  const kind = isDeletion ? ('removed' as const) : ('same' as const);
  return (field.after ?? field.before ?? '').split('\n').map((text) => ({ kind, text }));
}
