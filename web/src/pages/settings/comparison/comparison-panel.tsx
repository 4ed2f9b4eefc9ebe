import { Link } from '@tanstack/react-router';
import { useDrift } from '../../../api/drift.ts';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { CheckNow } from './check-now.tsx';
import classes from './comparison.module.css';
import { ComparisonResult } from './comparison-result.tsx';

/** The newest comparison with Zoho in short, with the way to what it found. */
export function ComparisonPanel() {
  const drift = useDrift({ kind: undefined, cursor: undefined, limit: 1 });
  return (
    <Panel
      title="Comparison with Zoho"
      label="Comparison with Zoho"
      aside={drift.data && <CheckNow drift={drift.data} />}
    >
      {drift.data === undefined ? (
        drift.isError ? (
          <ProblemNote error={drift.error} onRetry={() => void drift.refetch()} />
        ) : (
          <BlockSkeleton height={64} />
        )
      ) : drift.data.check === null ? (
        <p className={classes.soft} style={{ margin: 0 }}>
          Not compared yet. Every night each event and note is compared with what was written.
        </p>
      ) : (
        <>
          <ComparisonResult check={drift.data.check} />
          <Link to="/settings/comparison" className="plain-link" style={{ fontSize: 13 }}>
            {drift.data.findings.length > 0 ? 'What differs, and what to do' : 'Details'}
          </Link>
        </>
      )}
    </Panel>
  );
}
