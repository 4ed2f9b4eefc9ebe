import { relatedListsOf } from '../api/related-records.ts';
import { compareIds } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { roleForm, roleOf } from './contact-role-forms.ts';
import { emptyState, type Page, pager } from './frame.ts';
import { type Html, html } from './html.ts';
import { columnsOf, rowsPerPage, rowTable } from './list-page.ts';
import { moment } from './moments.ts';
import { noteText, readableText } from './readable-text.ts';
import { recordLink, userName } from './show-value.ts';
import { callOf, hrefWith, modulePath, pageNumber, recordPath, titleOf, type Visit } from './visit.ts';

/** A related list as a part of a record's page. */
export type Section = { id: string; label: string; count: number; body: Html };

type List = { apiName: string; label: string; module: string; rows: Row[] };

/** Columns that the narrower tables of a record's page do without. */
const leftOut = ['Modified_Time', 'Phone'];
const rowsInSection = 10;
const notesPerPage = 20;
/** These name rows that other lists show already. */
const doubled = ['Activities'];

function listsOf(visit: Visit, module: Module, row: Row): List[] {
  const call = callOf(visit);
  const seen = new Set<string>();
  return relatedListsOf(call, module)
    .filter((list) => !doubled.includes(list.apiName))
    .flatMap((list) => {
      const label = list.label.replace('Closed Activities', 'Closed Meetings');
      if (seen.has(label)) return [];
      seen.add(label);
      const rows = [...list.rows(call, row)].sort(orderOf(list.module));
      return [{ apiName: list.apiName, label, module: list.module, rows }];
    })
    .filter((list) => (list.module !== 'Tasks' && list.module !== 'Calls') || list.rows.length > 0);
}

/** Notes newest first, meetings by their start, others newest first. */
function orderOf(moduleName: string): (a: Row, b: Row) => number {
  const key = moduleName === 'Events' ? 'Start_DateTime' : 'Created_Time';
  return (a, b) => Number(b[key]) - Number(a[key]) || compareIds(b.id, a.id);
}

/** All related lists of a record, the notes last since they are read, not scanned. */
export function relatedSections(visit: Visit, module: Module, row: Row): Section[] {
  const lists = listsOf(visit, module, row);
  const inOrder = [
    ...lists.filter((list) => list.module !== 'Notes'),
    ...lists.filter((list) => list.module === 'Notes'),
  ];
  return inOrder.map((list) => ({
    id: `list-${list.apiName}`,
    label: list.label,
    count: list.rows.length,
    body: section(visit, module, row, list),
  }));
}

function section(visit: Visit, parent: Module, row: Row, list: List): Html {
  const path = recordPath(visit.org, parent.apiName, row.id);
  const size = list.module === 'Notes' ? notesPerPage : rowsInSection;
  const rest = list.rows.length - size;
  return html`<section class="card" id="list-${list.apiName}"><h2>${list.label} <span class="count">${list.rows.length.toLocaleString('en')}</span>${list.module === 'Notes' && html`<a class="button" href="${modulePath(visit.org, 'Notes')}/new?parent=${row.id}&amp;module=${parent.apiName}">Add a note</a>`}</h2>
${content(visit, parent, row, list, list.rows.slice(0, size))}
${rest > 0 && html`<p><a class="button" href="${path}?list=${list.apiName}">Show all ${list.rows.length.toLocaleString('en')}</a></p>`}
${list.apiName === 'Contact_Roles' && roleForm(visit, row)}</section>`;
}

function content(visit: Visit, parent: Module, row: Row, list: List, rows: readonly Row[]): Html {
  if (rows.length === 0)
    return html`<p class="quiet">${emptyWords[list.apiName] ?? `No ${list.label.toLowerCase()}.`}</p>`;
  if (list.module === 'Notes') return html`${rows.map((note) => noteCard(visit, note))}`;
  const module = visit.org.module(list.module);
  if (!module) return html``;
  const owner = parent.apiName === 'Accounts' ? 'Account_Name' : parent.apiName === 'Contacts' ? 'Who_Id' : 'What_Id';
  const left = new Set(list.apiName === 'Invited_Events' ? ['Modified_Time'] : [...leftOut, owner]);
  const columns = columnsOf(visit, module).filter(
    (field) => field.apiName === module.nameField || !left.has(field.apiName),
  );
  const extra =
    list.apiName === 'Contact_Roles'
      ? { label: 'Role', of: (contact: Row) => roleOf(visit, row, contact) }
      : parent.apiName === 'Contacts' && list.apiName === 'Deals'
        ? { label: 'Role here', of: (deal: Row) => roleOf(visit, deal, row, true) }
        : undefined;
  return rowTable(visit, { module, rows, columns, ...(extra ? { extra } : {}) });
}

const emptyWords: Record<string, string> = {
  Events: 'No meeting is ahead.',
  Events_History: 'No meeting has ended.',
  Activities_History: 'No meeting has ended.',
  Invited_Events: 'No meeting names this person as a participant.',
  Notes: 'No notes.',
  Contact_Roles: 'No contact has a role in this deal.',
};

/** A note in full, with its author. */
function noteCard(visit: Visit, note: Row): Html {
  const module = visit.org.module('Notes');
  if (!module) return html``;
  const isChanged = note.Modified_Time !== note.Created_Time;
  return html`<article class="note"><h3><a href="${recordPath(visit.org, 'Notes', note.id)}" dir="auto">${titleOf(module, note)}</a></h3>
<p class="quiet">${userName(visit, String(note.Created_By))}, ${moment(Number(note.Created_Time), visit.zone)}${isChanged && html` · changed ${moment(Number(note.Modified_Time), visit.zone)}`}</p>
${readableText(noteText(visit.world, note))}</article>`;
}

/** One related list on a page of its own, in pages. */
export function relatedPage(visit: Visit, parent: Module, row: Row, name: string): Page {
  const path = recordPath(visit.org, parent.apiName, row.id);
  const list = listsOf(visit, parent, row).find((one) => one.apiName === name);
  if (!list) {
    const body = emptyState(
      `${parent.plural} have no list of that name`,
      html`<a href="${path}">Back to the record</a>`,
    );
    return { title: 'Unknown list', body, tab: parent.apiName, status: 404 };
  }
  const size = list.module === 'Notes' ? notesPerPage : rowsPerPage;
  const page = pageNumber(visit.query);
  const rows = list.rows.slice((page - 1) * size, page * size);
  const body = html`<nav class="crumbs" aria-label="Way back"><a href="${modulePath(visit.org, parent.apiName)}">${parent.plural}</a> › ${recordLink(visit, parent.apiName, row.id)}</nav>
<div class="head"><h1>${list.label}</h1><span class="quiet">${list.rows.length.toLocaleString('en')}</span></div>
${content(visit, parent, row, list, rows)}
${pager({ page, size, total: list.rows.length, shown: rows.length, hrefOf: (to) => hrefWith(path, visit.query, { page: to === 1 ? null : to }) })}`;
  return { title: `${list.label} of ${titleOf(parent, row)}`, body, tab: parent.apiName };
}
