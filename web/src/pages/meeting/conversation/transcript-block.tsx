import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranscript } from '../../../api/meetings.ts';
import type { TranscriptTurn } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { playTime } from '../../../format/moments.ts';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import classes from './conversation.module.css';

/** The transcript: nothing of it is read before somebody wants it, then page by page. */
export function TranscriptBlock({ externalId, turns }: { externalId: string; turns: number }) {
  const [isOpen, setOpen] = useState(false);
  const transcript = useTranscript(externalId, isOpen);
  if (turns === 0) return null;
  const read = transcript.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <div className={classes.block}>
      <h3 className={classes.heading}>Transcript</h3>
      <button type="button" className={classes.linkButton} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the transcript' : `Read the transcript (${countOf(turns, 'turn')})`}
      </button>
      {isOpen && transcript.isPending && <BlockSkeleton height={240} />}
      {isOpen && transcript.isError && (
        <ProblemNote error={transcript.error} onRetry={() => void transcript.refetch()} />
      )}
      {isOpen && read.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area has to be reachable by keyboard
        <ol className={classes.turns} tabIndex={0} aria-label="Transcript">
          {read.map((turn, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: turns have no id and never change their order
            <Turn key={index} turn={turn} />
          ))}
          {transcript.hasNextPage && (
            <li>
              <Button
                size="xs"
                variant="default"
                loading={transcript.isFetchingNextPage}
                onClick={() => void transcript.fetchNextPage()}
              >
                Read on ({countOf(turns - read.length, 'turn')} left)
              </Button>
            </li>
          )}
        </ol>
      )}
    </div>
  );
}

function Turn({ turn }: { turn: TranscriptTurn }) {
  return (
    <li className={classes.turn}>
      <span className={classes.speaker}>
        <bdi>{turn.speaker}</bdi> {turn.startSeconds !== null && playTime(turn.startSeconds)}
      </span>
      <span dir="auto">{turn.text}</span>
    </li>
  );
}
