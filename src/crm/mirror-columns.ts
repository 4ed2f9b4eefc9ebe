import { MIRROR_FIELDS } from './from-zoho.ts';

/** Which columns of the mirror an org has; without it, all that every stock org has. */
export type MirrorColumns = { absentColumns: Record<string, string[]>; hasCurrencies: boolean };

/** The columns to ask Zoho for: one that is hidden from the connected user would make it refuse the whole query. */
export function mirrorColumns(module: keyof typeof MIRROR_FIELDS, columns: MirrorColumns | null): string[] {
  const absent = columns?.absentColumns[module] ?? [];
  const known = MIRROR_FIELDS[module].filter((name) => !absent.includes(name));
  return module === 'Deals' && columns?.hasCurrencies === true ? [...known, 'Currency'] : known;
}
