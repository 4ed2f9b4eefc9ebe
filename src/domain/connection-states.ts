/** Where a connection stands. `none`: there has never been one (or it was given up for another org). */
export type ConnectionState = 'none' | 'connected' | 'needs_reauth' | 'disconnected';

/** What happens to a connection. */
export type ConnectionEvent =
  /** Somebody allowed the access on Zoho's consent page, for the same Zoho org. */
  | 'granted'
  /** Somebody chose another Zoho org in place of the one before. */
  | 'replaced'
  /** Zoho does not take the stored access any more. */
  | 'access_lost'
  /** Zoho takes the stored access again, without a new consent. */
  | 'access_found'
  /** Somebody ended the access here. */
  | 'disconnect';

type Row = { event: ConnectionEvent; from: readonly ConnectionState[]; to: Exclude<ConnectionState, 'none'> };

/** The one table of allowed transitions. What is not in it is refused: work that ends late never undoes what a person did. */
export const CONNECTION_TRANSITIONS: readonly Row[] = [
  { event: 'granted', from: ['none', 'connected', 'needs_reauth', 'disconnected'], to: 'connected' },
  { event: 'replaced', from: ['connected', 'needs_reauth', 'disconnected'], to: 'connected' },
  { event: 'access_lost', from: ['connected'], to: 'needs_reauth' },
  { event: 'access_found', from: ['needs_reauth'], to: 'connected' },
  { event: 'disconnect', from: ['connected', 'needs_reauth', 'disconnected'], to: 'disconnected' },
];

/** The state after an event, or null when the event is not allowed in this state. */
export function nextConnectionState(
  from: ConnectionState,
  event: ConnectionEvent,
): Exclude<ConnectionState, 'none'> | null {
  const row = CONNECTION_TRANSITIONS.find((candidate) => candidate.event === event);
  return row?.from.includes(from) ? row.to : null;
}
