import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ApiProblem, isUnreachable } from '../api/api-problem.ts';
import classes from './page-states.module.css';

/** Nothing to show, why that is, and what to do about it. */
export function EmptyNote({ icon, title, children, action }: EmptyNoteProps) {
  return (
    <div className={classes.note}>
      {icon && <div className={classes.icon}>{icon}</div>}
      <h2 className={classes.title}>{title}</h2>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

type EmptyNoteProps = { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode };

/** Something could not be read: what happened and the way on. */
export function ProblemNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const isForbidden = error instanceof ApiProblem && error.status === 403;
  const retry = onRetry && !isForbidden && (
    <Button variant="default" onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <div role="alert">
      <EmptyNote icon={problemIcon(error, isForbidden)} title={problemTitle(error, isForbidden)} action={retry}>
        {error instanceof Error ? error.message : 'The answer could not be read.'}
      </EmptyNote>
    </div>
  );
}

function problemTitle(error: unknown, isForbidden: boolean): string {
  if (isForbidden) return 'Your role does not show this';
  return error instanceof ApiProblem ? error.title : 'This could not be shown';
}

function problemIcon(error: unknown, isForbidden: boolean): ReactNode {
  if (isForbidden) return <IconLock size={22} aria-hidden />;
  if (isUnreachable(error)) return <IconPlugConnectedX size={22} aria-hidden />;
  return <IconAlertTriangle size={22} aria-hidden />;
}

/** Placeholder lines with the height of the rows that will stand there. */
export function RowsSkeleton({ rows = 8, height = 44 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading" className={classes.rows}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className={classes.row} style={{ height }}>
          <Skeleton height={12} width={`${34 + ((row * 17) % 38)}%`} />
          <Skeleton height={12} width="14%" visibleFrom="sm" />
          <Skeleton height={20} width={96} radius="xl" />
        </div>
      ))}
    </div>
  );
}

/** Placeholder for a block of known height. */
export function BlockSkeleton({ height }: { height: number }) {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton height={height} radius="md" />
    </div>
  );
}
