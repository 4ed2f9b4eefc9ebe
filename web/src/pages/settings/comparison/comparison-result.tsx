import { Progress } from '@mantine/core';
import type { DriftCheck } from '../../../api/types.ts';
import { countOf, countText, decimalText } from '../../../format/amounts.ts';
import { Ago } from '../../../pieces/moment.tsx';
import classes from './comparison.module.css';

/** How many of the compared meetings are in Zoho as they were written; while one is running, how far it is. */
export function ComparisonResult({ check }: { check: DriftCheck }) {
  const { truePercent } = check;
  const isRunning = check.state === 'running';
  return (
    <div className={classes.result}>
      <div
        className={classes.percent}
        data-tone={truePercent === null ? 'grey' : truePercent === 100 ? 'green' : 'amber'}
      >
        {truePercent === null ? '–' : `${decimalText(truePercent)} %`}
      </div>
      <div className={classes.resultWords}>
        <span>
          {countText(check.counts.true)} of {countOf(check.meetingsChecked, 'meeting')}{' '}
          {check.meetingsChecked === 1 ? 'is' : 'are'} in Zoho as written
        </span>
        <span className={classes.soft}>
          {isRunning ? (
            <>
              Began <Ago at={check.startedAt} />, by <bdi>{check.askedBy}</bdi>
            </>
          ) : (
            <>
              Compared <Ago at={check.finishedAt ?? check.startedAt} />, by <bdi>{check.askedBy}</bdi>
              {check.state === 'stopped' && '; it stopped before its end'}
            </>
          )}
        </span>
        {isRunning && (
          <div className={classes.progress}>
            <Progress
              aria-label="Compared so far"
              size="sm"
              animated
              value={check.meetingsTotal === 0 ? 100 : (check.meetingsChecked / check.meetingsTotal) * 100}
            />
            <span className={classes.soft}>
              {countText(check.meetingsChecked)} of {countText(check.meetingsTotal)}
            </span>
          </div>
        )}
        {check.problem !== null && <span className={classes.problem}>{check.problem}</span>}
      </div>
    </div>
  );
}
