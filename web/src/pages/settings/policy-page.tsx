import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSaveSettings, useSettings } from '../../api/organization.ts';
import { useRights } from '../../api/session.ts';
import type { Settings } from '../../api/types.ts';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import { showDone } from '../../pieces/show-message.tsx';
import classes from './policy.module.css';
import { LinkingSection } from './policy-linking.tsx';
import { PeopleSection } from './policy-people.tsx';
import { PublishingSection } from './policy-publishing.tsx';

/** Rules of matching, linking and publishing. */
export function PolicyPage() {
  const settings = useSettings();
  if (settings.data) return <PolicyForm key={JSON.stringify(settings.data)} saved={settings.data} />;
  if (settings.isError) return <ProblemNote error={settings.error} onRetry={() => void settings.refetch()} />;
  return <BlockSkeleton height={620} />;
}

/** What a section of the form gets: the values as they stand, and a way to change some of them. */
export type SectionProps = { values: Settings; onChange: (change: Partial<Settings>) => void };

function PolicyForm({ saved }: { saved: Settings }) {
  const [values, setValues] = useState(saved);
  const save = useSaveSettings();
  const { canAdminister } = useRights();
  const isChanged = JSON.stringify(values) !== JSON.stringify(saved);
  useWarnBeforeLeaving(isChanged);
  const section: SectionProps = { values, onChange: (change) => setValues((old) => ({ ...old, ...change })) };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(values, { onSuccess: () => showDone('Saved. Affected meetings are looked at again.') });
      }}
    >
      {!canAdminister && <p className={classes.soft}>Only an administrator can change these rules.</p>}
      <fieldset disabled={!canAdminister} className={classes.fieldset}>
        <PeopleSection {...section} />
        <LinkingSection {...section} />
        <PublishingSection {...section} />
      </fieldset>
      {isChanged && (
        <div className={classes.saveBar} role="status">
          <span>You have changes that are not saved.</span>
          <Button variant="default" onClick={() => setValues(saved)}>
            Discard
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}

function useWarnBeforeLeaving(isChanged: boolean) {
  useEffect(() => {
    if (!isChanged) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isChanged]);
}
