import type { MeetingToProve } from './compare.ts';
import type { DemoRun } from './run-demo.ts';

const TITLE_WIDTH = 46;
const MOST_DETAILS = 12;
const MOST_ROWS = 60;

const STATE_WORDS: Record<string, string> = { published: 'published', held: 'held', notPublished: 'kept here' };

/** The outcome as a person likes to read it: each meeting, what stands in Zoho, and what was proven. */
export function printResult(run: DemoRun, isColoured: boolean): string {
  const paint = (code: number, text: string) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = ['', paint(1, `  ${'Day'.padEnd(11)}${'Meeting'.padEnd(TITLE_WIDTH)}${'State'.padEnd(11)}In Zoho CRM`)];
  const inOrder = [...run.meetings].sort((a, b) => a.seed.startsAt - b.seed.startsAt);
  const hidden = Math.max(0, inOrder.length - MOST_ROWS);
  if (hidden > 0) lines.push(paint(2, `  … ${plural(hidden, 'earlier meeting')}`));
  for (const meeting of inOrder.slice(hidden)) lines.push(`  ${rowOf(meeting, paint)}`);
  return [...lines, '', ...totalsOf(run), '', ...proofOf(run, paint), ''].join('\n');
}

type Paint = (code: number, text: string) => string;

function rowOf({ seed, answer }: MeetingToProve, paint: Paint): string {
  const day = paint(2, new Date(seed.startsAt).toISOString().slice(0, 10));
  const title = padded(seed.title, TITLE_WIDTH - 2);
  const colour = { published: 32, held: 33, notPublished: 2 }[answer.state] ?? 31;
  const state = paint(colour, (STATE_WORDS[answer.state] ?? answer.state).padEnd(11));
  return `${day} ${title}  ${state}${answer.state === 'published' ? whereItShows(answer) : paint(2, answer.stateReason)}`;
}

function whereItShows({ primary, associations, participants }: MeetingToProve['answer']): string {
  const shown = associations.filter((link) => link.published);
  const count = (module: string) => shown.filter((link) => link.module === module).length;
  const parts = ['contact', 'lead', 'account', 'deal'].flatMap((one) => {
    const number = count(`${one}s`);
    return number === 0 ? [] : [plural(number, one)];
  });
  const ambiguous = participants.filter(({ match }) => match.kind === 'ambiguous').length;
  const asked = ambiguous === 0 ? '' : `; ${plural(ambiguous, 'person', 'people')} to choose`;
  return `${primary === null ? '' : `${primary.name}: `}${parts.join(', ')}${asked}`;
}

function totalsOf({ result }: DemoRun): string[] {
  const { associations: links } = result;
  return [
    `  In Zoho CRM   ${plural(result.events, 'event')}, ${plural(result.notes, 'note')}, ${plural(result.participants, 'participant')}`,
    `  Associated    ${plural(links.contacts, 'contact')}, ${plural(links.leads, 'lead')}, ${plural(links.accounts, 'account')}, ${plural(links.deals, 'deal')}`,
    `  To decide     ${result.ambiguous} ambiguous, ${result.unmatched} unmatched people outside`,
    `  Calls         ${result.writeCalls} writes (${plural(result.writeCredits, 'credit')}), ${result.readCalls} reads (${plural(result.readCredits, 'credit')}), ${result.seconds} s`,
  ];
}

function proofOf({ result, proof, meetings, isProven }: DemoRun, paint: Paint): string[] {
  const line = (isTrue: boolean, text: string, details: string[] = []) => [
    `  ${isTrue ? paint(32, '✓') : paint(31, '✗')} ${text}`,
    ...details.slice(0, MOST_DETAILS).map((detail) => `      ${detail}`),
    ...(details.length > MOST_DETAILS ? [`      … and ${details.length - MOST_DETAILS} more`] : []),
  ];
  const expectedLinks = meetings.reduce((sum, { expected }) => sum + expected.associations.size, 0);
  const differing = proof.differences.flatMap(({ externalId, missing, extra }) => [
    ...missing.map((link) => `${externalId}: missing ${link}`),
    ...extra.map((link) => `${externalId}: should not be ${link}`),
  ]);
  return [
    ...line(result.meetings === meetings.length, `${result.meetings} of ${meetings.length} meetings came to an end`),
    ...line(
      result.verified === result.published,
      `${result.verified} of ${result.published} published meetings verified`,
    ),
    ...line(
      differing.length === 0,
      `links compared with an independent count from the seed files (${expectedLinks} associations): ${result.missingLinks} missing, ${result.extraLinks} too many`,
      differing,
    ),
    ...(proof.promises.total === 0
      ? []
      : line(
          proof.promises.broken.length === 0,
          `${proof.promises.kept} of ${proof.promises.total} people found as the link file says; none guessed`,
          proof.promises.broken,
        )),
    ...line(
      proof.duplicates.length === 0,
      `${result.events} events and ${result.notes} notes, ${proof.duplicates.length} of them twice or of no meeting`,
      proof.duplicates,
    ),
    ...line(result.mails === 0, `${result.mails} mails sent, to anybody`),
    ...line(proof.faults.length === 0, 'titles, times, states and notes are as they must be', proof.faults),
    '',
    isProven ? paint(32, '  Proven.') : paint(31, '  Not proven.'),
  ];
}

function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** Cut or filled to a width, in which an East Asian character counts two. */
function padded(text: string, width: number): string {
  let used = 0;
  let kept = '';
  const sizeOf = (character: string) =>
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/.test(character) ? 2 : 1;
  const whole = [...text].reduce((sum, character) => sum + sizeOf(character), 0);
  for (const character of text) {
    if (used + sizeOf(character) > (whole > width ? width - 1 : width)) break;
    kept += character;
    used += sizeOf(character);
  }
  if (whole > width) {
    kept += '…';
    used++;
  }
  return kept + ' '.repeat(Math.max(0, width - used));
}
