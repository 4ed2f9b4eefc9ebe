import type { Table } from '../store/table.ts';
import type { Module, Org } from './org.ts';

/** A validation rule on one field of a layout. */
export type ValidationRule = { field: string; matches?: string; minimum?: number; maximum?: number; message: string };

/** What an administrator has put on a layout: fields that must be filled, rules that values must keep. */
export type LayoutRules = { required: readonly string[]; rules: readonly ValidationRule[] };

const none: LayoutRules = { required: [], rules: [] };

/** The rules of a module's layout; empty in a stock org. */
export function layoutRules(org: Org, module: Module): LayoutRules {
  const table = tableOf(org);
  const row = table.size === 0 ? undefined : table.get(module.apiName);
  return row ? (JSON.parse(String(row.rules)) as LayoutRules) : none;
}

/** Replaces the rules of a module's layout. */
export function setLayoutRules(org: Org, module: Module, rules: LayoutRules): void {
  tableOf(org).put({ id: module.apiName, rules: JSON.stringify(rules) });
}

const tableOf = (org: Org): Table => org.table('layout-rules');
