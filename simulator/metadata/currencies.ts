/** A currency of an org that has several. */
export type Currency = { name: string; iso: string; symbol: string; rate: number };

/** Currencies of the sandbox; the first is the one that amounts of the org are in. Source: Zoho CRM API v8, Currencies. */
export const currencies: readonly Currency[] = [
  { name: 'Euro - EUR', iso: 'EUR', symbol: '€', rate: 1 },
  { name: 'US Dollar - USD', iso: 'USD', symbol: '$', rate: 1.1 },
  { name: 'British Pound - GBP', iso: 'GBP', symbol: '£', rate: 0.85 },
];

export const baseCurrency = 'EUR';

/** Fields that records with amounts have once an org has several currencies. */
export const currencyFields: readonly string[] = ['Currency', 'Exchange_Rate'];

/** The sign of a currency; its code where it is not known. */
export function symbolOf(iso: string): string {
  return currencies.find((one) => one.iso === iso)?.symbol ?? iso;
}

/** Units of a currency for one of the org's own. */
export function rateOf(iso: string): number {
  return currencies.find((one) => one.iso === iso)?.rate ?? 1;
}
