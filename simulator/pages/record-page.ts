import { existingFields, renderWhole } from '../api/render-record.ts';
import { isList } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { fieldForm, wholeForm } from './edit-forms.ts';
import { endForms } from './end-record.ts';
import type { Page } from './frame.ts';
import { type Html, html, type Part } from './html.ts';
import { isEditable } from './is-editable.ts';
import { viewOf } from './module-views.ts';
import { moment, span } from './moments.ts';
import { participantsCard } from './participants.ts';
import { noteText, readableText } from './readable-text.ts';
import { relatedPage, relatedSections } from './related-sections.ts';
import { recordLink, showValue, userName } from './show-value.ts';
import { sourceOf } from './source-of-change.ts';
import { callOf, hrefWith, modulePath, recordPath, titleOf, type Visit } from './visit.ts';

/** What went wrong with a posted form, and the values that were in it. */
export type Refusal = { reason: string; field?: string };

const systemFields = [
  'Created_By',
  'Created_Time',
  'Modified_By',
  'Modified_Time',
  'Last_Activity_Time',
  'Record_Image',
];

/** A record's page: fields, related lists, who made and changed it, and the JSON that clients see. */
export function recordPage(visit: Visit, module: Module, row: Row, refusal?: Refusal): Page {
  const { query } = visit;
  const list = query.get('list');
  if (list !== null) return relatedPage(visit, module, row, list);
  const title = titleOf(module, row);
  const sections = relatedSections(visit, module, row);
  const path = recordPath(visit.org, module.apiName, row.id);
  const body = html`<nav class="crumbs" aria-label="Way back"><a href="${modulePath(visit.org, module.apiName)}">${module.plural}</a></nav>
<div class="head record"><h1 dir="auto">${title}</h1><span class="quiet id">id ${row.id}</span><span class="actions"><a class="button" href="${hrefWith(path, query, { edit: 'all' })}">Edit</a><a class="button" href="${path}?delete=1">Delete</a></span></div>
${headline(visit, module, row)}
${query.get('delete') === '1' && deletePanel(visit, module, row)}
${endForms(visit, module, row)}
<div class="columns"><aside class="side" aria-label="On this page"><a href="#details">Details</a>${module.apiName === 'Events' && html`<a href="#participants">Participants <span class="count">${isList(row.Participants) ? row.Participants.length : 0}</span></a>`}${sections.map((one) => html`<a href="#${one.id}">${one.label} <span class="count">${one.count.toLocaleString('en')}</span></a>`)}<a href="#raw">As JSON</a></aside>
<div class="stack"><section class="card" id="details"><h2>Details</h2>${query.get('edit') === 'all' ? wholeForm(visit, module, row, refusal) : details(visit, module, row, refusal)}${stamps(visit, module, row)}</section>
${module.apiName === 'Events' && participantsCard(visit, row)}
${sections.map((one) => one.body)}
${raw(visit, module, row)}</div></div>`;
  return {
    title,
    body,
    tab: module.apiName,
    ...(refusal ? { status: 400, notice: { text: refusal.reason, isError: true } } : savedNotice(query)),
  };
}

function savedNotice(query: URLSearchParams): Pick<Page, 'notice'> {
  const done: Record<string, string> = {
    saved: 'Saved. Clients that watch this module have been told.',
    made: 'Created. Clients that watch this module have been told.',
    role: 'The contact roles are changed.',
    people: 'The participants are changed.',
  };
  const text = done[query.get('done') ?? ''];
  return text === undefined ? {} : { notice: { text } };
}

/** The two or three facts under the title that say what a record is. */
function headline(visit: Visit, module: Module, row: Row): Html {
  const facts: Part[] = [];
  const field = (name: string) => {
    const known = visit.org.field(module, name);
    return known ? showValue(visit, known, row) : undefined;
  };
  if (module.apiName === 'Events') {
    facts.push(
      span(Number(row.Start_DateTime), Number(row.End_DateTime), visit.zone),
      field('What_Id'),
      field('Who_Id'),
    );
  }
  if (module.apiName === 'Contacts') facts.push(field('Title'), field('Account_Name'), field('Email'));
  if (module.apiName === 'Leads') facts.push(field('Company'), field('Email'));
  if (module.apiName === 'Accounts') facts.push(field('Industry'), field('Website'));
  if (module.apiName === 'Deals') facts.push(field('Stage'), field('Amount'), field('Account_Name'));
  if (module.apiName === 'Notes')
    facts.push(html`on ${recordLink(visit, String(row.$se_module), String(row.Parent_Id), true)}`);
  const shown = facts.filter((fact) => fact !== undefined);
  return shown.length === 0 ? html`` : html`<p class="headline">${shown.map((fact) => html`<span>${fact}</span>`)}</p>`;
}

