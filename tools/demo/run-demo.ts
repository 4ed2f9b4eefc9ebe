import { readDataFolder } from '../../src/features/ingest/read-data-folder.ts';
import { readDataSettings } from '../../src/features/ingest/read-data-settings.ts';
import { type Browser, openBrowser } from './browser.ts';
import { compare, type MeetingToProve, type Proof } from './compare.ts';
import { applySettings, connectSandbox, signIn } from './connect-sandbox.ts';
import { expectMeeting } from './naive/expect-meeting.ts';
import { readSeedMeetings } from './naive/read-seed-meetings.ts';
import { readWorld } from './naive/read-world.ts';
import { type MeetingAnswer, readAnswers, type StatusAnswer } from './read-answers.ts';
import type { DemoOptions } from './read-options.ts';
import { readSandbox, type SandboxContent } from './read-sandbox.ts';
import type { Progress } from './show-progress.ts';
import { type Product, readSandboxAddress } from './start-product.ts';
import { waitUntilLoaded, waitUntilSettled } from './wait-for-product.ts';

/** `demo --json`, as `interfaces` names it. */
export type DemoResult = {
  meetings: number;
  published: number;
  held: number;
  notPublished: number;
  verified: number;
  events: number;
  notes: number;
  participants: number;
  associations: { contacts: number; accounts: number; deals: number; leads: number };
  ambiguous: number;
  unmatched: number;
  missingLinks: number;
  extraLinks: number;
  duplicates: number;
  mails: number;
  writeCalls: number;
  writeCredits: number;
  readCalls: number;
  readCredits: number;
  seconds: number;
};

export type DemoRun = { result: DemoResult; proof: Proof; meetings: MeetingToProve[]; isProven: boolean };

/** Drives a running product over HTTP as its users would, from the sign-in to the last meeting, and proves what came of it. */
export async function runDemo(product: Product, options: DemoOptions, progress: Progress): Promise<DemoRun> {
  const startedAt = performance.now();
  const browser = openBrowser(product.origin);
  progress.show('Connecting to the sandbox');
  await signIn(browser, product.signInLink);
  await applySettings(browser, options, await readDataSettings(options.data));
  await connectSandbox(browser);
  await waitUntilLoaded(browser, progress);
  const before = await browser.call<StatusAnswer>('GET', '/status');
  const externalIds = await sendMeetings(product, browser, options, progress);
  const status = await waitUntilSettled(browser, externalIds.length, progress);
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  const answers = await readAnswers(browser, externalIds);
  const sandbox = await readArrived(product, browser, progress);
  const world = readWorld(options.data);
  const meetings = readSeedMeetings(options.data).map((seed) => {
    const answer = answers.find((one) => one.externalId === seed.externalId);
    if (answer === undefined) throw new Error(`${seed.externalId} was not imported.`);
    return { seed, expected: expectMeeting(seed, world, options), answer };
  });
  const proof = compare(meetings, sandbox, world);
  const result = resultOf(answers, sandbox, proof, before, status, seconds);
  return { result, proof, meetings, isProven: isProven(result, proof, externalIds.length) };
}

async function sendMeetings(
  product: Product,
  browser: Browser,
  options: DemoOptions,
  progress: Progress,
): Promise<string[]> {
  const { key } = await browser.call<{ key: string }>('POST', '/api-keys', { name: 'Demo' });
  const machine = openBrowser(product.origin, `Bearer ${key}`);
  const externalIds: string[] = [];
  for await (const item of readDataFolder(options.data)) {
    if ('problem' in item) throw new Error(item.problem);
    const { externalId, body } = item;
    await machine.call('PUT', `/meetings/${encodeURIComponent(externalId)}`, body);
    externalIds.push(externalId);
    progress.show('Sending meetings', externalIds.length);
  }
  return externalIds;
}

async function readArrived(product: Product, browser: Browser, progress: Progress): Promise<SandboxContent> {
  type Card = { externalField: { apiName: string } | null };
  const { externalField } = await browser.call<Card>('GET', '/integrations/zoho');
  if (externalField === null) throw new Error('The connection has no field for the meeting’s id on Events.');
  const address = await readSandboxAddress(product.dataDir);
  return readSandbox(address, externalField.apiName, (done, total) =>
    progress.show('Reading the sandbox back', done, total),
  );
}

function resultOf(
  answers: MeetingAnswer[],
  sandbox: SandboxContent,
  proof: Proof,
  before: StatusAnswer,
  after: StatusAnswer,
  seconds: number,
): DemoResult {
  const inState = (state: string) => answers.filter((answer) => answer.state === state).length;
  const linked = (module: string) =>
    answers.reduce((sum, { associations }) => sum + associations.filter((link) => link.module === module).length, 0);
  const people = (kinds: string[]) =>
    answers.reduce(
      (sum, { participants }) => sum + participants.filter(({ match }) => kinds.includes(match.kind)).length,
      0,
    );
  const called = (name: keyof StatusAnswer['calls']) => after.calls[name] - before.calls[name];
  const states = { published: inState('published'), held: inState('held'), notPublished: inState('notPublished') };
  return {
    meetings: states.published + states.held + states.notPublished,
    ...states,
    verified: answers.filter((answer) => answer.state === 'published' && answer.verifiedAt !== null).length,
    events: sandbox.events.length,
    notes: sandbox.notes.length,
    participants: sandbox.events.reduce((sum, event) => sum + event.participants, 0),
    associations: {
      contacts: linked('contacts'),
      accounts: linked('accounts'),
      deals: linked('deals'),
      leads: linked('leads'),
    },
    ambiguous: people(['ambiguous']),
    unmatched: people(['unmatched', 'unknown']),
    missingLinks: proof.missingLinks,
    extraLinks: proof.extraLinks,
    duplicates: proof.duplicates.length,
    mails: sandbox.mails,
    writeCalls: called('writeCalls'),
    writeCredits: called('writeCredits'),
    readCalls: called('readCalls'),
    readCredits: called('readCredits'),
    seconds,
  };
}

function isProven(result: DemoResult, proof: Proof, sent: number): boolean {
  const isClean = result.missingLinks + result.extraLinks + result.duplicates + result.mails === 0;
  const isComplete = result.meetings === sent && result.verified === result.published;
  return isClean && isComplete && proof.faults.length === 0 && proof.promises.broken.length === 0;
}
