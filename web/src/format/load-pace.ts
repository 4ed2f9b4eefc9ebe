/** How fast something is loaded (records a second), and how long the rest takes; null: nobody can say yet. */
export type LoadPace = { perSecond: number; secondsLeft: number | null };

type Step = { loaded: number; total: number | null; startedAt: string | null; finishedAt: string | null };

/** Below this a rate is chance. */
const leastSeconds = 2;

/** The pace of a step that is under way; null before it begins, when it is done, and while there is too little to tell. */
export function loadPace(step: Step, now: number): LoadPace | null {
  if (step.startedAt === null || step.finishedAt !== null || step.loaded === 0) return null;
  const seconds = (now - new Date(step.startedAt).getTime()) / 1000;
  if (seconds < leastSeconds) return null;
  const perSecond = step.loaded / seconds;
  const left = step.total === null ? null : Math.max(0, step.total - step.loaded);
  return { perSecond: Math.max(1, Math.round(perSecond)), secondsLeft: left === null ? null : left / perSecond };
}

/** `about 20 s`, `about 3 min`, `about 1 h 10 min`; always rounded up, since nobody is glad of too short a promise. */
export function spanText(seconds: number): string {
  if (seconds < 55) return `about ${Math.max(5, Math.ceil(seconds / 5) * 5)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = Math.ceil((minutes % 60) / 10) * 10;
  if (rest === 60) return `about ${hours + 1} h`;
  return rest === 0 ? `about ${hours} h` : `about ${hours} h ${rest} min`;
}
