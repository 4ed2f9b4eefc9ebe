import { Button, Kbd } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconArrowBackUp, IconConfetti } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useRights } from '../../api/session.ts';
import type { NeedsYouItem } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { durationText } from '../../format/moments.ts';
import { wordsOfCause } from '../../format/words.ts';
import { FindRecordDialog } from '../../pieces/find-record-dialog.tsx';
import { Moment } from '../../pieces/moment.tsx';
import { Name } from '../../pieces/name.tsx';
import { EmptyNote } from '../../pieces/page-states.tsx';
import { ModuleIcon } from '../../pieces/record-link.tsx';
import { type Answer, answersTo, chooseAnswer, refusal } from './answers.ts';
import classes from './needs-you.module.css';
import { ObstacleAnswer } from './obstacle-answer.tsx';
import { QuestionDetails } from './question-details.tsx';
import type { Queue } from './use-queue.ts';

/** The current question with everything needed to decide it, by mouse or by keys. */
export function CurrentItem({ queue }: { queue: Queue }) {
  const item = queue.current;
  const [isFinding, setFinding] = useState(false);
  const { canDecide } = useRights();
  const answers = item && canDecide ? answersTo(item) : [];
  const refuse = item && canDecide ? refusal(item) : null;
  const give = (answer: Answer | null | undefined) => {
    if (item && answer) queue.solve(item, answer.said, answer.work, answer.undo);
  };
  useHotkeys([
    ...Array.from({ length: 9 }, (_, index): [string, () => void] => [String(index + 1), () => give(answers[index])]),
    ['x', () => give(refuse)],
    ['s', () => item && queue.skip(item)],
    ['u', queue.undo],
  ]);
  return (
    <section className={classes.current} aria-label="Current question" aria-live="polite">
      <DoneLine queue={queue} />
      {item === null ? (
        <EmptyNote icon={<IconConfetti size={22} aria-hidden />} title="Nothing left here" />
      ) : (
        <>
          <Question item={item} />
          <QuestionDetails item={item} />
          {item.obstacle !== null && (
            <ObstacleAnswer key={item.id} item={item} obstacle={item.obstacle} queue={queue} />
          )}
          {!canDecide && <p className={classes.soft}>Your role may read. Ask a colleague to decide this.</p>}
          <AnswerList answers={answers} onGive={give} withModules={item.candidates} />
          <div className={classes.foot}>
            {refuse && (
              <Button variant="default" onClick={() => give(refuse)} rightSection={<Kbd size="xs">x</Kbd>}>
                {refuse.label}
              </Button>
            )}
            {item.participant && canDecide && (
              <Button variant="default" onClick={() => setFinding(true)}>
                Find in Zoho…
              </Button>
            )}
            {answers.length === 0 && item.obstacle === null && canDecide && (
              <OpenMeeting externalId={item.meeting.externalId} />
            )}
            <Button variant="default" onClick={() => queue.skip(item)} rightSection={<Kbd size="xs">s</Kbd>}>
              Skip
            </Button>
            <span className={classes.left}>{countOf(queue.left, 'question')} left here</span>
          </div>
          {isFinding && (
            <FindRecordDialog
              title={`Who is ${item.participant?.name ?? item.participant?.email ?? 'this'}?`}
              modules={['contacts', 'leads']}
              startWith={item.participant?.name ?? ''}
              onClose={() => setFinding(false)}
              onChoose={(record) => {
                setFinding(false);
                give(chooseAnswer(item, record));
              }}
            />
          )}
        </>
      )}
    </section>
  );
}

/** For a question that this page has no answers to: the meeting has. */
function OpenMeeting({ externalId }: { externalId: string }) {
  return (
    <Button renderRoot={(props) => <Link to="/meetings/$externalId" params={{ externalId }} {...props} />}>
      Open the meeting
    </Button>
  );
}

function DoneLine({ queue }: { queue: Queue }) {
  const done = queue.lastDone;
  return (
    <div className={classes.done}>
      {done && (
        <>
          <span className={classes.doneText}>
            ✓ <Name>{done.said}</Name>
          </span>
          {done.undo && (
            <Button
              size="compact-sm"
              variant="subtle"
              loading={queue.isBusy}
              leftSection={<IconArrowBackUp size={14} aria-hidden />}
              rightSection={<Kbd size="xs">u</Kbd>}
              onClick={queue.undo}
            >
              Undo
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function Question({ item }: { item: NeedsYouItem }) {
  const { meeting } = item;
  return (
    <>
      <div className={classes.kind}>{wordsOfCause(item.cause).title}</div>
      <h2 className={classes.question}>
        <bdi>{item.question}</bdi>
      </h2>
      <div className={classes.meeting}>
        {item.obstacle !== null && item.obstacle.meetings > 1 && (
          <span className={classes.soft}>The newest of them</span>
        )}
        <Link to="/meetings/$externalId" params={{ externalId: meeting.externalId }} className="plain-link">
          <Name lines={2}>{meeting.title}</Name>
        </Link>
        <span className={classes.soft}>
          <Moment at={meeting.startsAt} /> · {durationText(meeting.startsAt, meeting.endsAt)}
          {meeting.hostName && (
            <>
              {' · '}
              <bdi>{meeting.hostName}</bdi>
            </>
          )}
          {` · ${countOf(meeting.participantCount, 'participant')}`}
        </span>
      </div>
      {item.participant?.email && (
        <p className={classes.address}>
          <bdi>{item.participant.name ?? 'No name'}</bdi> · <bdi>{item.participant.email}</bdi>
        </p>
      )}
      {item.error && (
        <p className={classes.error}>
          {item.error.message} <span className={classes.soft}>({item.error.code})</span>
        </p>
      )}
    </>
  );
}

type AnswerListProps = {
  answers: Answer[];
  onGive: (answer: Answer) => void;
  withModules: NeedsYouItem['candidates'];
};

function AnswerList({ answers, onGive, withModules }: AnswerListProps) {
  return (
    <ol className={classes.answers}>
      {answers.map((answer, index) => {
        const module = withModules.find((candidate) => `${candidate.module}:${candidate.crmId}` === answer.key)?.module;
        return (
          <li key={answer.key}>
            <button type="button" className={classes.answer} onClick={() => onGive(answer)}>
              {index < 9 && <Kbd>{index + 1}</Kbd>}
              {module && <ModuleIcon module={module} size={17} />}
              <span className={classes.answerWords}>
                <Name lines={2}>{answer.label}</Name>
                {answer.detail && (
                  <span className={classes.soft}>
                    <Name lines={2}>{answer.detail}</Name>
                  </span>
                )}
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
