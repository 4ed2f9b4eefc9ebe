import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link, useRouter } from '@tanstack/react-router';
import { EmptyNote, ProblemNote } from '../pieces/page-states.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <EmptyNote
      icon={<IconMapOff size={22} aria-hidden />}
      title="There is no such page"
      action={
        <Button component={Link} to="/meetings" variant="default">
          To the meetings
        </Button>
      }
    >
      The address may be old or mistyped.
    </EmptyNote>
  );
}

/** A page that broke while it was drawn. */
export function PageFailed({ error }: { error: unknown }) {
  const router = useRouter();
  return <ProblemNote error={error} onRetry={() => void router.invalidate()} />;
}
