import type { Browser } from './browser.ts';

/** What the product's API says about one meeting, as far as it is proven. Records are written `module:id`. */
export type MeetingAnswer = {
  id: string;
  externalId: string;
  title: string;
  startsAt: string;
  state: string;
  stateReason: string;
  verifiedAt: string | null;
  primary: { module: string; name: string } | null;
  participants: {
    email: string | null;
    name: string | null;
    match: { kind: string; module: string | null; crmId: string | null };
  }[];
  associations: { module: string; crmId: string; name: string; published: boolean }[];
  inZoho: { differences: string[] };
};

/** `GET /status` */
export type StatusAnswer = {
  meetings: Record<'waiting' | 'published' | 'held' | 'notPublished' | 'failed' | 'retracted', number>;
  verified: number;
  owed: number;
  rolesStillLoading: number;
  firstLoad: string;
  calls: { writeCalls: number; writeCredits: number; readCalls: number; readCredits: number };
};

const AT_ONCE = 4;

/** Reads every meeting with its matches and associations, in the order of `externalIds`. */
export async function readAnswers(browser: Browser, externalIds: string[]): Promise<MeetingAnswer[]> {
  const answers: MeetingAnswer[] = [];
  for (let at = 0; at < externalIds.length; at += AT_ONCE) {
    const batch = externalIds.slice(at, at + AT_ONCE);
    const read = (id: string) => browser.call<MeetingAnswer>('GET', `/meetings/${encodeURIComponent(id)}`);
    answers.push(...(await Promise.all(batch.map(read))));
  }
  return answers;
}
