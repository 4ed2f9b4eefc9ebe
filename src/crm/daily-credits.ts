import { findEdition } from './editions.ts';

/** What an org may spend in a rolling day; null when the edition is one that we do not know. Source: Zoho CRM API v8, API Limits. */
export function dailyCredits(edition: string | null, users: number): number | null {
  const credits = findEdition(edition)?.credits;
  if (credits === undefined) return null;
  const sum = credits.base + credits.perUser * users;
  return credits.cap === null ? sum : Math.min(sum, credits.cap);
}
