import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { type usePlan, usePublication } from '../../../api/meetings.ts';
import { useRights } from '../../../api/session.ts';
import type { MeetingDetail, Plan } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { publishedAsWords } from '../../../format/words.ts';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { ModuleIcon, RecordLink } from '../../../pieces/record-link.tsx';
import { keptText } from './people-in-zoho.tsx';
import { PlannedOperationCard } from './planned-operation-card.tsx';
import classes from './zoho.module.css';

/** The exact next change in Zoho, before it is made, with what it costs. */
export function PlanPreview({ meeting, plan }: { meeting: MeetingDetail; plan: ReturnType<typeof usePlan> }) {
  return (
    <Panel title="Next change" label="Next change in Zoho">
      {plan.data ? (
        <PlanBody meeting={meeting} plan={plan.data} />
      ) : plan.isError ? (
        <ProblemNote error={plan.error} onRetry={() => void plan.refetch()} />
      ) : (
        <BlockSkeleton height={110} />
      )}
    </Panel>
  );
}

function PlanBody({ meeting, plan }: { meeting: MeetingDetail; plan: Plan }) {
  // What the panel above says already is not said again.
  const warnings = plan.warnings.filter((warning) => !meeting.stateReason.includes(warning));
  const kept = meeting.inZoho.eventGone === null ? keptText(meeting.inZoho) : null;
  return (
    <>
      {plan.publication.kind !== 'publish' && (
        <p style={{ margin: '0 0 10px' }}>
          {meeting.inZoho.eventGone === null
            ? plan.publication.reason
            : 'Nothing, until somebody asks for the event again.'}
        </p>
      )}
      {plan.operations.length === 0 && plan.publication.kind === 'publish' && (
        <p style={{ margin: 0 }}>
          Nothing to change.{kept === null && plan.warnings.length === 0 && ' Zoho shows exactly what it should.'}
        </p>
      )}
      <ul style={{ margin: 0, padding: 0 }}>
        {plan.operations.map((operation) => (
          <PlannedOperationCard key={operation.key} operation={operation} shownOn={plan.shownOn} />
        ))}
      </ul>
      {kept !== null && (
        <p className={classes.kept}>
          <IconPencil size={14} aria-hidden className={classes.keptIcon} /> <span>{kept}</span>
        </p>
      )}
      {warnings.length > 0 && (
        <ul className={classes.list}>
          {warnings.map((warning) => (
            <li key={warning} className={classes.warningLine}>
              <IconAlertTriangle size={14} className={classes.warningIcon} role="img" aria-label="Mind" />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
      <PublishLine meeting={meeting} plan={plan} />
      <ShownOn plan={plan} />
      <LeftOut plan={plan} />
    </>
  );
}

function PublishLine({ meeting, plan }: { meeting: MeetingDetail; plan: Plan }) {
  const { canDecide } = useRights();
  const { publish } = usePublication(meeting.externalId);
  const isHeldBack = plan.publication.kind === 'held' || plan.publication.kind === 'not_published';
  // What was deleted in Zoho is asked for where that is told.
  if (meeting.inZoho.eventGone !== null) return null;
  if (plan.operations.length === 0 && !isHeldBack) return null;
  return (
    <div className={classes.foot}>
      <span className={classes.soft}>
        {plan.operations.length > 0 && `${countOf(plan.cost.calls, 'call')} · ${countOf(plan.cost.credits, 'credit')}`}
      </span>
      {canDecide && plan.publication.kind !== 'waiting' && (
        <Button
          size="xs"
          variant={isHeldBack ? 'default' : 'filled'}
          loading={publish.isPending}
          onClick={() => publish.mutate(isHeldBack)}
        >
          {isHeldBack ? 'Publish anyway' : 'Publish now'}
        </Button>
      )}
    </div>
  );
}

function ShownOn({ plan }: { plan: Plan }) {
  const [isOpen, setOpen] = useState(false);
  if (plan.shownOn.length === 0) return null;
  return (
    <div style={{ marginTop: 10 }}>
      <button type="button" className={classes.linkButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Shown on {countOf(plan.shownOn.length, 'record')}
      </button>
      {isOpen && (
        <ul className={classes.list}>
          {plan.shownOn.map(({ how, ...record }) => (
            <li key={`${record.module}:${record.crmId}`}>
              <span className={classes.listHead}>
                <ModuleIcon module={record.module} />
                <RecordLink {...record} />
              </span>
              <span className={classes.soft}>{publishedAsWords[how]}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** A long list is cut here; the picture beside holds them all. */
const leftOutAtOnce = 20;

function LeftOut({ plan }: { plan: Plan }) {
  const [isOpen, setOpen] = useState(false);
  if (plan.leftOut.length === 0) return null;
  return (
    <div style={{ marginTop: 6 }}>
      <button type="button" className={classes.linkButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {countOf(plan.leftOut.length, 'linked record')} without a note
      </button>
      {isOpen && (
        <ul className={classes.list}>
          {plan.leftOut.slice(0, leftOutAtOnce).map((record) => (
            <li key={`${record.module}:${record.crmId}`}>
              <span className={classes.listHead}>
                <ModuleIcon module={record.module} />
                <RecordLink module={record.module} crmId={record.crmId} name={record.name} />
              </span>
              <span className={classes.soft}>{record.reason}</span>
            </li>
          ))}
          {plan.leftOut.length > leftOutAtOnce && <li>and {plan.leftOut.length - leftOutAtOnce} more</li>}
        </ul>
      )}
    </div>
  );
}
