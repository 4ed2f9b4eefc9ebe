import { Button } from '@mantine/core';
import { IconConfetti } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useNeedsYou } from '../../api/organization.ts';
import type { NeedsYou, NeedsYouCause } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { PageHead } from '../../pieces/page-head.tsx';
import { BlockSkeleton, EmptyNote, ProblemNote } from '../../pieces/page-states.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { CauseList } from './cause-list.tsx';
import { CurrentItem } from './current-item.tsx';
import classes from './needs-you.module.css';
import { useQueue } from './use-queue.ts';

/** What only a person can decide: causes at the left, the current question large at the right. */
export function NeedsYouPage() {
  const [cause, setCause] = useState<NeedsYouCause>();
  const needs = useNeedsYou(cause);
  return (
    <>
      <PageHead title="Needs you" about={needs.data ? aboutText(needs.data) : ' '} />
      {needs.data === undefined ? (
        needs.isError ? (
          <ProblemNote error={needs.error} onRetry={() => void needs.refetch()} />
        ) : (
          <div className={classes.layout}>
            <BlockSkeleton height={240} />
            <BlockSkeleton height={460} />
          </div>
        )
      ) : (
        <Questions needs={needs.data} cause={cause} onCause={setCause} />
      )}
    </>
  );
}

const totalOf = (needs: NeedsYou) => needs.causes.reduce((sum, { count }) => sum + count, 0);

function aboutText(needs: NeedsYou): string {
  const total = totalOf(needs);
  return total === 0 ? 'Nothing waits for a person.' : `${countOf(total, 'question')} only a person can answer`;
}

type QuestionsProps = {
  needs: NeedsYou;
  cause: NeedsYouCause | undefined;
  onCause: (cause: NeedsYouCause | undefined) => void;
};

function Questions({ needs, cause, onCause }: QuestionsProps) {
  const queue = useQueue(needs.data);
  if (totalOf(needs) === 0 && queue.lastDone === null) {
    return (
      <Panel label="Nothing to do">
        <EmptyNote
          icon={<IconConfetti size={22} aria-hidden />}
          title="Nothing needs you"
          action={
            <Button variant="default" component={Link} to="/meetings">
              To the meetings
            </Button>
          }
        >
          When somebody fits twice, nobody is found, or Zoho refuses something, it is asked here.
        </EmptyNote>
      </Panel>
    );
  }
  return (
    <div className={classes.layout}>
      <CauseList causes={needs.causes} chosen={cause} onChoose={onCause} />
      <CurrentItem queue={queue} />
    </div>
  );
}
