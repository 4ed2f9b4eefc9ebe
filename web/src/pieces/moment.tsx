import { useEffect, useState } from 'react';
import { agoText, clockText, dayText, fullText, shortDayText, untilText, weekdayText } from '../format/moments.ts';

type Kind = 'day' | 'weekday' | 'clock' | 'dayAndClock';

const texts: Record<Kind, (iso: string) => string> = {
  day: dayText,
  weekday: weekdayText,
  clock: clockText,
  dayAndClock: (iso) => `${shortDayText(iso, Date.now())}, ${clockText(iso)}`,
};

/** A moment in the person's zone; the whole of it, with the zone, is in the tooltip. */
export function Moment({ at, kind = 'dayAndClock' }: { at: string; kind?: Kind }) {
  return (
    <time dateTime={at} title={fullText(at)}>
      {texts[kind](at)}
    </time>
  );
}

/** `2 min ago`, kept true while the page stays open; a clock that runs ahead of ours says `just now`. */
export function Ago({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullText(at)}>
      {agoText(at, Math.max(now, new Date(at).getTime()))}
    </time>
  );
}

/** `in 4 min`, `any moment`: when something that is planned will be done. */
export function Until({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={fullText(at)}>
      {untilText(at, now)}
    </time>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
