import { Checkbox, NumberInput, Radio, Stack, TagsInput } from '@mantine/core';
import type { Settings } from '../../api/types.ts';
import { Panel } from '../../pieces/panel.tsx';
import classes from './policy.module.css';
import type { SectionProps } from './policy-page.tsx';

/** Which deals a meeting is linked to. */
export function LinkingSection({ values, onChange }: SectionProps) {
  return (
    <Panel title="Linking" label="Linking">
      <div className={classes.fields}>
        <Radio.Group
          label="Deals of the people and accounts in a meeting"
          value={values.cascade}
          onChange={(value) => onChange({ cascade: value === 'focused' ? 'focused' : 'everything' })}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="everything" label="Everything" description="All their deals, open and closed." />
            <Radio value="focused" label="Focused" description="The deals that matter now, at most a few." />
          </Stack>
        </Radio.Group>
        {values.cascade === 'focused' && (
          <FocusedFields focused={values.focused} onChange={(focused) => onChange({ focused })} />
        )}
      </div>
    </Panel>
  );
}

type Focused = Settings['focused'];

function FocusedFields({ focused, onChange }: { focused: Focused; onChange: (focused: Focused) => void }) {
  const change = (part: Partial<Focused>) => onChange({ ...focused, ...part });
  return (
    <div className={classes.nested}>
      <NumberInput
        label="At most this many deals"
        min={1}
        max={1000}
        clampBehavior="strict"
        value={focused.maxDeals}
        onChange={(value) => Number(value) >= 1 && change({ maxDeals: Number(value) })}
      />
      <Checkbox
        label="With more of them, link none and ask a person"
        checked={focused.askAbove}
        onChange={(event) => change({ askAbove: event.currentTarget.checked })}
      />
      <NumberInput
        label="Open within so many days around the meeting"
        description="Empty: open now."
        min={0}
        max={3650}
        value={focused.windowDays ?? ''}
        onChange={(value) => change({ windowDays: value === '' ? null : Number(value) })}
      />
      <TagsInput
        label="Only these pipelines"
        description="Empty: all pipelines."
        value={focused.pipelines ?? []}
        onChange={(pipelines) => change({ pipelines: pipelines.length === 0 ? null : pipelines })}
      />
    </div>
  );
}
