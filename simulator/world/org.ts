import type { Edition } from '../metadata/editions.ts';
import { findEdition } from '../metadata/editions.ts';
import type { Field, FieldShape } from '../metadata/field.ts';
import { stockContactRoles, stockStages } from '../metadata/pick-lists.ts';
import { type ModuleShape, stockModules } from '../metadata/stock-modules.ts';
import type { Store } from '../store/store.ts';
import type { Row, Table } from '../store/table.ts';

/** The three kinds of org that the consent page offers. */
export type Environment = 'production' | 'sandbox' | 'developer';

export const environments: readonly Environment[] = ['production', 'sandbox', 'developer'];

/** A module of an org, with its ids and the table of its records. */
export type Module = ModuleShape & { id: string; layoutId: string; records: Table };

/** One CRM organization: metadata, people and records. All its state is in tables of the store. */
export type Org = {
  key: string;
  dc: string;
  environment: Environment;
  id: string;
  zgid: string;
  name: string;
  edition: Edition;
  readonly modules: readonly Module[];
  /** The module of that API name, in any letter case. */
  module(name: string): Module | undefined;
  /** Adds a module that a customer makes; its API name must be free. */
  addModule(shape: ModuleShape): Module;
  /** All fields of a module: the stock ones, then those that were created. */
  fields(module: Module): readonly Field[];
  field(module: Module, apiName: string): Field | undefined;
  addField(module: Module, field: FieldShape): Field;
  /** Takes a created field away; what records hold in it is the caller's to remove. */
  removeField(id: string): void;
  /** A new record id, never given out before. */
  nextId(): string;
  /** A fixed id of this org, for metadata. */
  fixedId(number: number): string;
  users: Table;
  dealRoles: Table;
  roleCatalogue: Table;
  stages: Table;
  deleted: Table;
  table(name: string): Table;
};

export const profileNumbers = { administrator: 11, standard: 12 } as const;
export const roleNumbers = { ceo: 21, manager: 22 } as const;

const firstRecordNumber = 1_000_000;
const idBlock = 1000;

/** Opens the org of a data centre and environment; stock rows are added when it is new. */
export function openOrg(
  store: Store,
  options: { dc: string; dcIndex: number; environment: Environment; edition: string },
): Org {
  const { dc, environment } = options;
  const key = `${dc}/${environment}`;
  const prefix = `9${String(options.dcIndex + 1).padStart(2, '0')}${String(environments.indexOf(environment) + 1).padStart(4, '0')}`;
  const fixedId = (number: number) => prefix + String(number).padStart(12, '0');
  const table = (name: string) => store.table(`${key}/${name}`);
  const edition = findEdition(options.edition);
  if (!edition) throw new Error(`Unknown edition ${options.edition}`);
  const customModules = table('modules');
  const modulesOf = moduleReader(customModules, (shape, index) => ({
    ...shape,
    id: fixedId(101 + index),
    layoutId: fixedId(301 + index),
    records: table(shape.apiName),
  }));
  const customFields = table('fields');
  const fieldsOf = fieldReader(() => modulesOf().list, customFields, fixedId);
  const nextId = idGiver(store.table('meta'), key, fixedId);
  const dealRoles = table('deal-roles');
  const deleted = table('deleted');
  deleted.declareIndex('module', (row) => [String(row.module)]);
  table('users').declareIndex('email', (row) => [String(row.email).toLowerCase()]);

  const org: Org = {
    key,
    dc,
    environment,
    id: fixedId(1),
    zgid: String(70_000_000 + options.dcIndex * 10 + environments.indexOf(environment)),
    name: environment === 'production' ? 'Zoho CRM Simulator' : `Zoho CRM Simulator (${environment})`,
    edition,
    get modules() {
      return modulesOf().list;
    },
    module: (name) => modulesOf().byName.get(name.toLowerCase()),
    addModule(shape) {
      customModules.put({ id: String(customModules.size + 1).padStart(4, '0'), shape: JSON.stringify(shape) });
      const added = modulesOf().byName.get(shape.apiName.toLowerCase());
      if (!added) throw new Error(`The module ${shape.apiName} was not added`);
      return added;
    },
    fields: (module) => fieldsOf(module).list,
    field: (module, apiName) => fieldsOf(module).byName.get(apiName),
    addField(module, shape) {
      const field: Field = { ...shape, id: nextId() };
      customFields.put({ id: field.id, module: module.apiName, field: JSON.stringify(field) });
      return field;
    },
    removeField: (id) => {
      customFields.remove(id);
    },
    nextId,
    fixedId,
    users: table('users'),
    dealRoles,
    roleCatalogue: table('role-catalogue'),
    stages: table('stages'),
    deleted,
    table,
  };
  return org;
}