function details(visit: Visit, module: Module, row: Row, refusal: Refusal | undefined): Html {
  const first = viewOf(module).fields;
  const fields = existingFields(callOf(visit), module).filter(
    (field) => !systemFields.includes(field.apiName) && field.type !== 'participants',
  );
  const named = first.flatMap((name) => fields.find((field) => field.apiName === name) ?? []);
  const others = fields.filter((field) => !first.includes(field.apiName) && field.apiName !== 'Full_Name');
  const isFull = (field: Field) => field.isCustom || showValue(visit, field, row) !== undefined;
  const empty = others.filter((field) => !isFull(field));
  const line = (field: Field) => fieldLine(visit, module, row, field, refusal);
  const isEditingEmpty = empty.some((field) => field.apiName === visit.query.get('edit'));
  return html`<dl class="fields">${[...named, ...others.filter(isFull)].map(line)}</dl>
${empty.length > 0 && html`<details class="more"${isEditingEmpty && html` open`}><summary>${empty.length} empty fields</summary><dl class="fields">${empty.map(line)}</dl></details>`}`;
}

function fieldLine(visit: Visit, module: Module, row: Row, field: Field, refusal: Refusal | undefined): Html {
  const path = recordPath(visit.org, module.apiName, row.id);
  const isEdited = visit.query.get('edit') === field.apiName && isEditable(module, field);
  const badge = field.external ? 'external id' : field.unique ? 'unique' : field.isCustom ? 'custom' : '';
  const label = html`<dt>${field.label}${badge !== '' && html` <span class="chip">${badge}</span>`}</dt>`;
  const isWide = field.type === 'textarea';
  if (isEdited) {
    return html`<div class="field editing" id="f-${field.apiName}">${label}<dd>${fieldForm(visit, module, row, field, refusal)}</dd></div>`;
  }
  const value =
    module.apiName === 'Notes' && field.apiName === 'Note_Content'
      ? readableText(noteText(visit.world, row), true)
      : showValue(visit, field, row);
  const pencil = isEditable(module, field)
    ? html`<a class="pencil" href="${path}?edit=${field.apiName}#f-${field.apiName}" aria-label="Edit ${field.label}" title="Edit ${field.label}">✎</a>`
    : '';
  return html`<div class="${isWide ? 'field wide' : 'field'}" id="f-${field.apiName}">${label}<dd>${value ?? html`<span class="quiet">—</span>`}${pencil}</dd></div>`;
}

function stamps(visit: Visit, module: Module, row: Row): Html {
  const source = sourceOf(visit, module, row);
  const activity = Number(row.Last_Activity_Time);
  return html`<dl class="stamps"><div><dt>Created</dt><dd>${userName(visit, String(row.Created_By))}, ${moment(Number(row.Created_Time), visit.zone)} · ${source.created}</dd></div><div><dt>Modified</dt><dd>${userName(visit, String(row.Modified_By))}, ${moment(Number(row.Modified_Time), visit.zone)} · ${source.modified}</dd></div>${Number.isFinite(activity) && html`<div><dt>Last activity</dt><dd>${moment(activity, visit.zone)}</dd></div>`}</dl>`;
}

function deletePanel(visit: Visit, module: Module, row: Row): Html {
  const path = recordPath(visit.org, module.apiName, row.id);
  return html`<form class="notice bad" method="post" action="${path}"><input type="hidden" name="do" value="delete"><p>Delete this ${module.singular.toLowerCase()}? It goes to the recycle bin${module.apiName !== 'Notes' && html` together with its notes`}, and lookups to it become empty.</p><p class="actions"><button class="danger">Delete</button><a class="button" href="${path}">Keep it</a></p></form>`;
}

/** The record as `GET /{module}/{id}` answers it. */
function raw(visit: Visit, module: Module, row: Row): Html {
  const json = JSON.stringify(renderWhole(callOf(visit), module, row), null, 2);
  return html`<details class="card raw" id="raw"><summary>As JSON, the way clients get it</summary><p class="quiet"><code>GET ${visit.dc.api}/crm/v8/${module.apiName}/${row.id}</code></p><pre dir="ltr">${json}</pre></details>`;
}
