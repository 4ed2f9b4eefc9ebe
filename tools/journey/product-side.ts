import { type Browser, openBrowser } from '../demo/browser.ts';
import type { StatusAnswer } from '../demo/read-answers.ts';
import type { Product } from '../demo/start-product.ts';
import { requestJson } from './request-json.ts';

/** What the product's API says about one meeting, as far as journeys look. */
export type MeetingAnswer = {
  id: string;
  externalId: string;
  title: string;
  version: number;
  state: string;
  stateReason: string;
  verifiedAt: string | null;
  needsYou: boolean;
  participants: {
    key: string;
    email: string | null;
    match: { kind: string; module: string | null; crmId: string | null };
  }[];
  associations: {
    module: string;
    crmId: string;
    name: string;
    origin: string;
    decision: string | null;
    path: { module: string; id: string; name: string }[];
    reason: string;
    published: boolean;
    publishedAs: string | null;
    facts: { stage: string | null };
  }[];
  notLinked: { module: string; crmId: string; cause: string; reason: string }[];
  rolesStillLoading: number;
  inZoho: {
    eventId: string | null;
    /** Its page in the sandbox. */
    eventUrl: string | null;
    eventTitle: string | null;
    notes: { crmId: string; slot: string; title: string; parentModule: string; parentId: string }[];
    verifiedAt: string | null;
    differences: string[];
  };
};

/** `GET /integrations/zoho`, as far as journeys look. */
export type CardAnswer = {
  state: string;
  problem: string | null;
  zohoUser: string | null;
  externalField: { apiName: string } | null;
};

/** The product of a run, over HTTP alone: as its owner in a browser, and as a machine with a key. */
export type ProductSide = {
  origin: string;
  owner: Browser;
  machine: Browser;
  meeting(externalId: string): Promise<MeetingAnswer>;
  status(): Promise<StatusAnswer>;
  card(): Promise<CardAnswer>;
  /** Moves both clocks and wakes what became due; the new time. */
  advance(seconds: number): Promise<Date>;
};

/** Signs in by `owner`, who has used the one-time link already, and makes a key for machines. */
export async function openProductSide(product: Product, owner: Browser): Promise<ProductSide> {
  const { key } = await owner.call<{ key: string }>('POST', '/api-keys', { name: 'Journeys' });
  return {
    origin: product.origin,
    owner,
    machine: openBrowser(product.origin, `Bearer ${key}`),
    meeting: (externalId) => owner.call('GET', `/meetings/${encodeURIComponent(externalId)}`),
    status: () => owner.call('GET', '/status'),
    card: () => owner.call('GET', '/integrations/zoho'),
    advance: async (seconds) => {
      const { now } = await requestJson<{ now: string }>('POST', `${product.origin}/test/advance`, { seconds });
      return new Date(now);
    },
  };
}
