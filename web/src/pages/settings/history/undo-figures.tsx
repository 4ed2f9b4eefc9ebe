import { Link } from '@tanstack/react-router';
import type { UndoPreview } from '../../../api/types.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import classes from './history.module.css';

/** What leaves Zoho, what stays because people edited it, and what it costs. */
export function UndoFigures({ preview }: { preview: UndoPreview }) {
  const stays = preview.eventsLeft + preview.notesLeft;
  if (preview.meetings === 0) return <p className={classes.plain}>Nothing of it is in Zoho: nothing would go.</p>;
  return (
    <>
      <dl className={classes.figures}>
        <Figure value={preview.meetings} one="meeting" />
        <Figure value={preview.eventsDeleted} one="event" after="deleted" />
        <Figure value={preview.notesDeleted} one="note" after="deleted" />
        {preview.eventsReleased > 0 && (
          <Figure value={preview.eventsReleased} one="calendar event" after="given back" />
        )}
        <Figure value={preview.credits.total} one="credit" after="needed" />
      </dl>
      {preview.eventsWithPeople > 0 && (
        <p className={classes.soft}>
          {countOf(preview.eventsWithPeople, 'event')} {preview.eventsWithPeople === 1 ? 'names' : 'name'} participants:
          they are taken off first, so that nobody is mailed.
        </p>
      )}
      {preview.eventsReleased > 0 && (
        <p className={classes.soft}>Calendar events stay in Zoho; only our notes and our id leave them.</p>
      )}
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

function Figure({ value, one, after }: { value: number; one: string; after?: string }) {
  return (
    <div className={classes.figure}>
      <dd>{countText(value)}</dd>
      <dt>
        {value === 1 ? one : `${one}s`} {after}
      </dt>
    </div>
  );
}
