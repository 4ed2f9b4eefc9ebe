/** First and last line of our part of an event's description; what stands outside of them is never ours. */
export const BLOCK_START = '--- Salescaling ---';
export const BLOCK_END = '--- end of Salescaling ---';
