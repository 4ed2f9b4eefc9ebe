import { describe, expect, it } from 'vitest';
import { dailyCredits } from '../../src/crm/daily-credits.ts';
import { ourConcurrency } from '../../src/crm/session.ts';

const rows: [name: string | null, ours: number, creditsOfTenUsers: number | null][] = [
  ['Free', 3, 5_000],
  ['free', 3, 5_000],
  ['Standard', 8, 52_500],
  ['Starter', 8, 52_500],
  ['PROFESSIONAL', 13, 55_000],
  ['Enterprise', 18, 60_000],
  ['enterprise_edition', 18, 60_000],
  ['Zoho One', 18, 60_000],
  ['zohoone', 18, 60_000],
  ['Ultimate', 23, 70_000],
  ['CRM Plus', 23, 70_000],
  ['zohocrmplus', 23, 70_000],
  ['Something new', 3, null],
  ['', 3, null],
  [null, 3, null],
];

describe('editions', () => {
  it.each(rows)('%s: %i calls in flight, %i credits a day for ten users', (name, ours, credits) => {
    expect(ourConcurrency(name)).toBe(ours);
    expect(dailyCredits(name, 10)).toBe(credits);
  });

  it('caps the credits of many users', () => {
    expect(dailyCredits('Standard', 1_000)).toBe(100_000);
    expect(dailyCredits('Ultimate', 10_000)).toBe(20_050_000);
  });
});
