import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { Chip } from '../../pieces/chip.tsx';

/** Stage of a deal; whether it is open is told by icon and words, never by colour alone. */
export function StageChip({ stage, isOpen }: { stage: string; isOpen: boolean | null }) {
  const isClosed = isOpen === false;
  return (
    <Chip
      tone={isClosed ? 'grey' : 'accent'}
      icon={isClosed ? <IconCircleCheck aria-hidden /> : <IconCircle aria-hidden />}
      why={isClosed ? `${stage}: closed` : `${stage}: open`}
    >
      {stage}
    </Chip>
  );
}
