import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Analytics, Figure } from '../../api/types.ts';
import { countText, decimalText } from '../../format/amounts.ts';
import classes from './analytics.module.css';
import type { Period } from './period.ts';

/** The four figures with their change against the time span before. */
export function FigureRow({ analytics, period }: { analytics: Analytics; period: Period }) {
  const { figures } = analytics;
  const meetings = { from: period.fromDay, to: period.toDay };
  return (
    <div className={classes.figures}>
      <FigureTile label="Meetings" figure={figures.meetings}>
        <Link to="/meetings" search={meetings} className="quiet-link">
          {countText(figures.meetings.value)}
        </Link>
      </FigureTile>
      <FigureTile label="Hours of conversation" figure={figures.hours}>
        <Link to="/meetings" search={meetings} className="quiet-link">
          {decimalText(figures.hours.value)}
        </Link>
      </FigureTile>
      <FigureTile label="Accounts met" figure={figures.accountsMet}>
        <a href="#meetings-by-account" className="quiet-link">
          {countText(figures.accountsMet.value)}
        </a>
      </FigureTile>
      <FigureTile
        label={`Open deals quiet for ${period.quietDays} days`}
        figure={figures.openDealsWithoutMeeting}
        isLessBetter
      >
        <a href="#quiet-deals" className="quiet-link">
          {countText(figures.openDealsWithoutMeeting.value)}
        </a>
      </FigureTile>
    </div>
  );
}

type FigureTileProps = { label: string; figure: Figure; isLessBetter?: boolean; children: ReactNode };

function FigureTile({ label, figure, isLessBetter = false, children }: FigureTileProps) {
  return (
    <div className={classes.figure}>
      <div className={classes.figureLabel}>{label}</div>
      <div className={classes.figureValue}>{children}</div>
      <Change figure={figure} isLessBetter={isLessBetter} />
    </div>
  );
}

function Change({ figure, isLessBetter }: { figure: Figure; isLessBetter: boolean }) {
  if (figure.previous === null) return <div className={classes.change}>No earlier figure</div>;
  const change = figure.value - figure.previous;
  const Icon = change === 0 ? IconArrowRight : change > 0 ? IconArrowUpRight : IconArrowDownRight;
  const isGood = change === 0 ? undefined : change > 0 !== isLessBetter;
  return (
    <div className={classes.change} data-good={isGood}>
      <Icon size={14} aria-hidden />
      {change === 0 ? 'as before' : `${change > 0 ? '+' : '−'}${decimalText(Math.abs(change))}`}
      <span className={classes.before}>before: {decimalText(figure.previous)}</span>
    </div>
  );
}
