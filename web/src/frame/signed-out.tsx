import { Button, Code } from '@mantine/core';
import { IconLockOpen } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { CopyField } from '../pieces/copy-field.tsx';
import { EmptyNote } from '../pieces/page-states.tsx';

/** Shown instead of everything else while nobody is signed in. */
export function SignedOut() {
  const client = useQueryClient();
  return (
    <main style={{ display: 'grid', placeItems: 'center', minHeight: '100vh' }}>
      <EmptyNote
        icon={<IconLockOpen size={22} aria-hidden />}
        title="You are signed out"
        action={
          <Button variant="default" onClick={() => void client.resetQueries()}>
            I have opened the link
          </Button>
        }
      >
        <p>
          Open the sign-in link that <Code>npm start</Code> printed. It works once. For a new one, run
        </p>
        <CopyField label="the command for a new link" value="npm run sign-in-link" />
        <p>on the machine where the product runs.</p>
      </EmptyNote>
    </main>
  );
}
