import type { Problem } from '../http/failure.ts';
import type { Json } from '../json.ts';
import { layoutRules, type ValidationRule } from '../world/layout-rules.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';

/** True for a field that the layout makes mandatory; whether that binds the API is a switch. */
export function isRequiredByLayout(call: Call, module: Module, apiName: string): boolean {
  return call.world.switches.isOn('layoutMandatoryByApi') && layoutRules(call.org, module).required.includes(apiName);
}

/** The first validation rule that a written value breaks. Whether rules bind the API is a switch. */
export function brokenRule(
  call: Call,
  module: Module,
  values: Record<string, Json>,
  path: string,
): Problem | undefined {
  if (!call.world.switches.isOn('validationRulesByApi')) return undefined;
  const broken = layoutRules(call.org, module).rules.find((rule) => {
    const value = values[rule.field];
    return value !== undefined && value !== null && !keeps(rule, value);
  });
  if (!broken) return undefined;
  const details = { api_name: broken.field, json_path: `${path}.${broken.field}` };
  return { code: 'INVALID_DATA', message: broken.message, details };
}

function keeps(rule: ValidationRule, value: Json): boolean {
  if (rule.matches !== undefined && !new RegExp(rule.matches, 'u').test(String(value))) return false;
  if (rule.minimum !== undefined && !(Number(value) >= rule.minimum)) return false;
  return rule.maximum === undefined || Number(value) <= rule.maximum;
}
