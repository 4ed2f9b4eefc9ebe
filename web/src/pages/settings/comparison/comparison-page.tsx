import { Button } from '@mantine/core';
import { IconCircleCheck, IconPlug, IconScale } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ApiProblem } from '../../../api/api-problem.ts';
import { useDrift } from '../../../api/drift.ts';
import type { Drift, DriftKind } from '../../../api/types.ts';
import { countText } from '../../../format/amounts.ts';
import { BlockSkeleton, EmptyNote, ProblemNote } from '../../../pieces/page-states.tsx';
import { Pager } from '../../../pieces/pager.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { usePages } from '../../../pieces/use-pages.ts';
import { CheckNow } from './check-now.tsx';
import classes from './comparison.module.css';
import { ComparisonResult } from './comparison-result.tsx';
import { driftWords } from './drift-words.ts';
import { FindingTable } from './finding-table.tsx';
import { RepairAll } from './repair-all.tsx';

const route = getRouteApi('/settings/comparison');
const pageSize = 50;
const kinds: DriftKind[] = ['missing', 'edited', 'extra'];

/** Whether Zoho still shows what was written, and what to do where it does not. */
export function ComparisonPage() {
  const { kind: asked } = route.useSearch();
  const kind = kinds.find((one) => one === asked);
  const navigate = route.useNavigate();
  const pages = usePages(`drift ${kind ?? 'all'}`);
  const drift = useDrift({ kind, cursor: pages.cursor, limit: pageSize });
  if (drift.data === undefined) {
    if (!drift.isError) return <BlockSkeleton height={360} />;
    if (drift.error instanceof ApiProblem && drift.error.code === 'not_connected') return <NotConnected />;
    return <ProblemNote error={drift.error} onRetry={() => void drift.refetch()} />;
  }
  const { check, findings, nextCursor } = drift.data;
  return (
    <div className={classes.page}>
      <Panel title="Comparison with Zoho" label="Comparison with Zoho" aside={<CheckNow drift={drift.data} />}>
        <p className={classes.sentence}>
          Every night, each event and note that was written is compared with what is in Zoho now. Nothing is changed by
          that: what differs is listed here, and people choose.
        </p>
        {check === null ? (
          <EmptyNote icon={<IconScale size={22} aria-hidden />} title="Not compared yet">
            The first comparison is made tonight, or now if you ask for it.
          </EmptyNote>
        ) : (
          <>
            <ComparisonResult check={check} />
            <Counts
              check={check}
              kind={kind}
              onChoose={(next) => void navigate({ search: next === undefined ? {} : { kind: next }, replace: true })}
            />
          </>
        )}
      </Panel>
      {check !== null && (
        <Panel
          isFlush
          title={kind === undefined ? 'What differs' : driftWords[kind].word}
          label="What differs"
          aside={kind !== undefined && findings.length > 0 && <RepairAll kind={kind} />}
        >
          {findings.length === 0 ? (
            <NoFindings isFirst={pages.number === 1} isRunning={check.state === 'running'} kind={kind} />
          ) : (
            <FindingTable findings={findings} />
          )}
          <Pager pages={pages} shown={findings.length} pageSize={pageSize} nextCursor={nextCursor} />
        </Panel>
      )}
    </div>
  );
}

type CountsProps = {
  check: NonNullable<Drift['check']>;
  kind: DriftKind | undefined;
  onChoose: (kind: DriftKind | undefined) => void;
};

function Counts({ check, kind, onChoose }: CountsProps) {
  return (
    <div className={classes.counts}>
      <span className={classes.count}>
        <strong>{countText(check.counts.true)}</strong> true
      </span>
      {kinds.map((one) => (
        <button
          key={one}
          type="button"
          className={classes.count}
          aria-pressed={kind === one}
          title={driftWords[one].explanation}
          onClick={() => onChoose(kind === one ? undefined : one)}
        >
          <strong>{countText(check.counts[one])}</strong> {driftWords[one].word.toLowerCase()}
        </button>
      ))}
      <span className={classes.soft}>Meetings, each counted once.</span>
    </div>
  );
}

function NoFindings({
  isFirst,
  isRunning,
  kind,
}: {
  isFirst: boolean;
  isRunning: boolean;
  kind: DriftKind | undefined;
}) {
  const what = kind === undefined ? 'differs' : `is ${driftWords[kind].word.toLowerCase()}`;
  return (
    <EmptyNote
      icon={<IconCircleCheck size={22} aria-hidden />}
      title={isRunning ? `Nothing ${what} so far` : isFirst ? `Nothing ${what}` : 'Nothing more'}
    >
      {!isRunning && isFirst && kind === undefined && 'Zoho shows everything as it was written.'}
    </EmptyNote>
  );
}

function NotConnected() {
  return (
    <EmptyNote
      icon={<IconPlug size={22} aria-hidden />}
      title="Zoho CRM is not connected"
      action={
        <Button component={Link} to="/settings/integrations">
          To the integrations
        </Button>
      }
    >
      There is nothing to compare with before.
    </EmptyNote>
  );
}
