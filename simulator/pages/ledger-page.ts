import { formatDateTime } from '../world/date-times.ts';
import type { LedgerRow } from '../world/ledger.ts';
import { creditAllowance } from '../world/usage.ts';
import { emptyState, type Page } from './frame.ts';
import { type Html, html } from './html.ts';
import type { Visit } from './visit.ts';

const mostShown = 300;

/** The calls of clients as they come; the page asks for new ones every second. */
export function ledgerPage(visit: Visit): Page {
  const { world, org, zone } = visit;
  const all = world.ledger.since(null);
  const totals = world.ledger.totals(all);
  const newest = all.slice(-mostShown).reverse();
  const used = world.usage.usedCredits(org.key, world.clock.now());
  const allowance = creditAllowance(org.edition, org.users.find('status', 'active').length);
  const figure = (name: string, label: string, value: number) =>
    html`<div class="figure"><b data-total="${name}">${value.toLocaleString('en')}</b><span>${label}</span></div>`;
  const body = html`<div class="head"><h1>Ledger</h1><span class="live" data-live role="status">live</span><button type="button" data-pause hidden>Pause</button><label class="search">Show <input type="search" data-filter placeholder="path, method, status…" aria-label="Filter the calls"></label></div>
<section class="figures">${figure('calls', 'calls', totals.calls)}${figure('credits', 'credits', totals.credits)}${figure('units', 'units', totals.units)}${figure('peakInFlight', 'most at once', totals.peakInFlight)}${figure('refusedForConcurrency', 'refused: too many at once', totals.refusedForConcurrency)}${figure('refusedForCredits', 'refused: day spent', totals.refusedForCredits)}</section>
<p class="quiet"><span data-total="used">${used.toLocaleString('en')}</span> of ${Number.isFinite(allowance) ? allowance.toLocaleString('en') : 'any number of'} credits used in 24 hours, ${org.edition.key} edition, at most ${org.edition.concurrency} units at once. Looking at these pages is no call.</p>
<div class="scroll"><table class="ledger" data-ledger data-zone="${zone}" data-since="${all[all.length - 1]?.seq ?? 0}" data-most="${mostShown}"><thead><tr><th>At</th><th>Method</th><th>Status</th><th>Path</th><th class="right">Credits</th><th class="right">Units</th><th class="right">In flight</th><th>Client</th></tr></thead><tbody>${newest.map((row) => line(row, zone))}</tbody></table></div>
<div data-empty${all.length > 0 && html` hidden`}>${emptyState('No call has come yet', 'Calls to the API appear here the moment they are answered.')}</div>`;
  return { title: 'Ledger', body, tab: 'ledger' };
}

function line(row: LedgerRow, zone: string): Html {
  const at = Date.parse(row.at);
  const time = `${formatDateTime(at, zone).slice(11, 19)}.${row.at.slice(20, 23)}`;
  const kind =
    row.status >= 400 || row.status === 0 ? 'bad' : row.status === 304 || row.status === 204 ? 'none' : 'good';
  const why = row.fault ?? row.refused;
  return html`<tr><td class="mono" title="${row.at}">${time}</td><td class="mono">${row.method}</td><td><span class="status ${kind}">${row.status}</span>${why !== undefined && html` <span class="chip warn">${why}</span>`}</td><td class="mono path">${row.path}</td><td class="right">${row.credits}</td><td class="right">${row.units}</td><td class="right">${row.inFlight}</td><td class="mono" title="${row.client ?? ''}">${row.client === null ? '—' : `${row.client.slice(0, 11)}…`}</td></tr>`;
}
