/** What an edition of Zoho CRM allows: credits of a rolling day and calls in flight. Source: Zoho CRM API v8, API Limits. */
export type Edition = {
  concurrency: number;
  /** Credits of a day: a base, a part for each user, and a cap (null: none). */
  credits: { base: number; perUser: number; cap: number | null };
};

const FREE: Edition = { concurrency: 5, credits: { base: 5_000, perUser: 0, cap: 5_000 } };
const STANDARD: Edition = { concurrency: 10, credits: { base: 50_000, perUser: 250, cap: 100_000 } };
const PROFESSIONAL: Edition = { concurrency: 15, credits: { base: 50_000, perUser: 500, cap: 3_000_000 } };
const ENTERPRISE: Edition = { concurrency: 20, credits: { base: 50_000, perUser: 1_000, cap: 5_000_000 } };
const ULTIMATE: Edition = { concurrency: 25, credits: { base: 50_000, perUser: 2_000, cap: null } };

/** Words of Zoho's names for editions and bundles, the telling ones first: `paid_type` of an org may be any of them. */
const BY_WORD: readonly (readonly [word: string, edition: Edition])[] = [
  ['crmplus', ULTIMATE],
  ['ultimate', ULTIMATE],
  ['zohoone', ENTERPRISE],
  ['enterprise', ENTERPRISE],
  ['professional', PROFESSIONAL],
  ['standard', STANDARD],
  ['starter', STANDARD],
  ['free', FREE],
];

/** The edition that a name means, in any spelling (`Zoho One`, `zohocrm_plus`); null for a name that we do not know. */
export function findEdition(name: string | null): Edition | null {
  const letters = (name ?? '').toLowerCase().replace(/[^a-z]/g, '');
  return BY_WORD.find(([word]) => letters.includes(word))?.[1] ?? null;
}
