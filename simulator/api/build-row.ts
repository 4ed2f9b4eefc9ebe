import type { Problem } from '../http/failure.ts';
import { isList, type Json, type JsonObject } from '../json.ts';
import { baseCurrency, currencyFields, rateOf } from '../metadata/currencies.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';
import { checkParticipants, checkTimes, checkWhat, checkWhoBesideWhat, spreadContacts } from './check-event.ts';
import { brokenRule, isRequiredByLayout } from './check-layout.ts';
import { type CheckContext, checkValue } from './check-value.ts';
import { findDuplicates } from './find-duplicates.ts';
import { isRemoved } from './render-record.ts';
import { namesOfTags, tagsNamed } from './tags.ts';

export type Built = { row: Row } | { problem: Problem };

/**
 * Makes the row that an insert (`existing` undefined) or an update would store, or says what forbids it.
 * Unknown and read-only keys are ignored, as Zoho ignores them. `path` is where the input stands in the body.
 */
export function buildRow(context: CheckContext, given: JsonObject, existing: Row | undefined, path: string): Built {
  const input = spreadContacts(context, given, existing);
  const { call, module } = context;
  const values: Record<string, Json> = {};
  for (const field of call.org.fields(module)) {
    const value = input[field.apiName];
    if (value === undefined || isSpecial(field) || field.isReadOnly) continue;
    if (isCurrencyField(field) && isRemoved(call, module, field.apiName)) continue;
    if (field.type === 'ownerlookup' && value === null) continue;
    const checked = checkValue(context, field, value === '' ? null : value, `${path}.${field.apiName}`);
    if ('problem' in checked) return checked;
    values[field.apiName] = checked.value;
  }
  const special = checkSpecial(context, input, existing, path);
  if ('problem' in special) return special;
  Object.assign(values, special.values);
  const missing = findMissing(call, module, values, existing, path);
  const refused = missing ?? brokenRule(call, module, values, path);
  if (refused) return { problem: refused };
  const row = stamp(call, module, values, existing);
  const problem = checkWhole(context, row, path) ?? findDuplicates(call, module, row, existing, path);
  return problem ? { problem } : { row };
}

const isCurrencyField = (field: Field) => currencyFields.includes(field.apiName);

function isSpecial(field: Field): boolean {
  return (
    field.type === 'participants' ||
    field.type === 'multi_module_lookup' ||
    field.type === 'tags' ||
    field.type === 'multiselectlookup'
  );
}

function checkSpecial(
  context: CheckContext,
  input: JsonObject,
  existing: Row | undefined,
  path: string,
): { values: Record<string, Json> } | { problem: Problem } {
  const values: Record<string, Json> = {};
  const { call, module } = context;
  if (call.org.field(module, 'What_Id')) {
    const what = checkWhat(context, input, existing, path);
    if ('problem' in what) return what;
    Object.assign(values, what.values);
  }
  if (module.apiName === 'Events' && input.Participants !== undefined) {
    const participants = checkParticipants(context, input.Participants, existing, path);
    if ('problem' in participants) return participants;
    Object.assign(values, participants.values);
  }
  if (isList(input.Tag)) values.Tag = tagsNamed(call, module, namesOfTags(input.Tag));
  return { values };
}

function findMissing(
  call: Call,
  module: Module,
  values: Record<string, Json>,
  existing: Row | undefined,
  path: string,
): Problem | undefined {
  for (const field of call.org.fields(module)) {
    // The parent of a note is checked where notes are built, with errors of its own.
    if (field.apiName === 'Parent_Id') continue;
    const isClosingDate = module.apiName === 'Deals' && field.apiName === 'Closing_Date';
    const isOfLayout = isRequiredByLayout(call, module, field.apiName);
    const isNeeded =
      field.isMandatory || isOfLayout || (isClosingDate && call.world.switches.isOn('closingDateMandatory'));
    if (!isNeeded) continue;
    const value = values[field.apiName];
    const isJudged = isOfLayout && call.world.switches.text('mandatoryOnUpdate') === 'when-empty';
    if (value === undefined && existing !== undefined) {
      if (!isJudged || !isEmpty(existing[field.apiName])) continue;
    } else if (!isEmpty(value)) continue;
    return {
      code: 'MANDATORY_NOT_FOUND',
      message: 'required field not found',
      details: { api_name: field.apiName, json_path: `${path}.${field.apiName}` },
    };
  }
  return undefined;
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (isList(value) && value.length === 0);

function checkWhole(context: CheckContext, row: Row, path: string): Problem | undefined {
  if (context.module.apiName === 'Events') return checkTimes(row, path) ?? checkWhoBesideWhat(context, row, path);
  return undefined;
}

function stamp(call: Call, module: Module, values: Record<string, Json>, existing: Row | undefined): Row {
  const base: Row = existing ?? {
    id: call.org.nextId(),
    Owner: call.user.id,
    Created_By: call.user.id,
    Created_Time: call.now,
  };
  const money = currencyOf(call, module, values, existing);
  const row = { ...base, ...values, ...money, Modified_By: call.user.id, Modified_Time: call.now };
  // Another stage brings its own probability, unless one was given beside it. Source: Zoho CRM, Stage-Probability Mapping.
  const isMoved = values.Stage !== undefined && values.Stage !== existing?.Stage && values.Probability === undefined;
  return { ...row, ...derived(call, module, isMoved ? { ...row, Probability: null } : row) };
}

/** A record with amounts has a currency and its rate from the start; another currency brings its own rate. */
function currencyOf(call: Call, module: Module, values: Record<string, Json>, existing: Row | undefined): JsonObject {
  if (call.org.field(module, 'Currency')?.isCustom !== false || isRemoved(call, module, 'Currency')) return {};
  const Currency = values.Currency ?? existing?.Currency ?? baseCurrency;
  const isNew = !existing || existing.Currency !== Currency;
  return {
    Currency,
    Exchange_Rate: values.Exchange_Rate ?? (isNew ? rateOf(String(Currency)) : existing.Exchange_Rate),
  };
}

/** Values that Zoho works out from others. */
function derived(call: Call, module: Module, row: Row): JsonObject {
  if (module.apiName === 'Contacts' || module.apiName === 'Leads') {
    return { Full_Name: `${row.First_Name ?? ''} ${row.Last_Name ?? ''}`.trim() };
  }
  if (module.apiName !== 'Deals') return {};
  const stage = [...call.org.stages.rows()].find((one) => one.name === row.Stage);
  const probability = typeof row.Probability === 'number' ? row.Probability : Number(stage?.probability ?? 0);
  const amount = typeof row.Amount === 'number' ? row.Amount : null;
  return {
    Probability: probability,
    Expected_Revenue: amount === null ? null : (amount * probability) / 100,
    Pipeline: row.Pipeline ?? 'Standard (Standard)',
  };
}
