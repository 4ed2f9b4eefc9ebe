import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { retryObstacle, saveConstants, usePreflight } from '../../api/preflight.ts';
import { useRights } from '../../api/session.ts';
import type { ConstantValue, NeedsYouItem, Obstacle } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { Until } from '../../pieces/moment.tsx';
import { BlockSkeleton } from '../../pieces/page-states.tsx';
import { ModuleIcon, RecordLink } from '../../pieces/record-link.tsx';
import { ConstantInput } from '../settings/fields/constant-input.tsx';
import classes from './needs-you.module.css';
import type { Queue } from './use-queue.ts';

type AnswerProps = { item: NeedsYouItem; obstacle: Obstacle; queue: Queue };

/** What stands in the way of many meetings at once: the value to give there and then, or a new try. */
export function ObstacleAnswer({ item, obstacle, queue }: AnswerProps) {
  const { canAdminister, canDecide } = useRights();
  const takesValue = obstacle.field?.canBeConstant === true;
  return (
    <>
      <p className={classes.waits}>
        <strong>{countOf(obstacle.meetings, 'meeting')}</strong>{' '}
        {obstacle.meetings === 1 ? 'waits for this.' : 'wait for this.'}
        {obstacle.retryAt !== null && (
          <>
            {' '}
            Tried again by itself <Until at={obstacle.retryAt} />.
          </>
        )}
      </p>
      {obstacle.record !== null && (
        <p className={classes.obstacleRecord}>
          <ModuleIcon module={obstacle.record.module} /> <RecordLink {...obstacle.record} />
        </p>
      )}
      {takesValue && (
        <p className={classes.soft}>
          {canAdminister ? (
            <>
              Values for single activity types are given under{' '}
              <Link to="/settings/fields" className="plain-link">
                Settings, Fields
              </Link>
              .
            </>
          ) : (
            'An administrator can give the field a fixed value.'
          )}
        </p>
      )}
      {takesValue && canAdminister && <ValueForm item={item} obstacle={obstacle} queue={queue} />}
      {canDecide && (
        <Button
          mt="md"
          variant="default"
          onClick={() =>
            queue.solve(
              item,
              `${countOf(obstacle.meetings, 'meeting')}: tried again`,
              () => retryObstacle(obstacle),
              null,
            )
          }
        >
          It is settled in Zoho: try again
        </Button>
      )}
    </>
  );
}

function ValueForm({ item, obstacle, queue }: AnswerProps) {
  const preflight = usePreflight();
  const [value, setValue] = useState<ConstantValue | null>(null);
  const field = obstacle.field;
  if (field === null) return null;
  // The values of single activity types are saved with the one that is given here: they are needed before.
  if (preflight.data === undefined && !preflight.isError) return <BlockSkeleton height={64} />;
  const known = preflight.data?.fields.find((one) => one.field === field.field);
  const give = () => {
    const given = { field: field.field, otherwise: value, byActivityType: known?.byActivityType ?? [] };
    queue.solve(
      item,
      `${field.label}: ${countOf(obstacle.meetings, 'meeting')} on the way`,
      () => saveConstants(given),
      null,
    );
  };
  return (
    <form
      className={classes.valueForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) give();
      }}
    >
      <ConstantInput
        field={field}
        label={`${field.label}, for every meeting`}
        value={value ?? known?.otherwise ?? null}
        onChange={setValue}
      />
      <Button type="submit" disabled={value === null || preflight.isError}>
        Use it
      </Button>
      {preflight.isError && <p className={classes.error}>{preflight.error.message}</p>}
    </form>
  );
}
