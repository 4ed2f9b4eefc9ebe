import { IconCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { NextStep, Summary } from '../../../api/types.ts';
import { calendarDayText } from '../../../format/moments.ts';
import classes from './conversation.module.css';

/** Longer summaries are cut to some lines until they are asked for. */
const longText = 640;

/** Summary, topics and next steps. */
export function SummaryBlock({ summary, summaryAt }: { summary: Summary | null; summaryAt: string | null }) {
  if (summary === null) {
    return (
      <div className={classes.block}>
        <h3 className={classes.heading}>Summary</h3>
        <p className={classes.soft}>
          {summaryAt === null ? 'The summary is not there yet. It appears by itself.' : 'This meeting has no summary.'}
        </p>
      </div>
    );
  }
  return (
    <>
      <div className={classes.block}>
        <h3 className={classes.heading}>Summary</h3>
        <LongText text={summary.text} />
        {summary.topics.length > 0 && (
          <ul className={classes.topics} aria-label="Topics">
            {summary.topics.map((topic) => (
              <li key={topic} className={classes.topic} title={topic} dir="auto">
                {topic}
              </li>
            ))}
          </ul>
        )}
      </div>
      {summary.nextSteps.length > 0 && (
        <div className={classes.block}>
          <h3 className={classes.heading}>Next steps</h3>
          <ul className={classes.steps}>
            {summary.nextSteps.map((step) => (
              <StepLine key={`${step.text} ${step.ownerEmail} ${step.dueOn}`} step={step} />
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function LongText({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > longText;
  return (
    <>
      <p className={classes.text} data-cut={(isLong && !isWhole) || undefined} dir="auto">
        {text}
      </p>
      {isLong && (
        <button type="button" className={classes.linkButton} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : 'Read on'}
        </button>
      )}
    </>
  );
}

function StepLine({ step }: { step: NextStep }) {
  const who = [step.ownerEmail, step.dueOn === null ? null : `by ${calendarDayText(step.dueOn)}`].filter(
    (word) => word !== null,
  );
  return (
    <li className={classes.step}>
      <IconCircle size={14} aria-hidden />
      <span dir="auto">
        {step.text}
        {who.length > 0 && <span className={classes.due}>{who.join(' · ')}</span>}
      </span>
    </li>
  );
}
