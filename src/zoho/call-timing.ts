import type { ZohoCall } from './transport.ts';

/** What every function of this room passes on to its calls: priority in the limiter, a signal that stops it, a deadline. */
export type CallTiming = Pick<ZohoCall, 'priority' | 'signal' | 'timeoutMs'>;

/** Takes the timing out of wider options, so that nothing else of them reaches the call. */
export function timingOf(options: CallTiming): CallTiming {
  const { priority, signal, timeoutMs } = options;
  return { priority, signal, timeoutMs };
}
