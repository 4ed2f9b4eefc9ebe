import { deleteContactRoles, putContactRoles } from '../api/contact-roles.ts';
import { deleteRecord } from '../api/delete-record.ts';
import { insertOne, type Outcome, updateOne } from '../api/write-records.ts';
import type { Reply } from '../http/failure.ts';
import { isList, isObject, type Json } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { moduleInputOf } from './edit-forms.ts';
import { isEditable } from './is-editable.ts';
import { fromWallTime } from './moments.ts';
import type { Refusal } from './record-page.ts';
import { forgetSource, noteSource } from './source-of-change.ts';
import { type Visit, writingCallOf } from './visit.ts';

/** The record that a form made or changed, or why it did not. */
export type Written = { row: Row } | { refusal: Refusal };

/** Makes a record from a form, with the checks and effects of an insert through the API. */
export function createRecord(visit: Visit, module: Module): Written {
  const input = readForm(visit, module, undefined);
  if ('refusal' in input) return input;
  const call = writingCallOf(visit);
  const context = { call, module, externals: { lookups: new Map() }, trigger: undefined };
  return finish(visit, module, insertOne(context, input.values, 0), true);
}

/** Changes the fields of a form, with the checks and effects of an update through the API. */
export function changeRecord(visit: Visit, module: Module, row: Row): Written {
  const input = readForm(visit, module, row);
  if ('refusal' in input) return input;
  if (Object.keys(input.values).length === 0) return { row };
  const values = withProbability(visit, module, input.values);
  const context = { call: writingCallOf(visit), module, externals: { lookups: new Map() }, trigger: undefined };
  return finish(visit, module, updateOne(context, values, 0, row.id), false);
}

/** A person who chooses another stage gets its probability with it. Source: Zoho CRM, Deals, Stage-Probability Mapping. */
function withProbability(visit: Visit, module: Module, values: Record<string, Json>): Record<string, Json> {
  if (module.apiName !== 'Deals' || values.Stage === undefined || values.Probability !== undefined) return values;
  for (const stage of visit.org.stages.rows()) {
    if (stage.name === values.Stage) return { ...values, Probability: Number(stage.probability) };
  }
  return values;
}

/** Moves a record to the recycle bin. */
export function removeRecord(visit: Visit, module: Module, row: Row): void {
  deleteRecord(writingCallOf(visit), module, row);
  forgetSource(visit.world, visit.org, module, row.id);
}

/** Gives a contact a role in a deal; the form names the contact by id or name. */
export function addContactRole(visit: Visit, deal: Row): Refusal | undefined {
  const contacts = visit.org.module('Contacts');
  const found = contacts && findByText(contacts, visit.form.get('contact') ?? '');
  if (!found || 'reason' in found) return { reason: found?.reason ?? 'There are no contacts.' };
  const body = JSON.stringify({ data: [{ Contact_Role: visit.form.get('role') ?? '' }] });
  return whyRefused(putContactRoles(writingCallOf(visit, { id: deal.id, contactId: found.row.id }, body)));
}

/** Takes a contact's role in a deal away. */
export function removeContactRole(visit: Visit, deal: Row): Refusal | undefined {
  return whyRefused(
    deleteContactRoles(writingCallOf(visit, { id: deal.id, contactId: visit.form.get('contact') ?? '' })),
  );
}

function whyRefused(reply: Reply): Refusal | undefined {
  if (reply.status < 400) return undefined;
  const first = isObject(reply.body) && isList(reply.body.data) ? reply.body.data[0] : undefined;
  return { reason: `The contact role was not changed: ${isObject(first) ? String(first.message) : 'invalid data'}.` };
}

/** What became of a write, in words where it was refused. */
export function finish(visit: Visit, module: Module, outcome: Outcome, isNew: boolean): Written {
  const { details } = outcome.body;
  const known = isObject(details) ? details : {};
  const row = outcome.isOk ? module.records.get(String(known.id)) : undefined;
  if (row) {
    noteSource(visit.world, visit.org, module, row, isNew);
    return { row };
  }
  const name = typeof known.api_name === 'string' ? known.api_name : undefined;
  const field = name === undefined ? undefined : visit.org.field(module, name);
  const reason = `Nothing was saved. ${field ? `${field.label}: ` : ''}${problemInWords(String(outcome.body.message), known)}`;
  return { refusal: { reason, ...(name === undefined ? {} : { field: name }) } };
}

