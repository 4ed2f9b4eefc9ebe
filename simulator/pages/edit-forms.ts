import type { Field } from '../metadata/field.ts';
import { whatModules } from '../metadata/stock-modules.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { Page } from './frame.ts';
import { flag, type Html, html } from './html.ts';
import { isEditable, isWritable } from './is-editable.ts';
import { viewOf } from './module-views.ts';
import { wallTime } from './moments.ts';
import type { Refusal } from './record-page.ts';
import { plainValue } from './show-value.ts';
import { hrefWith, modulePath, recordPath, type Visit } from './visit.ts';

/** Fields whose value lies in two inputs: the module beside the record. */
export const moduleInputOf = (fieldName: string) => `${fieldName}.module`;

/** The form that stands in the place of one value. */
export function fieldForm(visit: Visit, module: Module, row: Row, field: Field, refusal: Refusal | undefined): Html {
  const path = recordPath(visit.org, module.apiName, row.id);
  return html`<form method="post" action="${path}?edit=${field.apiName}#f-${field.apiName}"><input type="hidden" name="do" value="update">${input(visit, module, field, row, true)}
${refusal && html`<p class="wrong">${refusal.reason}</p>`}<p class="actions"><button class="main">Save</button><a class="button" data-cancel href="${path}#f-${field.apiName}">Cancel</a></p></form>`;
}

/** All common fields of a record at once. */
export function wholeForm(visit: Visit, module: Module, row: Row, refusal: Refusal | undefined): Html {
  const path = recordPath(visit.org, module.apiName, row.id);
  const names = [
    ...viewOf(module).fields,
    ...visit.org
      .fields(module)
      .filter((field) => field.isCustom)
      .map((field) => field.apiName),
  ];
  return html`<form method="post" action="${path}?edit=all"><input type="hidden" name="do" value="update">${inputs(visit, module, names, row, refusal)}
<p class="actions"><button class="main">Save</button><a class="button" data-cancel href="${path}">Cancel</a></p></form>`;
}

/** The page on which a person makes a record. */
export function createPage(visit: Visit, module: Module, refusal?: Refusal): Page {
  const path = modulePath(visit.org, module.apiName);
  const kind = module.singular.toLowerCase();
  const body = html`<nav class="crumbs" aria-label="Way back"><a href="${path}">${module.plural}</a></nav>
<div class="head"><h1>New ${kind}</h1></div>
<section class="card narrow"><form method="post" action="${hrefWith(`${path}/new`, visit.query, {})}">${inputs(visit, module, viewOf(module).onCreate, undefined, refusal)}
<p class="actions"><button class="main">Create</button><a class="button" data-cancel href="${path}">Cancel</a></p></form></section>`;
  const notice = refusal ? { status: 400, notice: { text: refusal.reason, isError: true } } : {};
  return { title: `New ${kind}`, body, tab: module.apiName, ...notice };
}

function inputs(
  visit: Visit,
  module: Module,
  names: readonly string[],
  row: Row | undefined,
  refusal: Refusal | undefined,
): Html[] {
  const fields = names.flatMap((name) => visit.org.field(module, name) ?? []);
  return fields
    .filter((field) => (row ? isEditable(module, field) : isWritable(field)))
    .map((field, index) => {
      const isWrong = refusal?.field === field.apiName;
      return html`<label class="${isWrong ? 'input bad' : 'input'}"><span>${field.label}${field.isMandatory && html` <b class="must" title="needed">*</b>`}</span>${input(visit, module, field, row, index === 0)}</label>`;
    });
}

/** The value that an input starts with: what was posted before, else the record's. */
function startValue(visit: Visit, field: Field, row: Row | undefined): string {
  const posted = visit.form.get(field.apiName);
  if (posted !== null) return posted;
  if (field.apiName === 'Parent_Id' && !row) return visit.query.get('parent') ?? '';
  if (!row) return '';
  if (field.type === 'datetime') return wallTime(Number(row[field.apiName] ?? Number.NaN), visit.zone);
  if (field.type === 'lookup' || field.type === 'multi_module_lookup') {
    return row[field.apiName] ? String(row[field.apiName]) : '';
  }
  if (field.type === 'ownerlookup') return String(row[field.apiName] ?? '');
  const value = row[field.apiName];
  return value === undefined || value === null ? '' : String(value);
}

