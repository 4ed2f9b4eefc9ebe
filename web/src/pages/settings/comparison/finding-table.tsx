import { Button } from '@mantine/core';
import { IconCalendarEvent, IconCheck, IconNote } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useRepairDrift } from '../../../api/drift.ts';
import { useRights } from '../../../api/session.ts';
import type { DriftFinding } from '../../../api/types.ts';
import { Chip } from '../../../pieces/chip.tsx';
import tables from '../../../pieces/data-table.module.css';
import { Ago, Moment } from '../../../pieces/moment.tsx';
import { Name } from '../../../pieces/name.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import classes from './comparison.module.css';
import { choiceWords, driftWords } from './drift-words.ts';

/** What differs, one line each, with what can be done about it. */
export function FindingTable({ findings }: { findings: DriftFinding[] }) {
  return (
    <table className={`${tables.table} ${tables.cards} ${classes.findings}`}>
      <thead>
        <tr>
          <th style={{ width: '30%' }}>Meeting</th>
          <th style={{ width: 112 }}>Found</th>
          <th>What differs</th>
          <th style={{ width: 232 }}>What to do</th>
        </tr>
      </thead>
      <tbody>
        {findings.map((finding) => (
          <FindingRow key={`${finding.meetingId} ${finding.slot} ${finding.kind}`} finding={finding} />
        ))}
      </tbody>
    </table>
  );
}

function FindingRow({ finding }: { finding: DriftFinding }) {
  const { word, tone, explanation } = driftWords[finding.kind];
  return (
    <tr>
      <td className={tables.strong}>
        <Link to="/meetings/$externalId" params={{ externalId: finding.externalId }} className="quiet-link">
          <Name lines={2}>{finding.title}</Name>
        </Link>
        <div className={classes.soft}>
          <Moment at={finding.startsAt} />
        </div>
      </td>
      <td>
        <Chip tone={tone} why={explanation}>
          {word}
        </Chip>
      </td>
      <td>
        <span className={classes.what}>
          {finding.slot === 'event' ? (
            <IconCalendarEvent size={15} role="img" aria-label="Event" />
          ) : (
            <IconNote size={15} role="img" aria-label="Note" />
          )}
          <span>{finding.detail}</span>
        </span>
      </td>
      <td>
        <Choices finding={finding} />
      </td>
    </tr>
  );
}

function Choices({ finding }: { finding: DriftFinding }) {
  const repair = useRepairDrift();
  const { canDecide } = useRights();
  if (finding.repairedAt !== null) {
    return (
      <span className={classes.settled}>
        <IconCheck size={15} aria-hidden /> Settled <Ago at={finding.repairedAt} />
      </span>
    );
  }
  if (!canDecide) return <span className={classes.soft}>A colleague may decide.</span>;
  const { meetingId, slot } = finding;
  return (
    <span className={classes.choices}>
      {finding.choices.map((choice) => (
        <Button
          key={choice}
          size="compact-sm"
          variant="default"
          title={choiceWords[choice].effect}
          loading={repair.isPending && repair.variables.choice === choice}
          disabled={repair.isPending}
          onClick={() =>
            repair.mutate(
              { choice, findings: [{ meetingId, slot }] },
              { onSuccess: () => showDone(`${finding.title}: settled.`) },
            )
          }
        >
          {choiceWords[choice].one}
        </Button>
      ))}
    </span>
  );
}
