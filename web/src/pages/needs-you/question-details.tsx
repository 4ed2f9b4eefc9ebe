import { IconExternalLink } from '@tabler/icons-react';
import { useMeeting } from '../../api/meetings.ts';
import { useSettings } from '../../api/organization.ts';
import type { NeedsYouItem } from '../../api/types.ts';
import { webAddress } from '../../format/web-address.ts';
import { Ago, Moment } from '../../pieces/moment.tsx';
import { BlockSkeleton, ProblemNote } from '../../pieces/page-states.tsx';
import { BlockTexts } from '../meeting/zoho/block-question.tsx';
import classes from './needs-you.module.css';

/** What else it takes to decide: the two texts, all differences, the calendar's events. */
export function QuestionDetails({ item }: { item: NeedsYouItem }) {
  if (item.cause === 'edited_block' || item.cause === 'different') return <FromMeeting key={item.id} item={item} />;
  if (item.calendarQuestion !== null) return <CalendarEvents question={item.calendarQuestion} />;
  return null;
}

function FromMeeting({ item }: { item: NeedsYouItem }) {
  const meeting = useMeeting(item.meeting.externalId);
  if (meeting.data === undefined) {
    if (meeting.isError) return <ProblemNote error={meeting.error} onRetry={() => void meeting.refetch()} />;
    return <BlockSkeleton height={150} />;
  }
  const { eventEdited, differences } = meeting.data.inZoho;
  if (item.cause === 'different') {
    if (differences.length < 2) return null;
    return (
      <ul className={classes.differences} aria-label="Differences found">
        {differences.map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
    );
  }
  if (eventEdited === null || eventEdited.texts === null) return null;
  return (
    <>
      <p className={classes.address}>
        Edited {eventEdited.by !== null && <bdi>by {eventEdited.by}</bdi>} <Ago at={eventEdited.at} />
      </p>
      <BlockTexts texts={eventEdited.texts} />
    </>
  );
}

function CalendarEvents({ question }: { question: NonNullable<NeedsYouItem['calendarQuestion']> }) {
  const choice = useSettings().data?.unsureEvent;
  return (
    <>
      <ul className={classes.events} aria-label="Events of the calendar">
        {question.events.map((event) => {
          const address = webAddress(event.url);
          return (
            address !== undefined && (
              <li key={event.eventId}>
                <a className="plain-link" href={address} target="_blank" rel="noreferrer">
                  <bdi>{event.title}</bdi> <IconExternalLink size={13} aria-label="opens Zoho" />
                </a>
              </li>
            )
          );
        })}
      </ul>
      {question.answerBy !== null && choice === 'create' && (
        <p className={classes.address}>
          Without an answer until <Moment at={question.answerBy} />, an event of our own is written.
        </p>
      )}
    </>
  );
}
