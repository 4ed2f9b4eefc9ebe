import { Tooltip } from '@mantine/core';
import { percentText } from '../format/amounts.ts';

/** AI Score of a meeting, from 0 to 1. */
export function Score({ value }: { value: number }) {
  return (
    <Tooltip label="AI Score of the conversation">
      <span style={{ whiteSpace: 'nowrap' }}>{percentText(value)}</span>
    </Tooltip>
  );
}