/** Fills an org that has no user yet: one administrator, stock stages and contact roles. */
export function addStockRows(org: Org, options: { timeZone: string; now: number; hasAdministrator: boolean }): void {
  if (options.hasAdministrator && org.users.size === 0) {
    addUser(org, {
      id: org.nextId(),
      firstName: 'Sandbox',
      lastName: 'Administrator',
      email: 'admin@sandbox.example',
      isAdministrator: true,
      isActive: true,
      timeZone: options.timeZone,
      now: options.now,
    });
  }
  if (org.stages.size === 0) {
    stockStages.forEach((stage, index) => {
      org.stages.put({ id: org.fixedId(501 + index), ...stage, sequence: index + 1 });
    });
  }
  if (org.roleCatalogue.size === 0) {
    stockContactRoles.forEach((name, index) => {
      org.roleCatalogue.put({ id: org.fixedId(601 + index), name, sequence: index + 1 });
    });
  }
}

export type NewUser = {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  isAdministrator: boolean;
  isActive: boolean;
  timeZone: string;
  now: number;
};

/** Adds a confirmed user. */
export function addUser(org: Org, user: NewUser): Row {
  const row: Row = {
    id: user.id,
    first_name: user.firstName === '' ? null : user.firstName,
    last_name: user.lastName,
    full_name: `${user.firstName} ${user.lastName}`.trim(),
    email: user.email,
    profile: org.fixedId(user.isAdministrator ? profileNumbers.administrator : profileNumbers.standard),
    role: org.fixedId(user.isAdministrator ? roleNumbers.ceo : roleNumbers.manager),
    status: user.isActive ? 'active' : 'inactive',
    confirm: true,
    zuid: String(60_000_000 + org.users.size + 1),
    time_zone: user.timeZone,
    created_time: user.now,
  };
  org.users.put(row);
  return row;
}

/** True for a user whose profile is Administrator. */
export function isAdministrator(org: Org, user: Row): boolean {
  return user.profile === org.fixedId(profileNumbers.administrator);
}

function declareIndexes(module: Module): void {
  const { records, apiName } = module;
  records.declareIndex('Email', (row) => emailKeys(row.Email));
  records.declareIndex('anyEmail', (row) => [...emailKeys(row.Email), ...emailKeys(row.Secondary_Email)]);
  if (apiName === 'Events') {
    records.declareIndex('participant', (row) =>
      Array.isArray(row.Participants) ? row.Participants.map((one) => String(one.participant)) : [],
    );
  }
}

function emailKeys(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value.trim().toLowerCase()] : [];
}

type ModuleSet = { list: readonly Module[]; byName: Map<string, Module>; rows: readonly Row[] };

/** Stock modules, then those that were made, in the order of their making. A module stays the same object. */
function moduleReader(custom: Table, make: (shape: ModuleShape, index: number) => Module): () => ModuleSet {
  const made = new Map<string, Module>();
  let held: ModuleSet | undefined;
  const build = (rows: readonly Row[]): ModuleSet => {
    const created = rows.map((row) => JSON.parse(String(row.shape)) as ModuleShape);
    const list = [...stockModules, ...created].map((shape, index) => {
      const key = `${index}/${shape.apiName}/${shape.fields.length}`;
      const known = made.get(key);
      if (known) return known;
      const module = make(shape, index);
      declareIndexes(module);
      made.set(key, module);
      return module;
    });
    return { list, byName: new Map(list.map((module) => [module.apiName.toLowerCase(), module])), rows };
  };
  return () => {
    if (held && custom.size === held.rows.length && (custom.size === 0 || isSame([...custom.byId()], held.rows)))
      return held;
    held = build([...custom.byId()]);
    return held;
  };
}

function isSame(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}

type FieldSet = { list: readonly Field[]; byName: Map<string, Field>; rows: readonly Row[] };

function fieldReader(
  modules: () => readonly Module[],
  custom: Table,
  fixedId: (number: number) => string,
): (module: Module) => FieldSet {
  const cache = new Map<string, FieldSet>();
  return (module) => {
    const held = cache.get(module.apiName);
    const customRows = custom.find('module', module.apiName);
    if (held && isSame(held.rows, customRows)) return held;
    const moduleIndex = modules().indexOf(module);
    const stock = module.fields.map((shape, index) => ({ ...shape, id: fixedId(1001 + moduleIndex * 200 + index) }));
    const created = customRows.map((row) => JSON.parse(String(row.field)) as Field);
    const list = [...stock, ...created];
    const next = { list, byName: new Map(list.map((field) => [field.apiName, field])), rows: customRows };
    cache.set(module.apiName, next);
    return next;
  };
}

function idGiver(meta: Table, key: string, fixedId: (number: number) => string): () => string {
  const rowId = `ids/${key}`;
  let next = 0;
  let end = 0;
  return () => {
    const reserved = Number(meta.get(rowId)?.end ?? firstRecordNumber);
    // A reset or restore moves the mark back; ids must still never come twice.
    if (next >= end || reserved < end) {
      next = Math.max(next, reserved);
      end = next + idBlock;
      meta.put({ id: rowId, end });
    }
    return fixedId(next++);
  };
}
