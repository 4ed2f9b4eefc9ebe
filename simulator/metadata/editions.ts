/** What an edition allows. Source: Zoho CRM API v8, API Limits; Custom Fields limits by edition. */
export type Edition = {
  key: string;
  /** `license_details.paid_type` of `GET /org`. */
  paidType: string;
  isPaid: boolean;
  baseCredits: number;
  creditsPerUser: number;
  /** Upper bound of credits a day; Infinity for none. */
  creditCap: number;
  concurrency: number;
  customFieldsPerModule: number;
};

const edition = (
  key: string,
  paidType: string,
  baseCredits: number,
  creditsPerUser: number,
  creditCap: number,
  concurrency: number,
  customFieldsPerModule: number,
): Edition => ({
  key,
  paidType,
  isPaid: key !== 'free',
  baseCredits,
  creditsPerUser,
  creditCap,
  concurrency,
  customFieldsPerModule,
});

export const editions: readonly Edition[] = [
  edition('free', 'free', 5000, 0, 5000, 5, 0),
  edition('standard', 'standard', 50000, 250, 100000, 10, 10),
  edition('professional', 'professional', 50000, 500, 3000000, 15, 155),
  edition('enterprise', 'enterprise', 50000, 1000, 5000000, 20, 300),
  edition('ultimate', 'ultimate', 50000, 2000, Number.POSITIVE_INFINITY, 25, 500),
];

/** Calls of the expensive kinds that may be in flight at once, in every edition. Source: Zoho CRM API v8, API Limits, Sub-concurrency. */
export const subConcurrency = 10;

/** The edition of that name, in any letter case; undefined for an unknown one. */
export function findEdition(name: string): Edition | undefined {
  return editions.find((one) => one.key === name.toLowerCase());
}

/** Credits that an org may use in any 24 hours. */
export function dailyCredits(edition: Edition, users: number): number {
  return Math.min(edition.creditCap, edition.baseCredits + edition.creditsPerUser * users);
}
