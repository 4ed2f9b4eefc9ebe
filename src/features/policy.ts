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

/** The stored policy: every missing part takes its default, so that an empty object is the policy of a new organization. */
export const policySchema = z.object({
  internalDomains: domainList.max(1000).default([]),
  freeMailDomains: domainList.max(5000).default(FREE_MAIL_DOMAINS),
  matchByDomain: z.boolean().default(false),
  cascade: z.enum(['everything', 'focused']).default('everything'),
  focused: z
    .object({
      maxDeals: z.number().int().min(1).max(1000).default(10),
      pipelines: z.array(z.string()).min(1).nullable().default(null),
      windowDays: z.number().int().min(0).max(3650).nullable().default(null),
      askAbove: z.boolean().default(false),
    })
    .prefault({}),
  publish: z.enum(['relevant', 'everything']).default('relevant'),
  noteCap: z.number().int().min(0).max(100_000).nullable().default(10),
  publishInternal: z.boolean().default(false),
  publishUnmatched: z.boolean().default(false),
  lateRecordDays: z.number().int().min(0).max(3650).default(30),
  describeContent: z.boolean().default(false),
  smartCategoryOrder: z.array(z.string().trim().min(1).max(200)).max(1000).default([]),
}) satisfies z.ZodType<Policy>;

/** Reads a stored policy; what is missing takes its default. */
export function parsePolicy(stored: Record<string, unknown>): Policy {
  return policySchema.parse(stored);
}
