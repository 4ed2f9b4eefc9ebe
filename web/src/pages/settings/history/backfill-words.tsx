import {
  IconArrowBackUp,
  IconCalculator,
  IconCircleCheck,
  IconCircleX,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Backfill, BackfillStep } from '../../../api/types.ts';
import { clockText, dayText } from '../../../format/moments.ts';
import { Chip, type Tone } from '../../../pieces/chip.tsx';

const looks: Record<Backfill['state'], { tone: Tone; word: string; icon: ReactNode }> = {
  simulating: { tone: 'blue', word: 'Being worked out', icon: <IconCalculator aria-hidden /> },
  ready: { tone: 'amber', word: 'Waits for your start', icon: <IconPlayerPlay aria-hidden /> },
  running: { tone: 'blue', word: 'Running', icon: <IconPlayerPlay aria-hidden /> },
  paused: { tone: 'amber', word: 'Paused', icon: <IconPlayerPause aria-hidden /> },
  cancelled: { tone: 'grey', word: 'Cancelled', icon: <IconCircleX aria-hidden /> },
  done: { tone: 'green', word: 'Done', icon: <IconCircleCheck aria-hidden /> },
  undoing: { tone: 'blue', word: 'Being taken out', icon: <IconArrowBackUp aria-hidden /> },
  undone: { tone: 'grey', word: 'Taken out', icon: <IconArrowBackUp aria-hidden /> },
};

export function BackfillChip({ state }: { state: Backfill['state'] }) {
  const look = looks[state];
  return (
    <Chip tone={look.tone} icon={look.icon}>
      {look.word}
    </Chip>
  );
}

/** What it is called; an undo by its time, which people read in their own zone. */
export const nameOf = ({ name, since }: Pick<Backfill, 'name' | 'since'>) =>
  since === null ? name : `Everything since ${dayText(since)}, ${clockText(since)}`;

/** Past meetings brought in, or what came since a time taken out. */
export const isUndoOfTime = ({ kind }: Pick<Backfill, 'kind'>) => kind === 'undo';

const stepWords: Record<BackfillStep, string> = {
  simulate: 'Work it out again',
  start: 'Start',
  pause: 'Pause',
  resume: 'Go on',
  cancel: 'Cancel',
  undo: 'Take out of Zoho…',
};

/** What a button of a step says: starting an undo takes something out, and a first simulation is no second one. */
export function wordOfStep(backfill: Backfill, step: BackfillStep): string {
  if (step === 'start' && backfill.kind === 'undo') return 'Take out of Zoho';
  if (step === 'simulate' && backfill.simulation === null) return 'Work out what it will do';
  return stepWords[step];
}

/** Why meetings stay out of Zoho, in words. */
const causeWords: Record<string, string> = {
  nobody_matched: 'nobody of them is in Zoho',
  too_many_deals: 'too many deals to guess',
  ask_above_limit: 'too many deals to guess',
  ambiguous: 'a person fits twice',
  internal: 'among colleagues only',
  private: 'private',
  retracted: 'taken back',
  not_processed: 'not processed yet',
  calendar_event_unsure: 'the calendar may have them already',
  undone: 'taken out by a person',
  deleted_in_crm: 'deleted in Zoho',
};

export const causeText = (cause: string) => causeWords[cause] ?? cause.replaceAll('_', ' ');
