/** An address that came from outside, if a browser may open it: http and https only. */
export function webAddress(address: string | null): string | undefined {
  if (address === null) return undefined;
  try {
    const { protocol } = new URL(address);
    return protocol === 'https:' || protocol === 'http:' ? address : undefined;
  } catch {
    return undefined;
  }
}
