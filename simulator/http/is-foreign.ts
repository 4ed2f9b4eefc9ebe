const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * True for a request that names the origin of another site's page. Browsers do; a stranger's name that points to this machine
 * counts as another site too. A request without an Origin is never foreign: clients that are no browsers send none.
 */
export function namesForeignOrigin(accounts: string, headers: Record<string, string | undefined>): boolean {
  if (headers.origin === undefined) return false;
  const host = headers.host ?? new URL(accounts).host;
  return !isOwnHost(accounts, host) || headers.origin !== `http://${host}`;
}

/** True for a host that is this machine, or the one that the accounts server goes by. */
export function isOwnHost(accounts: string, host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return loopback.includes(name) || name === new URL(accounts).hostname;
}
