import { Checkbox, NumberInput, Radio, Stack, Switch, TagsInput } from '@mantine/core';
import { Panel } from '../../pieces/panel.tsx';
import classes from './policy.module.css';
import type { SectionProps } from './policy-page.tsx';

/** What of a meeting Zoho shows, and where. */
export function PublishingSection({ values, onChange }: SectionProps) {
  return (
    <Panel title="Publishing" label="Publishing">
      <div className={classes.fields}>
        <Radio.Group
          label="Records that get the summary note"
          value={values.publish}
          onChange={(value) => onChange({ publish: value === 'everything' ? 'everything' : 'relevant' })}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="relevant"
              label="Relevant ones"
              description="The accounts, and the open deals in which somebody of the meeting has a role."
            />
            <Radio value="everything" label="All linked ones" description="Closed deals too." />
          </Stack>
        </Radio.Group>
        <NoteCapField cap={values.noteCap} onChange={(noteCap) => onChange({ noteCap })} />
        <NumberInput
          label="No note on records created later than this after the meeting"
          suffix=" days"
          min={0}
          max={3650}
          value={values.lateRecordDays}
          onChange={(value) => value !== '' && onChange({ lateRecordDays: Number(value) })}
        />
        <NumberInput
          label="Wait so long after a meeting for people who are not in Zoho yet"
          description="When a contact or lead with their address appears, the meeting is linked to it. 0: never."
          suffix=" days"
          min={0}
          max={3650}
          clampBehavior="strict"
          value={values.newPeopleDays}
          onChange={(value) => value !== '' && onChange({ newPeopleDays: Number(value) })}
        />
        <Radio.Group
          label="When the calendar may have put the meeting into Zoho already"
          value={values.unsureEvent}
          onChange={(value) => onChange({ unsureEvent: value === 'create' ? 'create' : 'wait' })}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value="wait"
              label="Ask"
              description="It waits under Needs you until a person says which event it is."
            />
            <Radio
              value="create"
              label="Write our own event"
              description="A person is asked first; without an answer in time, a new event is written."
            />
          </Stack>
        </Radio.Group>
        <Switch
          label="Publish internal meetings"
          description="Meetings among colleagues only."
          checked={values.publishInternal}
          onChange={(event) => onChange({ publishInternal: event.currentTarget.checked })}
        />
        <Switch
          label="Publish meetings that match nobody in Zoho"
          description="Off: they are held under Needs you until somebody appears or a person decides."
          checked={values.publishUnmatched}
          onChange={(event) => onChange({ publishUnmatched: event.currentTarget.checked })}
        />
        <Switch
          label="Put the summary into the event’s description"
          description="Calendars may show a description to guests. Off: it says only who met, when and for how long."
          checked={values.describeContent}
          onChange={(event) => onChange({ describeContent: event.currentTarget.checked })}
        />
        <TagsInput
          label="Order of smart categories"
          description="In the notes, these come first and in this order."
          value={values.smartCategoryOrder}
          onChange={(smartCategoryOrder) => onChange({ smartCategoryOrder })}
        />
      </div>
    </Panel>
  );
}

/** What the field goes back to when the cap is switched on again. */
const usualCap = 10;

function NoteCapField({ cap, onChange }: { cap: number | null; onChange: (cap: number | null) => void }) {
  return (
    <div className={classes.capped}>
      <NumberInput
        label="At most so many notes besides the main record’s"
        min={0}
        disabled={cap === null}
        value={cap ?? ''}
        onChange={(value) => value !== '' && onChange(Number(value))}
      />
      <Checkbox
        label="No limit"
        checked={cap === null}
        onChange={(event) => onChange(event.currentTarget.checked ? null : usualCap)}
      />
    </div>
  );
}
