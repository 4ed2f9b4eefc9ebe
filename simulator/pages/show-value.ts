import { nameOf } from '../api/render-record.ts';
import { isList, isObject, type Json } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import { type Html, html } from './html.ts';
import { dayInWords, moment } from './moments.ts';
import { link, linked, readableText } from './readable-text.ts';
import { recordPath, titleOf, type Visit } from './visit.ts';

/** A field of a record as people read it; undefined when there is nothing to show. */
export function showValue(visit: Visit, field: Field, row: Row): Html | undefined {
  const value = row[field.apiName];
  if (field.type === 'boolean') return value === true ? html`Yes` : value === false ? html`No` : undefined;
  if (value === undefined || value === null || value === '' || (isList(value) && value.length === 0)) return undefined;
  switch (field.type) {
    case 'datetime':
      return moment(Number(value), visit.zone);
    case 'date':
      return html`<time datetime="${String(value)}">${dayInWords(String(value))}</time>`;
    case 'ownerlookup':
      return userName(visit, String(value));
    case 'lookup':
      return recordLink(visit, field.lookup ?? '', String(value));
    case 'multi_module_lookup':
      return recordLink(visit, String(row.$se_module ?? ''), String(value), true);
    case 'currency':
      return html`<span class="number">€ ${Number(value).toLocaleString('en')}</span>`;
    case 'integer':
    case 'double':
    case 'percent':
      return html`<span class="number">${Number(value).toLocaleString('en')}${field.type === 'percent' || field.apiName === 'Probability' ? ' %' : ''}</span>`;
    case 'website':
      return link(String(value));
    case 'textarea':
      return readableText(String(value));
    case 'tags':
      return html`${isList(value) && value.filter(isObject).map((tag) => html`<span class="chip" dir="auto">${String(tag.name)}</span> `)}`;
    default:
      return plain(field, value);
  }
}

function plain(field: Field, value: Json): Html {
  if (field.apiName === 'Stage') return html`<span class="chip" dir="auto">${String(value)}</span>`;
  return html`<span dir="auto">${typeof value === 'object' ? JSON.stringify(value) : linked(String(value))}</span>`;
}

/** A user's name, the address in its title. */
export function userName(visit: Visit, id: string): Html {
  const user = visit.org.users.get(id) ?? (visit.viewer.id === id ? visit.viewer : undefined);
  if (!user) return html`<span class="quiet">user ${id}</span>`;
  const state = user.status === 'active' ? '' : html` <small class="quiet">(not active)</small>`;
  return html`<span title="${String(user.email)}" dir="auto">${String(user.full_name)}</span>${state}`;
}

/** A link to a record by what it is called; says so when it is gone. */
export function recordLink(visit: Visit, moduleName: string, id: string, withModule = false): Html {
  const module = visit.org.module(moduleName);
  const row = module?.records.get(id);
  if (!module || !row) return html`<span class="quiet">${module?.singular ?? 'Record'} ${id}, which is gone</span>`;
  const kind = withModule ? html` <small class="quiet">${module.singular}</small>` : '';
  return html`<a href="${recordPath(visit.org, module.apiName, id)}" dir="auto">${titleOf(module, row)}</a>${kind}`;
}

/** What a lookup or value is sorted and searched by. */
export function plainValue(visit: Visit, field: Field, row: Row): string | number | undefined {
  const value = row[field.apiName];
  if (value === undefined || value === null || value === '') return undefined;
  if (field.type === 'ownerlookup') return String(visit.org.users.get(String(value))?.full_name ?? '');
  if (field.type === 'lookup' || field.type === 'multi_module_lookup') {
    const module = visit.org.module(field.lookup ?? String(row.$se_module ?? ''));
    const target = module?.records.get(String(value));
    return module && target ? nameOf(module, target) : undefined;
  }
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : String(value);
}
