import { Radio, Stack } from '@mantine/core';
import { useStateSharing } from '../../../api/preflight.ts';
import { useRights } from '../../../api/session.ts';
import type { Preflight } from '../../../api/types.ts';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import classes from './fields.module.css';

type Sharing = Preflight['eventsSharing'];

/** Whether colleagues see each other's events; asked of a person only where Zoho does not tell. */
export function SharingPanel({ sharing }: { sharing: Sharing }) {
  const state = useStateSharing();
  const { canAdminister } = useRights();
  const isToldByZoho = sharing.knownFrom === 'zoho';
  return (
    <Panel title="Who sees events in Zoho" label="Who sees events in Zoho">
      <p className={classes.plain}>{sharing.sentence}</p>
      {sharing.statedBy !== null && sharing.stated !== null && (
        <p className={classes.soft}>
          Stated by <bdi>{sharing.statedBy}</bdi>.
        </p>
      )}
      {!isToldByZoho && (
        <Radio.Group
          mt="md"
          label="Zoho does not tell. How are events shared in your org?"
          description="In Zoho: Setup, Security Control, Data Sharing Settings, Activities."
          value={state.isPending ? (state.variables ?? 'unknown') : (sharing.stated ?? 'unknown')}
          onChange={(word) =>
            state.mutate(word === 'public' || word === 'private' ? word : null, {
              onSuccess: () => showDone('Saved. Affected meetings are looked at again.'),
            })
          }
        >
          <Stack gap="xs" mt="xs">
            <Radio value="public" disabled={!canAdminister} label="Colleagues see them" />
            <Radio
              value="private"
              disabled={!canAdminister}
              label="Only their owner sees them"
              description="The summary note goes on the main record too, so that everybody who may see that finds it."
            />
            <Radio value="unknown" disabled={!canAdminister} label="I do not know" />
          </Stack>
        </Radio.Group>
      )}
    </Panel>
  );
}
