import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ApiProblem } from '../api/api-problem.ts';
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

/** A page that broke while it was drawn, or whose part of the app could not be fetched. */
export function PageFailed({ error }: { error: unknown }) {
  const shown = isMissingPart(error) ? missingPart : error;
  return <ProblemNote error={shown} onRetry={() => window.location.reload()} />;
}

const missingPart = new ApiProblem({
  status: 0,
  title: 'This page could not be fetched',
  code: 'unreachable',
  detail: 'The product does not answer, or it was updated while this page was open. Try again to load it anew.',
});

/** Browsers have no common type for a script that could not be loaded, only words. */
function isMissingPart(error: unknown): boolean {
  return error instanceof Error && /preload|import/i.test(error.message);
}