function problemInWords(message: string, details: Record<string, Json | undefined>): string {
  if (details.maximum_length !== undefined)
    return `it is too long, at most ${String(details.maximum_length)} characters fit.`;
  if (details.expected_data_type !== undefined) return `this is no ${String(details.expected_data_type)}.`;
  if (isList(details.supported_values)) return `this is not one of ${details.supported_values.map(String).join(', ')}.`;
  return message === 'required field not found' ? 'it must not be empty.' : `${message}.`;
}

type Values = { values: Record<string, Json> } | { refusal: Refusal };

/** What a form says about the fields of a module, in the form in which the API takes it. Unchanged values are left out. */
function readForm(visit: Visit, module: Module, row: Row | undefined): Values {
  const values: Record<string, Json> = {};
  for (const field of visit.org.fields(module)) {
    const given = visit.form.get(field.apiName);
    if (given === null || (row && !isEditable(module, field))) continue;
    const text = given.replaceAll('\r\n', '\n');
    const isTyped = field.type === 'text' || field.type === 'textarea';
    const read = readField(visit, field, isTyped ? text : text.trim());
    if ('reason' in read)
      return { refusal: { reason: `Nothing was saved. ${field.label}: ${read.reason}`, field: field.apiName } };
    if (!row && read.value === null) continue;
    values[field.apiName] = read.value;
    if (field.type === 'multi_module_lookup') values.$se_module = visit.form.get(moduleInputOf(field.apiName)) ?? null;
  }
  if (row) for (const name of Object.keys(values)) if (isSame(row, name, values)) delete values[name];
  return { values };
}

/** True when the form holds what the record holds: an untouched input changes nothing. */
function isSame(row: Row, name: string, values: Record<string, Json>): boolean {
  const [held, given] = [row[name] ?? null, values[name] ?? null];
  if (name === '$se_module') return !('What_Id' in values) || isSame(row, 'What_Id', values);
  if (isObject(given)) return held === given.id && (name !== 'What_Id' || values.$se_module === row.$se_module);
  if (typeof held === 'number' && typeof given === 'string') return Date.parse(given) === held;
  return held === given || (held === null && (given === '' || given === false));
}

type Read = { value: Json } | { reason: string };

function readField(visit: Visit, field: Field, text: string): Read {
  if (text === '') return { value: null };
  switch (field.type) {
    case 'boolean':
      return { value: text === 'true' };
    case 'integer':
    case 'bigint':
    case 'currency':
    case 'double':
    case 'percent': {
      const number = Number(text.replaceAll(',', ''));
      return Number.isFinite(number) ? { value: number } : { reason: `“${text}” is no number.` };
    }
    case 'datetime': {
      const instant = fromWallTime(text, visit.zone);
      return instant === undefined ? { reason: `“${text}” is no date and time.` } : { value: instant };
    }
    case 'ownerlookup':
      return { value: { id: text } };
    case 'lookup':
      return readLookup(visit, field.lookup ?? '', text);
    case 'multi_module_lookup':
      return readLookup(visit, visit.form.get(moduleInputOf(field.apiName)) ?? '', text, field.apiName === 'Parent_Id');
    default:
      return { value: text };
  }
}

function readLookup(visit: Visit, moduleName: string, text: string, isParent = false): Read {
  const module = visit.org.module(moduleName);
  if (!module) return { reason: 'choose a module.' };
  const found = findByText(module, text);
  if ('reason' in found) return found;
  return { value: isParent ? { id: found.row.id, module: { api_name: module.apiName } } : { id: found.row.id } };
}

/** The one record with that id or name. */
export function findByText(module: Module, given: string): { row: Row } | { reason: string } {
  const text = given.trim();
  const byId = module.records.get(text);
  if (byId) return { row: byId };
  const wanted = text.toLowerCase();
  const found: Row[] = [];
  for (const row of module.records.rows()) {
    const name = row[module.nameField];
    if (typeof name === 'string' && name.toLowerCase() === wanted) found.push(row);
    if (found.length > 1) break;
  }
  const [only] = found;
  if (!only) return { reason: `no ${module.singular.toLowerCase()} has the name or id “${text}”.` };
  if (found.length > 1) return { reason: `several ${module.plural.toLowerCase()} are called “${text}”; give the id.` };
  return { row: only };
}
