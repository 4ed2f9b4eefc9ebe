/** Credits of a rolling day by edition: a base, a part for each user, a cap. Source: Zoho CRM API v8, API Limits. */
const CREDITS: Record<string, { base: number; perUser: number; cap: number | null }> = {
  free: { base: 5_000, perUser: 0, cap: 5_000 },
  standard: { base: 50_000, perUser: 250, cap: 100_000 },
  professional: { base: 50_000, perUser: 500, cap: 3_000_000 },
  enterprise: { base: 50_000, perUser: 1_000, cap: 5_000_000 },
  ultimate: { base: 50_000, perUser: 2_000, cap: null },
};

/** What an org may spend in a day; null when the edition is one that we do not know. */
export function dailyCredits(edition: string | null, users: number): number | null {
  const row = CREDITS[(edition ?? '').toLowerCase()];
  if (row === undefined) return null;
  const credits = row.base + row.perUser * users;
  return row.cap === null ? credits : Math.min(credits, row.cap);
}
