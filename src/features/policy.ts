import { z } from 'zod';
import type { Policy } from '../domain/policy.ts';

/** Domains of mail services that anybody can have an address of: they never name a company. Organizations may change the list. */
const FREE_MAIL_DOMAINS = [
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'ymail.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'gmx.com',
  'web.de',
  't-online.de',
  'freenet.de',
  'orange.fr',
  'free.fr',
  'laposte.net',
  'wanadoo.fr',
  'libero.it',
  'telefonica.net',
  'qq.com',
  '163.com',
  '126.com',
  'naver.com',
  'daum.net',
  'mail.ru',
  'yandex.ru',
  'zohomail.com',
  'fastmail.com',
  'hey.com',
];

const domainList = z.array(
  z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[^\s@/]+\.[^\s@/.]+$/, 'is not a mail domain: write it like acme.com'),
);

const focusedParts = {
  maxDeals: z.number().int().min(1).max(1000),
  pipelines: z.array(z.string()).min(1).nullable(),
  windowDays: z.number().int().min(0).max(3650).nullable(),
  askAbove: z.boolean(),
};

const parts = {
  internalDomains: domainList.max(1000),
  freeMailDomains: domainList.max(5000),
  matchByDomain: z.boolean(),
  cascade: z.enum(['everything', 'focused']),
  publish: z.enum(['relevant', 'everything']),
  noteCap: z.number().int().min(0).max(100_000).nullable(),
  publishInternal: z.boolean(),
  publishUnmatched: z.boolean(),
  lateRecordDays: z.number().int().min(0).max(3650),
  newPeopleDays: z.number().int().min(0).max(3650),
  describeContent: z.boolean(),
  smartCategoryOrder: z.array(z.string().trim().min(1).max(200)).max(1000),
  unsureEvent: z.enum(['wait', 'create']),
};

/** A policy that somebody sets: whole and strict, so that a slip of the pen never resets what was left out. */
export const policyBody = z.strictObject({
  ...parts,
  focused: z.strictObject(focusedParts),
  // Younger than the others: who does not know it yet may leave it out.
  unsureEvent: parts.unsureEvent.default('wait'),
  newPeopleDays: parts.newPeopleDays.default(90),
}) satisfies z.ZodType<Policy>;

/** The stored policy: every missing part takes its default, so that an empty object is the policy of a new organization. */
const storedPolicy = z.object({
  internalDomains: parts.internalDomains.default([]),
  freeMailDomains: parts.freeMailDomains.default(FREE_MAIL_DOMAINS),
  matchByDomain: parts.matchByDomain.default(false),
  cascade: parts.cascade.default('everything'),
  focused: z
    .object({
      maxDeals: focusedParts.maxDeals.default(10),
      pipelines: focusedParts.pipelines.default(null),
      windowDays: focusedParts.windowDays.default(null),
      askAbove: focusedParts.askAbove.default(false),
    })
    .prefault({}),
  publish: parts.publish.default('relevant'),
  noteCap: parts.noteCap.default(10),
  publishInternal: parts.publishInternal.default(false),
  publishUnmatched: parts.publishUnmatched.default(false),
  lateRecordDays: parts.lateRecordDays.default(30),
  newPeopleDays: parts.newPeopleDays.default(90),
  describeContent: parts.describeContent.default(false),
  smartCategoryOrder: parts.smartCategoryOrder.default([]),
  unsureEvent: parts.unsureEvent.default('wait'),
}) satisfies z.ZodType<Policy>;

/** Reads a stored policy; what is missing takes its default. */
export function parsePolicy(stored: Record<string, unknown>): Policy {
  return storedPolicy.parse(stored);
}
