import { compareIds } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { emptyState, type Page, pager } from './frame.ts';
import { type Html, html } from './html.ts';
import { viewOf } from './module-views.ts';
import { span } from './moments.ts';
import { pickPage } from './pick-page.ts';
import { plainValue, showValue } from './show-value.ts';
import { hrefWith, modulePath, pageNumber, recordPath, titleOf, type Visit } from './visit.ts';

export const rowsPerPage = 50;
/** Sorting keeps this many rows at most; further pages need a search. Newest first has no such end. */
const mostSorted = 20_000;

/** A module's list: search, sort by any column, paging. Reads a million rows in slices and holds one page. */
export async function listPage(visit: Visit, module: Module): Promise<Page> {
  const { query, org } = visit;
  const q = (query.get('q') ?? '').trim();
  const columns = columnsOf(visit, module);
  const sort = sortOf(query, columns);
  const page = sort ? Math.min(pageNumber(query), mostSorted / rowsPerPage) : pageNumber(query);
  const { rows, total } = await pickPage(sort ? module.records.rows() : module.records.byIdDescending(), {
    offset: (page - 1) * rowsPerPage,
    size: rowsPerPage,
    ...(q === '' ? { total: module.records.size } : { isMatch: matcher(q) }),
    ...(sort ? { compare: comparer(visit, sort) } : {}),
  });
  const path = modulePath(org, module.apiName);
  const body = html`<div class="head"><h1>${module.plural}</h1><span class="quiet">${total.toLocaleString('en')}${q === '' ? '' : ' found'}</span>
<form class="search" method="get" action="${path}" role="search"><input type="search" name="q" value="${q}" placeholder="Search ${module.plural.toLowerCase()}, or an id" aria-label="Search" dir="auto">${keep(query, ['sort', 'order'])}<button>Search</button></form>
<a class="button main" href="${path}/new">New ${module.singular.toLowerCase()}</a></div>
${rows.length === 0 ? nothing(module, q, path, page) : rowTable(visit, { module, rows, columns, sort, path, isSortable: true })}
${pager({ page, size: rowsPerPage, total: sort ? Math.min(total, mostSorted) : total, shown: rows.length, hrefOf: (to) => hrefWith(path, query, { page: to === 1 ? null : to }) })}
${sort && total > mostSorted && html`<p class="quiet">Sorted lists end after ${mostSorted.toLocaleString('en')} rows. Search to narrow it, or <a href="${hrefWith(path, query, { sort: null, order: null, page: null })}">show the newest first</a>.</p>`}`;
  return { title: q === '' ? module.plural : `${q} in ${module.plural}`, body, tab: module.apiName };
}

type Sort = { field: Field; order: 'asc' | 'desc' };

/** The fields that are columns of a module's list. */
export function columnsOf(visit: Visit, module: Module): Field[] {
  return viewOf(module).columns.flatMap((name) => visit.org.field(module, name) ?? []);
}

function sortOf(query: URLSearchParams, columns: readonly Field[]): Sort | undefined {
  const field = columns.find((one) => one.apiName === query.get('sort'));
  return field && { field, order: query.get('order') === 'desc' ? 'desc' : 'asc' };
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Blank values come last in both directions. */
function comparer(visit: Visit, { field, order }: Sort): (a: Row, b: Row) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (a, b) => {
    const [left, right] = [plainValue(visit, field, a), plainValue(visit, field, b)];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined) || compareIds(b.id, a.id);
    }
    const order =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : collator.compare(String(left), String(right));
    return sign * order || compareIds(b.id, a.id);
  };
}

/** Every text of a row counts, ids of other records included; one expression is quicker than many small letters. */
function matcher(q: string): (row: Row) => boolean {
  const wanted = new RegExp(q.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return (row) => {
    for (const name in row) {
      const value = row[name];
      if (typeof value === 'string' && wanted.test(value)) return true;
    }
    return false;
  };
}

function keep(query: URLSearchParams, names: readonly string[]): Html[] {
  return names.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [html`<input type="hidden" name="${name}" value="${value}">`];
  });
}

function nothing(module: Module, q: string, path: string, page: number): Html {
  if (page > 1) return emptyState('The list ends before this page', html`<a href="${path}">Back to the first page</a>`);
  const plural = module.plural.toLowerCase();
  if (q === '') {
    return emptyState(
      `No ${plural} yet`,
      html`They appear here as soon as a client writes one through the API, or you <a href="${path}/new">make one</a>.`,
    );
  }
  return emptyState(`No ${plural} hold “${q}”`, html`<a href="${path}">Show all ${plural}</a>`);
}

/** Rows of a module as a table; on narrow screens each row is a card. */
export function rowTable(
  visit: Visit,
  table: {
    module: Module;
    rows: readonly Row[];
    columns: readonly Field[];
    sort?: Sort | undefined;
    path?: string;
    isSortable?: boolean;
    extra?: { label: string; of(row: Row): Html };
  },
): Html {
  const { module, rows, columns, extra } = table;
  const heads = columns.map(
    (field) =>
      html`<th${ariaSort(table.sort, field)}>${table.isSortable ? sortLink(visit, field, table) : field.label}</th>`,
  );
  const lines = rows.map((row) => {
    const cells = columns.map((field) => cell(visit, module, field, row));
    return html`<tr>${cells}${extra && html`<td data-label="${extra.label}">${extra.of(row)}</td>`}</tr>`;
  });
  return html`<div class="scroll"><table class="cards"><thead><tr>${heads}${extra && html`<th>${extra.label}</th>`}</tr></thead><tbody>${lines}</tbody></table></div>`;
}

function cell(visit: Visit, module: Module, field: Field, row: Row): Html {
  if (field.apiName === module.nameField) {
    return html`<td class="name"><a href="${recordPath(visit.org, module.apiName, row.id)}" dir="auto">${titleOf(module, row)}</a></td>`;
  }
  if (field.apiName === 'Start_DateTime') {
    return html`<td data-label="When" class="when">${span(Number(row.Start_DateTime), Number(row.End_DateTime), visit.zone)}</td>`;
  }
  if (field.type === 'textarea') {
    const text = String(row[field.apiName] ?? '');
    return html`<td data-label="${field.label}" class="excerpt" dir="auto">${text.slice(0, 110)}${text.length > 110 ? '…' : ''}</td>`;
  }
  const kind = ['currency', 'integer', 'double'].includes(field.type) ? ' class="right"' : '';
  return html`<td data-label="${field.label}"${kind === '' ? '' : html` class="right"`}>${showValue(visit, field, row) ?? html`<span class="quiet">—</span>`}</td>`;
}

function ariaSort(sort: Sort | undefined, field: Field): Html {
  if (sort?.field.apiName !== field.apiName) return html``;
  return html` aria-sort="${sort.order === 'asc' ? 'ascending' : 'descending'}"`;
}

function sortLink(visit: Visit, field: Field, table: { sort?: Sort | undefined; path?: string }): Html {
  const isThis = table.sort?.field.apiName === field.apiName;
  const order = isThis && table.sort?.order === 'asc' ? 'desc' : 'asc';
  const isOver = isThis && table.sort?.order === 'desc';
  const changes = isOver ? { sort: null, order: null, page: null } : { sort: field.apiName, order, page: null };
  const arrow = isThis ? (table.sort?.order === 'asc' ? ' ▲' : ' ▼') : '';
  return html`<a href="${hrefWith(table.path ?? '', visit.query, changes)}">${field.label}${arrow}</a>`;
}
