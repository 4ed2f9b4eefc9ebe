import { useState } from 'react';
import type { Simulation } from '../../../api/types.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import { spanText } from '../../../format/load-pace.ts';
import { wordsOfCause } from '../../../format/words.ts';
import { EmptyNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { ModuleIcon, RecordLink } from '../../../pieces/record-link.tsx';
import { PlannedOperationCard } from '../../meeting/zoho/planned-operation-card.tsx';
import { FactList } from '../fact-list.tsx';
import { causeText } from './backfill-words.tsx';
import classes from './history.module.css';

/** What was worked out before anything is written: figures, links, the records with the most notes, samples. */
export function SimulationPanels({ simulation, hours, hasRun }: SimulationPanelsProps) {
  if (simulation.finishedAt === null) return null;
  return (
    <>
      <Panel title={hasRun ? 'What was worked out before the start' : 'What it does'} label="What it does">
        <dl className={classes.figures}>
          <Figure
            value={countText(simulation.published)}
            name={`of ${countOf(simulation.meetings, 'meeting')} go out`}
          />
          <Figure value={countText(simulation.events)} name="events" />
          <Figure value={countText(simulation.notes)} name="notes" />
          <Figure value={countText(simulation.credits.total)} name="API credits" />
          {!hasRun && hours !== null && hours > 0 && <Figure value={spanText(hours * 3600)} name="for what is left" />}
        </dl>
        <StaysOut simulation={simulation} />
      </Panel>
      <div className={classes.pair}>
        <LinksPanel simulation={simulation} />
        <TopRecords records={simulation.topRecords} />
      </div>
      <Samples samples={simulation.samples} />
    </>
  );
}

type SimulationPanelsProps = { simulation: Simulation; hours: number | null; hasRun: boolean };

function Figure({ value, name }: { value: string; name: string }) {
  return (
    <div className={classes.figure}>
      <dd>{value}</dd>
      <dt>{name}</dt>
    </div>
  );
}

function StaysOut({ simulation: { held, notPublished, waiting, rolesUnknown } }: { simulation: Simulation }) {
  const lines = [
    ...held.map(({ cause, meetings }) => `${countOf(meetings, 'meeting')} will need you: ${heldText(cause)}.`),
    ...notPublished.map(({ cause, meetings }) => `${countOf(meetings, 'meeting')} stay out: ${causeText(cause)}.`),
    ...(waiting > 0 ? [`${countOf(waiting, 'meeting')} wait until they are processed.`] : []),
    ...(rolesUnknown > 0
      ? [`Deals of ${countOf(rolesUnknown, 'meeting')} may change: contact roles are still being read.`]
      : []),
  ];
  if (lines.length === 0) return null;
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

const heldText = (cause: string) => wordsOfCause(cause).title.toLowerCase().replace(/\?$/, '');

function LinksPanel({
  simulation: { links, ambiguous, unmatched, credits, participants },
}: {
  simulation: Simulation;
}) {
  const counted = (value: number) => value > 0 && countText(value);
  return (
    <Panel title="Links and costs" label="Links and costs">
      <FactList
        facts={[
          { name: 'By e-mail', value: counted(links.email) },
          { name: 'By e-mail without its tag', value: counted(links.plusTag) },
          { name: 'By phone', value: counted(links.phone) },
          { name: 'By domain', value: counted(links.domain) },
          { name: 'To leads', value: counted(links.lead) },
          { name: 'Through those', value: counted(links.cascade) },
          { name: 'By decisions', value: counted(links.decisions) },
          { name: 'People fitting twice', value: counted(ambiguous) },
          { name: 'People not in Zoho', value: counted(unmatched) },
          { name: 'Event participants', value: counted(participants) },
          { name: 'Credits to write', value: counted(credits.writes) },
          { name: 'Credits to verify', value: counted(credits.verification) },
          { name: 'Credits to look for events', value: counted(credits.candidates) },
          { name: 'Credits for roles', value: counted(credits.roles) },
        ]}
      />
    </Panel>
  );
}

function TopRecords({ records }: { records: Simulation['topRecords'] }) {
  return (
    <Panel title="Records with the most notes" label="Records with the most notes">
      {records.length === 0 ? (
        <EmptyNote title="No record gets a note" />
      ) : (
        <ol className={classes.top}>
          {records.map((record) => (
            <li key={`${record.module}:${record.crmId}`}>
              <ModuleIcon module={record.module} />
              <RecordLink module={record.module} crmId={record.crmId} name={record.name} />
              <span className={classes.count}>{countText(record.notes)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Samples({ samples }: { samples: Simulation['samples'] }) {
  const [open, setOpen] = useState(0);
  const sample = samples[open];
  if (sample === undefined) return null;
  return (
    <Panel title="Samples" label="Samples" aside={`${countOf(samples.length, 'meeting')} as they will look in Zoho`}>
      <div className={classes.samples}>
        <ul className={classes.sampleList}>
          {samples.map(({ externalId, title }, index) => (
            <li key={externalId}>
              <button
                type="button"
                className={classes.sample}
                aria-pressed={index === open}
                onClick={() => setOpen(index)}
              >
                <bdi>{title}</bdi>
              </button>
            </li>
          ))}
        </ul>
        <div className={classes.samplePlan}>
          {sample.plan.operations.length === 0 && <p className={classes.plain}>{sample.plan.publication.reason}</p>}
          <ul className={classes.operations}>
            {sample.plan.operations.map((operation) => (
              <PlannedOperationCard
                key={`${sample.externalId} ${operation.key}`}
                operation={operation}
                shownOn={sample.plan.shownOn}
              />
            ))}
          </ul>
          {sample.plan.warnings.map((warning) => (
            <p key={warning} className={classes.soft}>
              {warning}
            </p>
          ))}
        </div>
      </div>
    </Panel>
  );
}
