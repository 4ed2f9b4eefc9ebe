import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLeaveConsent, useStartLeave } from '../../../api/leave.ts';
import type { Leave, LeaveChoices, LeavePreview } from '../../../api/types.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import { spanText } from '../../../format/load-pace.ts';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './leave.module.css';
import { Figure } from './written-panel.tsx';

/** What the choices do, in numbers, credits and time; nothing is written before somebody says so here. */
export function PricePanel({ leave, choices, isFresh }: { leave: Leave; choices: LeaveChoices; isFresh: boolean }) {
  const { preview, refusal } = leave;
  return (
    <Panel title="What this does" label="What this does">
      <div aria-live="polite" aria-busy={!isFresh} className={classes.price}>
        {refusal !== null && <p className={classes.plain}>{refusal}</p>}
        {preview !== null && <Preview preview={preview} />}
      </div>
      {preview !== null && <Go leave={leave} choices={choices} preview={preview} isFresh={isFresh} />}
    </Panel>
  );
}

function Preview({ preview }: { preview: LeavePreview }) {
  const stays = preview.eventsLeft + preview.notesLeft;
  return (
    <>
      <dl className={classes.figures}>
        <Figure value={preview.eventsDeleted}>{preview.eventsDeleted === 1 ? 'event' : 'events'} deleted</Figure>
        <Figure value={preview.notesDeleted}>{preview.notesDeleted === 1 ? 'note' : 'notes'} deleted</Figure>
        {preview.idsTaken > 0 && <Figure value={preview.idsTaken}>ids taken off events that stay</Figure>}
        {preview.eventsReleased > 0 && (
          <Figure value={preview.eventsReleased}>
            calendar {preview.eventsReleased === 1 ? 'event' : 'events'} given back
          </Figure>
        )}
        {preview.fieldsRemoved > 0 && (
          <Figure value={preview.fieldsRemoved}>{preview.fieldsRemoved === 1 ? 'field' : 'fields'} deleted</Figure>
        )}
        <Figure value={preview.credits.total}>API credits</Figure>
        <div className={classes.figure}>
          <dd>{preview.seconds === null ? '—' : spanText(preview.seconds)}</dd>
          <dt>
            {preview.seconds === null
              ? 'No credits are left to us: keep fewer for others, on the page of the connection'
              : 'needed'}
          </dt>
        </div>
      </dl>
      <p className={classes.soft}>
        At the end {preview.channels > 0 && 'the notification channel is closed, '}our access is given back and the
        connection is over. New meetings are not published from the moment you begin.
      </p>
      {preview.says.map((sentence) => (
        <p key={sentence} className={classes.soft}>
          {sentence}
        </p>
      ))}
      {stays > 0 && (
        <>
          <p className={classes.stays}>
            {countText(stays)} {stays === 1 ? 'record stays' : 'records stay'}, because people edited{' '}
            {stays === 1 ? 'it' : 'them'} in Zoho.
          </p>
          <ul className={classes.left}>
            {preview.left.map(({ externalId, title, detail }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two records of one meeting may stay for one reason
              <li key={`${externalId} ${index}`}>
                <Link to="/meetings/$externalId" params={{ externalId }} className="quiet-link">
                  <bdi>{title}</bdi>
                </Link>{' '}
                <span className={classes.soft}>{detail}</span>
              </li>
            ))}
            {stays > preview.left.length && <li>and {countText(stays - preview.left.length)} more</li>}
          </ul>
        </>
      )}
    </>
  );
}

type GoProps = { leave: Leave; choices: LeaveChoices; preview: LeavePreview; isFresh: boolean };

function Go({ leave, choices, preview, isFresh }: GoProps) {
  const [isAsking, setAsking] = useState(false);
  const start = useStartLeave();
  const consent = useLeaveConsent();
  if (choices.fields === 'remove' && leave.missingScopes.length > 0) {
    return (
      <div className={classes.consent}>
        <p>
          Zoho has not allowed deleting fields yet: <code>{leave.missingScopes.join(', ')}</code>. Nothing else uses
          that right.
        </p>
        <Button loading={consent.isPending} onClick={() => consent.mutate()}>
          Allow it in Zoho
        </Button>
      </div>
    );
  }
  const close = () => setAsking(false);
  return (
    <>
      <Button color="red" disabled={!isFresh} onClick={() => setAsking(true)}>
        Leave Zoho…
      </Button>
      {isAsking && (
        <ConfirmDialog
          title="Leave Zoho CRM now?"
          verb="Leave Zoho"
          isBusy={start.isPending}
          onClose={close}
          onConfirm={() => start.mutate(choices, { onSettled: close })}
        >
          {countOf(preview.eventsDeleted, 'event')} and {countOf(preview.notesDeleted, 'note')} of ours are deleted in
          Zoho
          {preview.fieldsRemoved > 0 && <>, with {countOf(preview.fieldsRemoved, 'field')}</>}, for{' '}
          {countOf(preview.credits.total, 'credit')}. Then the connection ends. You can stop on the way; what is out by
          then stays out until you publish it again.
        </ConfirmDialog>
      )}
    </>
  );
}
