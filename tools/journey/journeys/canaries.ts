import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import { JourneyFailure, type Stage } from '../stage.ts';

/** The trial with an outside mailbox, from a connection in safe mode to a meeting that is published and taken back. */

const MAILBOX = 'canary@mailbox.example';
const CARD = '/integrations/zoho';
const CANARY = `${CARD}/canary`;
const STEP_SECONDS = 300;
/** Two parts of at most 20 minutes, each followed by half an hour, and the cleaning up. */
const MOST_STEPS = 60;
const LOAD_WITHIN_MS = 120_000;

type Step = { step: string; state: string; writtenAt: string | null };
type Modes = Record<'contacts' | 'emails' | 'users' | 'contactOfEvent' | 'updates' | 'notes' | 'deletes', boolean>;
type Canary = {
  safeMode: boolean;
  modes: Modes | null;
  run: { state: string; dueAt: string | null; problem: string | null; steps: Step[] } | null;
};

const SILENT: Modes = {
  contacts: true,
  emails: true,
  users: true,
  contactOfEvent: true,
  updates: true,
  notes: true,
  deletes: true,
};

/** How mails about a step read in the sandbox's log. */
const CAUSES: Record<string, RegExp> = {
  contacts: /^contact participant.*created/,
  emails: /^e-mail participant.*created/,
  contactOfEvent: /^Who_Id.*created/,
  updates: /changed$/,
  notes: /given a note$/,
  deletes: /deleted$/,
};

async function beginSafely({ connect, until, product, settle }: Stage): Promise<void> {
  await connect(USERS.admin, { path: `${CARD}/connect`, body: { safeMode: true } });
  await until(async () => {
    const { firstLoad } = await product.owner.call<{ firstLoad: { state: string } | null }>('GET', CARD);
    const { rolesStillLoading } = await product.status();
    return firstLoad?.state === 'done' && rolesStillLoading === 0 ? [] : ['product: has not loaded the CRM'];
  }, LOAD_WITHIN_MS);
  await settle();
  const { safeMode } = await product.owner.call<Canary>('GET', CANARY);
  if (!safeMode) throw new JourneyFailure('product: a connection that should begin in safe mode does not');
}

/** Goes through the wizard, answering as the mailbox says, until its end. */
async function finishCanary(stage: Stage): Promise<Modes> {
  const { product, connect, advance, rest } = stage;
  await connect(USERS.admin, { path: `${CANARY}/consent` });
  await product.owner.call('POST', CANARY, { mailbox: MAILBOX, calendars: 'none', hostUserId: USERS.host.id });
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    await rest();
    const { run, modes } = await product.owner.call<Canary>('GET', CANARY);
    if (run?.state === 'done' && modes !== null) return modes;
    if (run?.problem) throw new JourneyFailure(`product: the canary stopped: ${run.problem}`);
    for (const { step, state } of run?.steps ?? []) if (state === 'ask') await answer(stage, step);
    await advance(STEP_SECONDS);
  }
  throw new JourneyFailure('product: the canary has no end');
}

async function answer({ product, sandbox }: Stage, step: string): Promise<void> {
  const mails = await sandbox.mails();
  const hasMailed = mails.some(({ to, cause }) => to === MAILBOX && CAUSES[step]?.test(cause) === true);
  await product.owner.call('POST', `${CANARY}/answers`, { step, answer: hasMailed ? 'yes' : 'no' });
}

/** The wizard's result is exactly this, it leaves nothing behind, and a meeting published and taken back mails nobody. */
async function playCanary(stage: Stage, off: Partial<Modes>): Promise<void> {
  const { cast, bring, sandbox, settle, product, externalId, until } = stage;
  await beginSafely(stage);
  const modes = await finishCanary(stage);
  const expected = { ...SILENT, ...off };
  if (JSON.stringify(modes) !== JSON.stringify(expected)) {
    throw new JourneyFailure(`product: found ${JSON.stringify(modes)}, should find ${JSON.stringify(expected)}`);
  }
  await expectNothingLeft(stage);
  const before = (await sandbox.mails()).length;
  await bring('call', [cast.ana, cast.stranger]);
  await product.owner.call('POST', `/meetings/${externalId('call')}/undo`);
  await settle();
  await until(async () => {
    const events = (await sandbox.records('Events')).length;
    const notes = (await sandbox.records('Notes')).length;
    const left = expected.deletes ? 0 : 1;
    return events === left && notes === 0
      ? []
      : [`Zoho: ${events} events and ${notes} notes after the undo, should be ${left} and none`];
  });
  const mails = (await sandbox.mails()).slice(before);
  if (mails.length > 0) throw new JourneyFailure(`Zoho: would have mailed ${JSON.stringify(mails)}`);
}

async function expectNothingLeft({ sandbox }: Stage): Promise<void> {
  for (const module of ['Contacts', 'Events', 'Notes']) {
    const left = (await sandbox.records(module)).filter((record) => JSON.stringify(record).includes(MAILBOX));
    if (left.length > 0) throw new JourneyFailure(`Zoho: the canary left ${left.length} ${module}`);
  }
}

const canary = (
  parts: Pick<Journey, 'name' | 'story'> & { switches?: Record<string, boolean>; off: Partial<Modes> },
) => {
  const { off, ...rest } = parts;
  const play = (stage: Stage) => playCanary(stage, off);
  return { ...rest, isAlone: true, beginsUnconnected: true, ownMailbox: MAILBOX, play } satisfies Journey;
};

export const canaries: readonly Journey[] = [
  canary({
    name: 'canary-silent',
    story: 'Nothing mails: the wizard ends safe mode, and everything is used from then on.',
    off: {},
  }),
  canary({
    name: 'canary-mails-contacts',
    story: 'Contacts are mailed, as participants and as the contact of an event: they get notes, and nobody is mailed.',
    switches: { mailsContacts: true, mailsWho: true },
    off: { contacts: false, contactOfEvent: false },
  }),
  canary({
    name: 'canary-mails-emails',
    story: 'Addresses among the participants are mailed: they stay off, everything else is used.',
    switches: { mailsEmails: true },
    off: { emails: false },
  }),
  canary({
    name: 'canary-mails-on-delete',
    story: 'Deleting mails: the notes of a meeting that is taken back go, its event stays without people.',
    switches: {
      mailsContacts: true,
      mailsEmails: true,
      mailsOnInsert: false,
      mailsOnUpdate: false,
      mailsOnNote: false,
    },
    off: { deletes: false },
  }),
];
