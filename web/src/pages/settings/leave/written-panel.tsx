import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Leave } from '../../../api/types.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './leave.module.css';

type Written = NonNullable<Leave['written']>;

/** What we wrote and is still in Zoho, in numbers that lead to what they count. */
export function WrittenPanel({ written }: { written: Written }) {
  const edited = written.eventsEdited + written.notesEdited;
  const isEmpty = written.meetings === 0;
  const meetings: LinkProps = { to: '/meetings', search: { state: 'published' } };
  const page: LinkProps = { to: '/settings/integrations/zoho' };
  return (
    <Panel title="What we wrote that is in Zoho now" label="What we wrote that is in Zoho now">
      {isEmpty ? (
        <p className={classes.plain}>No event and no note of ours.</p>
      ) : (
        <dl className={classes.figures}>
          <Figure value={written.ownEvents} link={meetings}>
            {written.ownEvents === 1 ? 'event' : 'events'} of ours
          </Figure>
          <Figure value={written.adoptedEvents} link={meetings}>
            calendar {written.adoptedEvents === 1 ? 'event' : 'events'} linked
          </Figure>
          <Figure value={written.summaryNotes} link={meetings}>
            summary {written.summaryNotes === 1 ? 'note' : 'notes'}
          </Figure>
          <Figure value={written.consolidatedNotes} link={meetings}>
            {written.consolidatedNotes === 1 ? 'note' : 'notes'} with all moments
          </Figure>
          <Figure value={written.ids} link={meetings}>
            {written.ids === 1 ? 'event' : 'events'} with our id
          </Figure>
        </dl>
      )}
      <dl className={classes.figures}>
        <Figure value={written.fields.length} link={page} isWide>
          {written.fields.length === 1 ? 'field' : 'fields'} that we made
          {written.fields.length > 0 && <>: {written.fields.map(({ label }) => label).join(', ')}</>}
        </Figure>
        <Figure value={written.channels} link={page}>
          notification {written.channels === 1 ? 'channel' : 'channels'}
        </Figure>
      </dl>
      {edited > 0 && (
        <p className={classes.stays}>
          <Link to="/settings/comparison" className="quiet-link">
            {countOf(edited, 'record')}
          </Link>{' '}
          of these {edited === 1 ? 'was' : 'were'} edited by people in Zoho and {edited === 1 ? 'is' : 'are'} left
          alone.
        </p>
      )}
    </Panel>
  );
}

/** A number with what it counts; with `link` it leads there. */
export function Figure({ value, link, isWide = false, children }: FigureProps) {
  return (
    <div className={isWide ? `${classes.figure} ${classes.wide}` : classes.figure}>
      <dd>
        {link === undefined || value === 0 ? (
          countText(value)
        ) : (
          <Link {...link} className="quiet-link">
            {countText(value)}
          </Link>
        )}
      </dd>
      <dt>{children}</dt>
    </div>
  );
}

type FigureProps = { value: number; link?: LinkProps; isWide?: boolean; children: ReactNode };
