import { Navigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useZohoCard } from '../../api/connection.ts';
import { useMeetings } from '../../api/meetings.ts';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import { FirstRun } from './first-run.tsx';

/** The way in: the meetings, or the first three steps while there is no connection or no meeting. */
export function StartPage() {
  const card = useZohoCard();
  const meetings = useMeetings({}, undefined, 1);
  const [wasFirstRun, setFirstRun] = useState(false);
  const error = card.error ?? meetings.error;
  if (card.data === undefined || meetings.data === undefined) {
    if (error)
      return <ProblemNote error={error} onRetry={() => void Promise.all([card.refetch(), meetings.refetch()])} />;
    return <BlockSkeleton height={520} />;
  }
  const isFirstRun =
    card.data.state === 'not_connected' || card.data.state === 'connecting' || meetings.data.data.length === 0;
  if (isFirstRun && !wasFirstRun) setFirstRun(true);
  if (!isFirstRun && !wasFirstRun) return <Navigate to="/meetings" replace />;
  return <FirstRun card={card.data} meeting={meetings.data.data[0] ?? null} />;
}
