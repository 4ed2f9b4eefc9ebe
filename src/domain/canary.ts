import type { MailModes } from './mail-modes.ts';

/** Steps of a trial; each is answered on its own. The first four show a person in one way each, the last three write what passed. */
export const CANARY_STEPS = ['contacts', 'emails', 'contactOfEvent', 'users', 'updates', 'notes', 'deletes'] as const;
export type CanaryStep = (typeof CANARY_STEPS)[number];

/** Ways in which a person can stand on an event; each has an event of its own. */
export const SHOWING_STEPS = ['contacts', 'emails', 'contactOfEvent', 'users'] as const;
export type ShowingStep = (typeof SHOWING_STEPS)[number];

const FOLLOWING_STEPS = ['updates', 'notes', 'deletes'] as const;

/** `not_sure` counts as a mail. */
export type CanaryReply = 'yes' | 'no' | 'not_sure';
export type CanaryAnswer = { answer: CanaryReply; at: string; by: string };
export type CanaryAnswers = Partial<Record<CanaryStep, CanaryAnswer>>;

/** Whose calendars are synced with Google or Office 365: `others_synced` is a host without, in an org that has some. */
export type CanaryCalendars = 'none' | 'host_synced' | 'others_synced' | 'not_sure';

export type CanaryWrite = {
  step: CanaryStep;
  action: 'create_contact' | 'create_event' | 'update_event' | 'create_note' | 'delete_event';
  target: ShowingStep | 'contact';
  /** Minutes after the first write of its part. */
  afterMinutes: number;
};

const APART_MINUTES = 5;
const NAME = 'Salescaling mail test';
const NAMED = /\bSalescaling mail test [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/;

/** What the contact of a trial is called, and what the titles of its events begin with. */
export function canaryName(id: string): string {
  return `${NAME} ${id}`;
}

/** Is this the name of a trial's own record? Such records are nobody's business. */
export function isCanaryName(name: string): boolean {
  return NAMED.test(name);
}

/**
 * The first part: the contact, then one event for each way of showing somebody, minutes apart. A colleague is shown on somebody
 * else's event only: an owner is told nothing of their own.
 */
export function planShowing({ hasColleague }: { hasColleague: boolean }): CanaryWrite[] {
  const contact: CanaryWrite = { step: 'contacts', action: 'create_contact', target: 'contact', afterMinutes: 0 };
  const steps = SHOWING_STEPS.filter((step) => step !== 'users' || hasColleague);
  const events = steps.map((step, index): CanaryWrite => {
    return { step, action: 'create_event', target: step, afterMinutes: index * APART_MINUTES };
  });
  return [contact, ...events];
}

/**
 * The second part: change, note and deletion of the events whose people were not mailed; what mails already is not used, so it must
 * not spoil what follows. A note also goes on the contact itself, where notes are written too.
 */
export function planFollowing(answers: CanaryAnswers): CanaryWrite[] {
  const passed = SHOWING_STEPS.filter((step) => answers[step]?.answer === 'no');
  const each = (step: CanaryStep, action: CanaryWrite['action'], part: number): CanaryWrite[] =>
    passed.map((target) => ({ step, action, target, afterMinutes: part * APART_MINUTES }));
  return [
    ...each('updates', 'update_event', 0),
    ...each('notes', 'create_note', 1),
    { step: 'notes', action: 'create_note', target: 'contact', afterMinutes: APART_MINUTES },
    ...each('deletes', 'delete_event', 2),
  ];
}

/** Steps that a trial has come to: those that have writes. Nobody can be on an event where nothing passed. */
export function stepsOf(writes: readonly { step: CanaryStep }[]): CanaryStep[] {
  return CANARY_STEPS.filter((step) => writes.some((write) => write.step === step));
}

export function isAnswered(steps: readonly CanaryStep[], answers: CanaryAnswers): boolean {
  return steps.every((step) => answers[step] !== undefined);
}

/** Whether the second part has been planned already. */
export function hasFollowed(writes: readonly { step: CanaryStep }[]): boolean {
  return writes.some(({ step }) => FOLLOWING_STEPS.some((following) => following === step));
}

/**
 * What a finished trial allows. What mailed, or may have, stays off. A calendar that is synced mails the guests it is given, so where
 * some are and the trial's host had none, nobody is shown. What had nobody to mail (no way of showing people passed) is allowed, as
 * nobody will ever be on an event.
 */
export function concludeModes(answers: CanaryAnswers, calendars: CanaryCalendars): MailModes {
  const isSilent = (step: CanaryStep) => answers[step]?.answer === 'no';
  const wasSeen = (step: CanaryStep) => answers[step] === undefined || isSilent(step);
  const isTried = calendars === 'none' || calendars === 'host_synced';
  return {
    contacts: isTried && isSilent('contacts'),
    emails: isTried && isSilent('emails'),
    users: isTried && isSilent('users'),
    contactOfEvent: isTried && isSilent('contactOfEvent'),
    updates: wasSeen('updates'),
    notes: wasSeen('notes'),
    deletes: wasSeen('deletes'),
  };
}
