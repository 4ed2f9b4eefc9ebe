import { Button, Group } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useDecideReplacement } from '../../api/connection.ts';
import { showDone } from '../../pieces/show-message.tsx';
import classes from './connection/connection.module.css';

type ReplaceChoiceProps = { nonce: string; oldOrg: string; newOrg: string; onDone: () => void };

/** Another Zoho org was chosen on the consent page than the one before: nothing has changed until a person decides. */
export function ReplaceChoice({ nonce, oldOrg, newOrg, onDone }: ReplaceChoiceProps) {
  const decide = useDecideReplacement();
  const give = (decision: 'replace' | 'cancel') =>
    decide.mutate(
      { nonce, decision },
      {
        onSuccess: () =>
          showDone(decision === 'replace' ? `${newOrg} is connected now.` : `Nothing was changed: ${oldOrg} stays.`),
        onSettled: onDone,
      },
    );
  return (
    <section
      className={classes.state}
      data-tone="amber"
      style={{ maxWidth: 1160 }}
      aria-label="Another Zoho organization"
    >
      <IconArrowsExchange size={18} aria-hidden />
      <div className={classes.choice}>
        <strong>This is another Zoho organization</strong>
        <p>
          You were connected to <strong dir="auto">{oldOrg}</strong> and have now chosen{' '}
          <strong dir="auto">{newOrg}</strong>. Nothing has changed yet; you have 15 minutes to decide.
        </p>
        <ul>
          <li>
            <strong>Replace:</strong> the records of <bdi>{oldOrg}</bdi> and the decisions about them are forgotten
            here, and every meeting begins anew in <bdi>{newOrg}</bdi>. What was written in <bdi>{oldOrg}</bdi> stays
            there.
          </li>
          <li>
            <strong>Cancel:</strong> the new access is ended, and everything stays as it was.
          </li>
        </ul>
        <Group gap="xs">
          <Button
            size="xs"
            color="red"
            loading={decide.isPending && decide.variables.decision === 'replace'}
            disabled={decide.isPending}
            onClick={() => give('replace')}
          >
            Replace {oldOrg.length > 40 ? 'it' : oldOrg}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={decide.isPending && decide.variables.decision === 'cancel'}
            disabled={decide.isPending}
            onClick={() => give('cancel')}
          >
            Cancel, keep {oldOrg.length > 40 ? 'the old one' : oldOrg}
          </Button>
        </Group>
      </div>
    </section>
  );
}
