/** A title without what differs between calendars that mean the same: letter case, Unicode form, blanks. */
export function normalTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
