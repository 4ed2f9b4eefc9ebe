import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSaveConstants } from '../../../api/preflight.ts';
import { useRights } from '../../../api/session.ts';
import type { ConstantValue, EventField, Preflight } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Name } from '../../../pieces/name.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import { ConstantInput } from './constant-input.tsx';
import classes from './fields.module.css';

/** The fields that Zoho demands of every event, each with a fixed value for all meetings and others for single activity types. */
export function ConstantsPanel({ preflight }: { preflight: Preflight }) {
  const { fields, activityTypes } = preflight;
  return (
    <Panel title="Fields that every event must have" label="Fields that every event must have" isFlush>
      {fields.length === 0 ? (
        <p className={`${classes.plain} ${classes.field}`}>Zoho demands nothing that a meeting does not have.</p>
      ) : (
        fields.map((field) => (
          <FieldForm
            key={`${field.field} ${JSON.stringify([field.otherwise, field.byActivityType])}`}
            field={field}
            types={activityTypes}
          />
        ))
      )}
    </Panel>
  );
}

type Values = { otherwise: ConstantValue | null; types: Record<string, ConstantValue | null> };

function FieldForm({ field, types }: { field: EventField; types: string[] }) {
  const saved: Values = {
    otherwise: field.otherwise,
    types: Object.fromEntries(field.byActivityType.map(({ activityType, value }) => [activityType, value])),
  };
  const [values, setValues] = useState(saved);
  const [isOpen, setOpen] = useState(field.byActivityType.length > 0);
  const save = useSaveConstants();
  const { canAdminister } = useRights();
  const isChanged = JSON.stringify(values) !== JSON.stringify(saved);
  const listed = [...new Set([...types, ...Object.keys(saved.types)])].sort((a, b) => a.localeCompare(b));
  if (!field.canBeConstant) return <NoConstant field={field} />;
  return (
    <form
      className={classes.field}
      onSubmit={(event) => {
        event.preventDefault();
        const byActivityType = Object.entries(values.types).flatMap(([activityType, value]) =>
          value === null ? [] : [{ activityType, value }],
        );
        save.mutate(
          { field: field.field, otherwise: values.otherwise, byActivityType },
          { onSuccess: ({ meetings }) => showDone(savedText(meetings)) },
        );
      }}
    >
      <FieldHead field={field} />
      {field.isUnique && (
        <p className={classes.soft}>
          One value fits one meeting only. Take the uniqueness off in Zoho, or let something else fill the field.
        </p>
      )}
      <fieldset disabled={!canAdminister} className={classes.inputs}>
        <ConstantInput
          field={field}
          label="For every meeting"
          value={values.otherwise}
          onChange={(otherwise) => setValues((old) => ({ ...old, otherwise }))}
        />
        {isOpen &&
          listed.map((type) => (
            <ConstantInput
              key={type}
              field={field}
              label={`For ${type}`}
              value={values.types[type] ?? null}
              onChange={(value) => setValues((old) => ({ ...old, types: { ...old.types, [type]: value } }))}
            />
          ))}
      </fieldset>
      <div className={classes.fieldFoot}>
        {listed.length > 0 && (
          <Button
            size="xs"
            variant="subtle"
            px={0}
            bg="transparent"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Hide activity types' : `Another value for one of ${countOf(listed.length, 'activity type')}`}
          </Button>
        )}
        {isChanged && (
          <Button size="xs" type="submit" loading={save.isPending}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}

function FieldHead({ field }: { field: EventField }) {
  return (
    <div className={classes.fieldHead}>
      <strong>
        <Name lines={2}>{field.label}</Name>
      </strong>
      <span className={classes.soft}>
        {field.isRequired ? 'demanded by Zoho' : 'not demanded any more'}
        {field.isUnique && ' · must be unique'}
      </span>
      {field.meetingsWaiting > 0 && (
        <span className={classes.waiting}>{countOf(field.meetingsWaiting, 'meeting')} waiting</span>
      )}
    </div>
  );
}

function NoConstant({ field }: { field: EventField }) {
  return (
    <div className={classes.field}>
      <FieldHead field={field} />
      <p className={classes.soft}>
        No fixed value fits a field of this kind. Make it optional in Zoho’s layout of Meetings, then read again.
      </p>
    </div>
  );
}

function savedText(meetings: number): string {
  return meetings === 0
    ? 'Saved. New events get it, and others when Zoho asks for it.'
    : `Saved. ${countOf(meetings, 'meeting')} on the way to Zoho.`;
}
