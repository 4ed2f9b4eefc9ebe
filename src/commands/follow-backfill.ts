import { setTimeout as wait } from 'node:timers/promises';
import type { FeatureContext } from '../features/context.ts';
import type { BackfillView } from '../features/history/backfill-view.ts';
import { readBackfill } from '../features/history/read-backfills.ts';
import type { Simulation } from '../features/history/simulation.ts';
import type { Progress } from './progress.ts';

const POLL_MS = 250;

/** Watches a backfill until its state is none of these; shows how far it is. */
export async function followBackfill(
  ctx: FeatureContext,
  { id, states }: { id: string; states: readonly BackfillView['row']['state'][] },
  progress: Progress,
): Promise<BackfillView> {
  for (;;) {
    const view = await readBackfill({ ctx, input: { id } });
    if (!states.includes(view.row.state)) return view;
    progress.show(tellProgress(view));
    await wait(POLL_MS);
  }
}

function tellProgress({ row, progress }: BackfillView): string {
  const { simulated, done, left, meetings, ratePerMinute, secondsLeft } = progress;
  if (row.state === 'simulating') return `${simulated ?? 0} of ${meetings} meetings simulated`;
  const verb = row.state === 'undoing' ? 'taken out of Zoho' : 'done';
  const rate = ratePerMinute === null ? '' : ` · ${ratePerMinute} a minute · ${tellTime(secondsLeft ?? 0)} left`;
  return `${done} of ${done + left} meetings ${verb}${rate}`;
}

function tellTime(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3_600).toFixed(1)} h`;
}

/** What a run will do, in lines for a terminal. */
export function describeSimulation(simulation: Simulation, hours: number | null): string[] {
  const { links, credits, topRecords } = simulation;
  const byCause = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([cause, count]) => `${count} ${cause.replaceAll('_', ' ')}`)
      .join(', ');
  const list = (label: string, text: string) => (text === '' ? [] : [`  ${label}: ${text}`]);
  return [
    `Simulated ${simulation.meetings} meetings; nothing was written:`,
    `  to publish: ${simulation.published}, with ${simulation.events} events, ${simulation.notes} notes and ${simulation.participants} participants`,
    ...list('held', byCause(simulation.held)),
    ...list('not published', byCause(simulation.notPublished)),
    ...list('not processed yet', simulation.waiting === 0 ? '' : String(simulation.waiting)),
    `  links: ${links.email} by e-mail, ${links.plusTag} by plus-tag, ${links.phone} by phone, ${links.domain} by domain, ${links.lead} to leads, ${links.cascade} by cascade, ${links.decisions} by decisions`,
    `  participants: ${simulation.ambiguous} ambiguous, ${simulation.unmatched} unmatched`,
    `  credits: ${credits.total} (${credits.writes} to write, ${credits.verification} to read back, ${credits.candidates + credits.roles} to look for events and roles)${hours === null ? '' : `, about ${hours} hours`}`,
    ...list(
      'contact roles not read yet',
      simulation.rolesUnknown === 0 ? '' : `${simulation.rolesUnknown} meetings may get more deals`,
    ),
    ...(topRecords.length === 0 ? [] : ['  records that get the most notes:']),
    ...topRecords.map(({ module, name, notes }) => `    ${notes} ${name} (${module})`),
  ];
}
