import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './chip.module.css';

export type Tone = 'green' | 'blue' | 'amber' | 'red' | 'grey' | 'accent';

/** A small state: colour, icon and word together, because colour alone tells nothing. */
export function Chip({
  tone,
  icon,
  children,
  why,
}: {
  tone: Tone;
  icon?: ReactNode;
  children: ReactNode;
  why?: string | undefined;
}) {
  const chip = (
    <span className={classes.chip} data-tone={tone}>
      {icon}
      <span className={classes.word}>{children}</span>
    </span>
  );
  return why ? <Tooltip label={why}>{chip}</Tooltip> : chip;
}
