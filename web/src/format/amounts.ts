const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** `12,480` */
export const countText = (value: number) => whole.format(value);

/** `12.5` */
export const decimalText = (value: number) => tenth.format(value);

/** `1 meeting`, `12 meetings` */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${countText(value)} ${value === 1 ? one : many}`;
}

/** `$4,821`; an amount without a currency is shown as a plain number. */
export function moneyText(amount: number, currency: string | null): string {
  if (currency === null) return whole.format(amount);
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount);
  } catch {
    return `${whole.format(amount)} ${currency}`;
  }
}

/** A share from 0 to 1 as `87 %`. */
export const percentText = (share: number) => `${Math.round(share * 100)} %`;

/** `85.5 %` of a bar's width, between nothing and all. */
export function widthOf(part: number, all: number): string {
  if (all <= 0) return '0%';
  return `${Math.min(100, Math.max(0, (part / all) * 100))}%`;
}
