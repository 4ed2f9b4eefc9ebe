import fs from 'node:fs';
import path from 'node:path';
import type { Json } from '../json.ts';
import type { Row } from '../store/table.ts';
import { addUser, type Org } from '../world/org.ts';
import { readLines } from './read-lines.ts';

type Source = Record<string, unknown>;

/** Seeded records other than deals were created then. */
const seededAt = Date.UTC(2022, 0, 1);

/** The folder with the NDJSON files: `folder` itself or its `crm`. Throws when neither has them. */
export function findSeedFolder(folder: string): string {
  for (const candidate of [folder, path.join(folder, 'crm')]) {
    if (fs.existsSync(path.join(candidate, 'contacts.ndjson')) || fs.existsSync(path.join(candidate, 'users.ndjson')))
      return candidate;
  }
  throw new Error(
    `${folder} holds no CRM to seed from: neither it nor its folder crm has users.ndjson or contacts.ndjson.`,
  );
}

/** Loads a CRM in the shape of the sample data into an empty org; gives the number of records. */
export function seedOrg(org: Org, folder: string, timeZone: string): number {
  const crm = findSeedFolder(folder);
  const file = (name: string) => path.join(crm, name);
  const load = (name: string, onRow: (row: Source) => void) =>
    fs.existsSync(file(name)) ? readLines(file(name), onRow) : 0;
  const ids = {
    users: new Map<string, string>(),
    accounts: new Map<string, string>(),
    contacts: new Map<string, string>(),
    deals: new Map<string, string>(),
  };
  let count = seedUsers(org, load, ids.users, timeZone);
  const admin = administratorOf(org);
  seedStages(org, file('settings.json'));
  const stages = new Map([...org.stages.rows()].map((stage) => [String(stage.name), Number(stage.probability)]));
  const people = { owner: (id: unknown) => ids.users.get(String(id)) ?? admin, admin };
  load('accounts.ndjson', (row) => ids.accounts.set(String(row.id), crmId(org, row)));
  const accounts = tableOf(org, 'Accounts');
  count += load('accounts.ndjson', (row) => accounts.put(accountRow(row, ids.accounts, people)));
  const contacts = tableOf(org, 'Contacts');
  count += load('contacts.ndjson', (row) => {
    const id = crmId(org, row);
    ids.contacts.set(String(row.id), id);
    contacts.put(contactRow(row, id, ids.accounts, people));
  });
  const leads = tableOf(org, 'Leads');
  count += load('leads.ndjson', (row) => leads.put(leadRow(row, crmId(org, row), people)));
  const deals = tableOf(org, 'Deals');
  count += load('deals.ndjson', (row) => {
    const id = crmId(org, row);
    ids.deals.set(String(row.id), id);
    deals.put(dealRow(row, id, ids.accounts, stages, people));
  });
  for (const name of ['deal-contact-roles.ndjson', 'contact-roles.ndjson']) count += load(name, roleLoader(org, ids));
  return count;
}

type People = { owner(id: unknown): string; admin: string };
type Load = (name: string, onRow: (row: Source) => void) => number;

function tableOf(org: Org, name: string) {
  const module = org.module(name);
  if (!module) throw new Error(`The org has no module ${name}`);
  return module.records;
}

/** The record id: the given one, else (a file without ids) a new one. */
function crmId(org: Org, row: Source): string {
  return typeof row.crmId === 'string' ? row.crmId : org.nextId();
}

const text = (value: unknown): Json => (typeof value === 'string' && value !== '' ? value : null);
const number = (value: unknown): Json => (typeof value === 'number' ? value : null);

/** The first active manager is the administrator. */
function seedUsers(org: Org, load: Load, ids: Map<string, string>, timeZone: string): number {
  const later: Source[] = [];
  const add = (row: Source, isAdministrator: boolean) => {
    const name = String(row.name ?? row.email ?? 'User');
    const split = name.indexOf(' ');
    const id = crmId(org, row);
    ids.set(String(row.id), id);
    addUser(org, {
      id,
      firstName: split < 0 ? '' : name.slice(0, split),
      lastName: split < 0 ? name : name.slice(split + 1),
      email: String(row.email ?? ''),
      isAdministrator,
      isActive: row.active !== false,
      timeZone,
      now: seededAt,
    });
  };
  const count = load('users.ndjson', (row) => later.push(row));
  const first =
    later.find((row) => row.role === 'manager' && row.active !== false) ?? later.find((row) => row.active !== false);
  for (const row of later) add(row, row === first);
  return count;
}

function administratorOf(org: Org): string {
  for (const user of org.users.rows()) if (user.profile === org.fixedId(11)) return user.id;
  const [first] = org.users.rows();
  if (first) return first.id;
  return addUser(org, {
    id: org.nextId(),
    firstName: 'Sandbox',
    lastName: 'Administrator',
    email: 'admin@sandbox.example',
    isAdministrator: true,
    isActive: true,
    timeZone: 'UTC',
    now: seededAt,
  }).id;
}

