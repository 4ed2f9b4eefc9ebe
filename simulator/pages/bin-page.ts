import { guarded } from '../api/handle-api.ts';
import { isInBin, restoreFromBin } from '../api/restore-record.ts';
import type { Reply } from '../http/failure.ts';
import { compareIds } from '../json.ts';
import type { Row } from '../store/table.ts';
import { emptyState, framed, goTo, type Page, pager } from './frame.ts';
import { type Html, html } from './html.ts';
import { moment } from './moments.ts';
import { pickPage } from './pick-page.ts';
import { userName } from './show-value.ts';
import {
  callOf,
  hrefWith,
  moduleOfTab,
  modulePath,
  pageNumber,
  recordPath,
  type Visit,
  writingCallOf,
} from './visit.ts';

const rowsPerPage = 100;

/** What was deleted, newest first. */
export async function binPage(visit: Visit): Promise<Page> {
  const { org, query } = visit;
  const page = pageNumber(query);
  const { rows, total } = await pickPage(org.deleted.rows(), {
    offset: (page - 1) * rowsPerPage,
    size: rowsPerPage,
    compare: (a, b) => Number(b.deleted_time) - Number(a.deleted_time) || compareIds(b.id, a.id),
  });
  const lines = rows.map(
    (row) =>
      html`<tr><td class="name" dir="auto">${nameInBin(row)}</td><td data-label="Module">${org.module(String(row.module))?.singular ?? String(row.module)}</td><td data-label="Deleted by">${userName(visit, String(row.deleted_by))}</td><td data-label="When">${moment(Number(row.deleted_time), visit.zone)}</td><td>${restoreForm(visit, row)}</td></tr>`,
  );
  const table = html`<div class="scroll"><table class="cards"><thead><tr><th>Name</th><th>Module</th><th>Deleted by</th><th>When</th><th></th></tr></thead><tbody>${lines}</tbody></table></div>`;
  const body = html`<nav class="crumbs" aria-label="Way back"><a href="/">Home</a></nav><div class="head"><h1>Recycle bin</h1><span class="quiet">${total.toLocaleString('en')}</span></div>
<p class="quiet">Clients read this as deleted records. For 60 days a record can be restored; merged and converted ones are gone for good.</p>${total === 0 ? emptyState('Nothing was deleted', html`<a href="/">Back to the start</a>`) : table}
${pager({ page, size: rowsPerPage, total, shown: rows.length, hrefOf: (to) => hrefWith(visit.path, query, { page: to }) })}`;
  return { title: 'Recycle bin', body };
}

function restoreForm(visit: Visit, row: Row): Html {
  if (!isInBin(callOf(visit), row)) return html`<span class="quiet">for good</span>`;
  return html`<form method="post" action="/crm/org${visit.org.zgid}/recycle-bin"><button name="id" value="${row.id}" aria-label="Restore ${nameInBin(row)}">Restore</button></form>`;
}

/** Brings a record back and shows it; the bin again, with the reason, when that is refused. */
export async function restoreFromPage(visit: Visit): Promise<Reply> {
  const id = visit.form.get('id') ?? '';
  const moduleName = String(visit.org.deleted.get(id)?.module ?? '');
  const reply = guarded(() => restoreFromBin(writingCallOf(visit, { id })));
  if (reply.status === 200) return goTo(`${recordPath(visit.org, moduleName, id)}?done=saved`);
  const text =
    'Nothing was restored: what it needs is gone, another record has its unique value, or it is not in the bin.';
  return framed(visit, { ...(await binPage(visit)), status: 400, notice: { text, isError: true } });
}

function nameInBin(row: Row): string {
  return typeof row.display_name === 'string' && row.display_name !== '' ? row.display_name : row.id;
}

/** The page for an address that leads nowhere: what is known of it, and ways back. */
export function nowhere(visit: Visit, tab?: string, id?: string): Page {
  const module = tab === undefined ? undefined : moduleOfTab(visit.org, tab);
  const gone = id === undefined ? undefined : visit.org.deleted.get(id);
  const back = module
    ? html`<a class="button" href="${modulePath(visit.org, module.apiName)}">All ${module.plural.toLowerCase()}</a> <a class="button" href="/">Start</a>`
    : html`<a class="button" href="/">Start</a>`;
  const words = gone
    ? html`<b dir="auto">${nameInBin(gone)}</b> was deleted by ${userName(visit, String(gone.deleted_by))}, ${moment(Number(gone.deleted_time), visit.zone)}.`
    : module
      ? `There is no ${module.singular.toLowerCase()} with the id ${id ?? ''}.`
      : 'Nothing is at this address.';
  const body = html`<div class="empty"><h1>${gone ? 'Deleted' : 'Not here'}</h1><p>${words}</p><p class="actions">${back}</p></div>`;
  return { title: 'Not here', body, status: 404, ...(module ? { tab: module.apiName } : {}) };
}
