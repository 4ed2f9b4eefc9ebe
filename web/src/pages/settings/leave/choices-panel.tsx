import { SegmentedControl } from '@mantine/core';
import type { Leave, LeaveChoices } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './leave.module.css';

type Written = NonNullable<Leave['written']>;
type Kind = keyof LeaveChoices;
type Counter = (written: Written, preview: Leave['preview']) => string;

const kinds: { kind: Kind; title: string; words: string; count: Counter }[] = [
  {
    kind: 'events',
    title: 'Events',
    words:
      'Those that we created. People are taken off them first, so that nobody is mailed. The calendar’s own events always stay.',
    count: ({ ownEvents }) => countOf(ownEvents, 'event'),
  },
  {
    kind: 'notes',
    title: 'Notes',
    words: 'Summaries on accounts, contacts, deals and leads, and the notes with all moments on events.',
    count: ({ summaryNotes, consolidatedNotes }) => countOf(summaryNotes + consolidatedNotes, 'note'),
  },
  {
    kind: 'ids',
    title: 'Ids on events that stay',
    words: 'The meeting’s id, and the related record and contact that we filled in on the calendar’s events.',
    // Of the events that go nobody has to take the id.
    count: ({ adoptedEvents, ids }, preview) =>
      preview === null ? countOf(ids, 'id') : `${countOf(preview.eventsKept + adoptedEvents, 'event')} then`,
  },
  {
    kind: 'fields',
    title: 'Fields',
    words: 'The fields on events that we made, with everything that stands in them. Reports that use them lose them.',
    count: ({ fields }) => countOf(fields.length, 'field'),
  },
];

/** What becomes of each kind: removed or kept. */
export function ChoicesPanel({ leave, written, choices, onChoose }: ChoicesProps) {
  const isWithField = choices.fields === 'remove';
  return (
    <Panel title="What becomes of it" label="What becomes of it" isFlush>
      <ul className={classes.choices}>
        {kinds.map(({ kind, title, words, count }) => {
          const isGiven = kind === 'ids' && isWithField;
          return (
            <li key={kind} className={classes.choice}>
              <div className={classes.choiceWords}>
                <span className={classes.choiceTitle}>
                  <strong>{title}</strong> <span className={classes.soft}>{count(written, leave.preview)}</span>
                </span>
                <span className={classes.soft}>
                  {isGiven ? 'They go with the field that holds them.' : words}
                  {kind === 'fields' && isWithField && leave.missingScopes.length > 0 && ' Zoho asks you for it first.'}
                </span>
              </div>
              <SegmentedControl
                aria-label={title}
                value={isGiven ? 'remove' : choices[kind]}
                disabled={isGiven}
                onChange={(value) => onChoose({ ...choices, [kind]: value === 'keep' ? 'keep' : 'remove' })}
                data={[
                  { value: 'remove', label: 'Remove' },
                  { value: 'keep', label: 'Keep' },
                ]}
              />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

type ChoicesProps = {
  leave: Leave;
  written: Written;
  choices: LeaveChoices;
  onChoose: (choices: LeaveChoices) => void;
};