/** Stages and contact roles of settings.json come on top of the stock ones. */
function seedStages(org: Org, file: string): void {
  if (!fs.existsSync(file)) return;
  const settings = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    stages?: Record<string, string[]>;
    contactRoles?: string[];
  };
  const known = new Set([...org.stages.rows()].map((stage) => stage.name));
  const kinds = { open: ['Open', 50], won: ['Closed Won', 100], lost: ['Closed Lost', 0] } as const;
  for (const [kind, [forecastType, probability]] of Object.entries(kinds)) {
    for (const name of settings.stages?.[kind] ?? []) {
      if (known.has(name)) continue;
      org.stages.put({ id: org.nextId(), name, forecastType, probability, sequence: org.stages.size + 1 });
    }
  }
  for (const name of settings.contactRoles ?? []) roleId(org, name);
}

function roleId(org: Org, name: string): string {
  const known = org.roleCatalogue.find('name', name)[0];
  if (known) return known.id;
  const id = org.nextId();
  org.roleCatalogue.put({ id, name, sequence: org.roleCatalogue.size + 1 });
  return id;
}

function accountRow(row: Source, accountIds: Map<string, string>, people: People): Row {
  const domains = Array.isArray(row.domains) ? row.domains : [];
  const website = text(row.website) ?? (typeof domains[0] === 'string' ? `https://www.${domains[0]}` : null);
  const id = accountIds.get(String(row.id)) ?? '';
  return {
    id,
    Owner: people.owner(row.ownerId),
    Created_By: people.admin,
    Modified_By: people.admin,
    Created_Time: seededAt,
    Modified_Time: seededAt,
    Account_Name: text(row.name),
    Website: website,
    Phone: text(row.phone),
    Industry: text(row.industry),
    Annual_Revenue: typeof row.revenueMillionUsd === 'number' ? Math.round(row.revenueMillionUsd * 1e6) : null,
    Employees: number(row.employees),
    Billing_City: text(row.city),
    Billing_Country: text(row.country),
    Parent_Account: accountIds.get(String(row.parentId)) ?? null,
  };
}

function contactRow(row: Source, id: string, accountIds: Map<string, string>, people: People): Row {
  return {
    ...personRow(row, id, people),
    Title: text(row.title),
    Account_Name: accountIds.get(String(row.accountId)) ?? null,
  };
}

function leadRow(row: Source, id: string, people: People): Row {
  return { ...personRow(row, id, people), Company: text(row.company) };
}

/** What a contact and a lead have alike. */
function personRow(row: Source, id: string, people: People): Row {
  return {
    id,
    Owner: people.owner(row.ownerId),
    Created_By: people.admin,
    Modified_By: people.admin,
    Created_Time: seededAt,
    Modified_Time: seededAt,
    First_Name: text(row.firstName),
    Last_Name: text(row.lastName) ?? text(row.fullName) ?? '-',
    Full_Name: text(row.fullName) ?? `${row.firstName ?? ''} ${row.lastName ?? ''}`.trim(),
    Email: text(row.email),
    Secondary_Email: text(row.secondaryEmail),
    Phone: text(row.phone),
  };
}

function dealRow(
  row: Source,
  id: string,
  accountIds: Map<string, string>,
  stages: Map<string, number>,
  people: People,
): Row {
  const engaged =
    typeof row.engageDate === 'string' ? Date.parse(`${row.engageDate.slice(0, 10)}T00:00:00Z`) : Number.NaN;
  const createdAt = Number.isNaN(engaged) ? seededAt : engaged;
  const probability = stages.get(String(row.stage)) ?? 0;
  const amount = typeof row.amount === 'number' ? row.amount : null;
  return {
    id,
    Owner: people.owner(row.ownerId),
    Created_By: people.admin,
    Modified_By: people.admin,
    Created_Time: createdAt,
    Modified_Time: createdAt,
    Deal_Name: text(row.name),
    Stage: text(row.stage),
    Amount: amount,
    Closing_Date: text(row.closeDate),
    Account_Name: accountIds.get(String(row.accountId)) ?? null,
    Contact_Name: null,
    Probability: probability,
    Expected_Revenue: amount === null ? null : (amount * probability) / 100,
    Pipeline: 'Standard (Standard)',
  };
}

/** Roles of contacts on deals; the primary one is the deal's contact too. */
function roleLoader(
  org: Org,
  ids: { contacts: Map<string, string>; deals: Map<string, string> },
): (row: Source) => void {
  const deals = tableOf(org, 'Deals');
  const roleIds = new Map<string, string>();
  return (row) => {
    const dealId = ids.deals.get(String(row.dealId));
    const contactId = ids.contacts.get(String(row.contactId));
    if (dealId === undefined || contactId === undefined) return;
    const name = String(row.role ?? '');
    if (name !== '' && !roleIds.has(name)) roleIds.set(name, roleId(org, name));
    org.dealRoles.put({ id: `${dealId}:${contactId}`, dealId, contactId, roleId: roleIds.get(name) ?? null });
    const deal = row.isPrimary === true ? deals.get(dealId) : undefined;
    if (deal) deals.put({ ...deal, Contact_Name: contactId });
  };
}