function input(visit: Visit, module: Module, field: Field, row: Row | undefined, isFirst: boolean): Html {
  const value = startValue(visit, field, row);
  const name = field.apiName;
  const focus = flag('autofocus', isFirst);
  const label = html` aria-label="${field.label}"`;
  switch (field.type) {
    case 'textarea':
      return html`<textarea name="${name}" rows="${Math.min(24, Math.max(4, value.split('\n').length + 1))}" dir="auto"${label}${focus}>
${value}</textarea>`;
    case 'picklist':
      return select(name, label, focus, choices(visit, module, field, value), value);
    case 'boolean':
      return select(
        name,
        label,
        focus,
        [
          ['false', 'No'],
          ['true', 'Yes'],
        ],
        value === 'true' ? 'true' : 'false',
      );
    case 'ownerlookup':
      return select(name, label, focus, users(visit, value), value);
    case 'date':
      return html`<input type="date" name="${name}" value="${value}"${label}${focus}>`;
    case 'datetime':
      return html`<span class="pair"><input type="datetime-local" step="1" name="${name}" value="${value}"${label}${focus}><small class="quiet">${visit.zone}</small></span>`;
    case 'lookup':
      return html`<span class="pair"><input name="${name}" value="${value}" placeholder="Name or id" dir="auto"${label}${focus}>${row && html`<small class="quiet" dir="auto">${String(plainValue(visit, field, row) ?? '')}</small>`}</span>`;
    case 'multi_module_lookup':
      return html`<span class="pair">${moduleSelect(visit, field, row)}<input name="${name}" value="${value}" placeholder="Name or id" dir="auto"${label}${focus}></span>`;
    default:
      return html`<input name="${name}" value="${value}" dir="auto"${label}${focus}>`;
  }
}

type Choice = readonly [value: string, label: string];

function choices(visit: Visit, module: Module, field: Field, value: string): Choice[] {
  const isStage = module.apiName === 'Deals' && field.apiName === 'Stage';
  const names = isStage
    ? [...visit.org.stages.rows()]
        .sort((a, b) => Number(a.sequence) - Number(b.sequence))
        .map((stage) => String(stage.name))
    : [...(field.pickList ?? [])];
  const all = value === '' || names.includes(value) ? names : [value, ...names];
  return [...(isStage ? [] : [['', '—'] as const]), ...all.map((one): Choice => [one, one])];
}

function users(visit: Visit, value: string): Choice[] {
  const active = [...visit.org.users.rows()]
    .filter((user) => user.status === 'active' || user.id === value)
    .slice(0, 1000);
  const blank: Choice[] = value === '' ? [['', `${String(visit.viewer.full_name)} (you)`]] : [];
  return [...blank, ...active.map((user): Choice => [user.id, `${String(user.full_name)} <${String(user.email)}>`])];
}

function moduleSelect(visit: Visit, field: Field, row: Row | undefined): Html {
  const name = moduleInputOf(field.apiName);
  const names = field.apiName === 'Parent_Id' ? [...whatModules, 'Contacts', 'Events'] : whatModules;
  const chosen = visit.form.get(name) ?? visit.query.get('module') ?? String(row?.$se_module ?? 'Deals');
  const options = names.map((one): Choice => [one, visit.org.module(one)?.singular ?? one]);
  return select(name, html` aria-label="Module of ${field.label}"`, html``, options, chosen);
}

function select(name: string, label: Html, focus: Html, options: readonly Choice[], value: string): Html {
  return html`<select name="${name}"${label}${focus}>${options.map(([one, text]) => html`<option value="${one}"${flag('selected', one === value)}>${text}</option>`)}</select>`;
}
