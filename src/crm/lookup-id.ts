/** The id that a lookup field holds, as `{id}` or (older answers) as a bare text; null when it is empty. */
export function lookupId(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' ? value.id : null;
}
