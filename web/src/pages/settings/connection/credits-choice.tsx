import { Button, NumberInput } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useState } from 'react';
import { useKeepCredits } from '../../../api/connection.ts';
import { useRights } from '../../../api/session.ts';
import type { ZohoCard } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Moment, Until } from '../../../pieces/moment.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import integrations from '../integrations.module.css';
import classes from './connection.module.css';

const most = 90;

/** What rests for want of credits, when the queue will be empty, and which part of the day is kept for others. */
export function CreditsChoice({ credits }: { credits: ZohoCard['credits'] }) {
  return (
    <div className={classes.budget}>
      {credits.resting !== null && (
        <p className={integrations.mind}>
          <IconHourglass size={16} aria-hidden />
          <span>
            {credits.resting}
            {credits.restsUntil !== null && (
              <>
                {' '}
                It goes on <Until at={credits.restsUntil} />.
              </>
            )}
          </span>
        </p>
      )}
      <Forecast forecast={credits.forecast} />
      <KeptShare keptPercent={credits.keptPercent} />
    </div>
  );
}

function Forecast({ forecast: { meetings, credits, emptyAt } }: { forecast: ZohoCard['credits']['forecast'] }) {
  if (meetings === 0) return <p className={classes.forecast}>Nothing waits for credits.</p>;
  return (
    <p className={classes.forecast}>
      {countOf(meetings, 'meeting')} {meetings === 1 ? 'waits' : 'wait'} and {meetings === 1 ? 'takes' : 'take'} about{' '}
      {countOf(credits, 'credit')}.{' '}
      {emptyAt === null ? (
        'When that is done cannot be said yet.'
      ) : (
        <>
          By <Moment at={emptyAt} /> nothing will wait any more.
        </>
      )}
    </p>
  );
}

function KeptShare({ keptPercent }: { keptPercent: number }) {
  const [percent, setPercent] = useState(keptPercent);
  const keep = useKeepCredits();
  const { canAdminister } = useRights();
  return (
    <form
      className={classes.share}
      onSubmit={(event) => {
        event.preventDefault();
        keep.mutate(percent, { onSuccess: () => showDone('Saved. It counts at once.') });
      }}
    >
      <NumberInput
        label="Keep free for other integrations"
        suffix=" % of the day"
        min={0}
        max={most}
        clampBehavior="strict"
        allowDecimal={false}
        disabled={!canAdminister}
        value={percent}
        onChange={(value) => value !== '' && setPercent(Number(value))}
      />
      {percent !== keptPercent && (
        <Button type="submit" loading={keep.isPending}>
          Save
        </Button>
      )}
    </form>
  );
}
