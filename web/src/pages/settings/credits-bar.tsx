import type { ZohoCard } from '../../api/types.ts';
import { countText, widthOf } from '../../format/amounts.ts';
import classes from './integrations.module.css';

/** Zoho's API credits of today, following changes apart; the hatched end is the reserve that our work never touches. */
export function CreditsBar({ credits, mirroring }: { credits: ZohoCard['credits']; mirroring: number }) {
  const { usedToday, dailyLimit, reserve } = credits;
  if (dailyLimit === null) {
    return <p className={classes.soft}>{countText(usedToday)} API credits used today. Zoho has not told the limit.</p>;
  }
  const isLow = usedToday > dailyLimit - reserve;
  const other = Math.max(0, usedToday - mirroring);
  return (
    <div className={classes.credits}>
      <div className={classes.creditsHead}>
        <span>API credits today</span>
        <span>
          {countText(usedToday)} of {countText(dailyLimit)}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element cannot draw the reserve */}
      <div
        className={classes.bar}
        role="meter"
        aria-label="API credits used today"
        aria-valuemin={0}
        aria-valuemax={dailyLimit}
        aria-valuenow={usedToday}
      >
        <span className={classes.used} data-low={isLow || undefined} style={{ width: widthOf(other, dailyLimit) }} />
        <span
          className={classes.mirrored}
          style={{ insetInlineStart: widthOf(other, dailyLimit), width: widthOf(mirroring, dailyLimit) }}
        />
        <span className={classes.reserve} style={{ width: widthOf(reserve, dailyLimit) }} />
      </div>
      <ul className={classes.legend}>
        <li data-part="other">{countText(other)} loading, writing and checking</li>
        <li data-part="mirror">{countText(mirroring)} following changes</li>
        <li data-part="reserve">{countText(reserve)} left to your other integrations</li>
      </ul>
      {isLow && (
        <div className={classes.soft}>
          The rest is left to your other integrations. Our work goes on when Zoho gives new credits.
        </div>
      )}
    </div>
  );
}
