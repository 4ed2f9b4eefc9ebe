import { canonicalEmail } from '../domain/canonical-email.ts';
import { canonicalPhone } from '../domain/canonical-phone.ts';
import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { parseCrmTime } from '../zoho/crm-time.ts';
import type { CrmUser } from '../zoho/metadata.ts';
import { lookupId } from './lookup-id.ts';

/** Zoho's records in our own words: a row of the mirror and what the record is found by. */

export type FoundBy = { recordId: string; kind: 'email' | 'phone' | 'domain'; key: string; base: string };

/** Columns that the mirror asks Zoho for, by module. */
export const MIRROR_FIELDS = {
  Contacts: [
    'Full_Name',
    'First_Name',
    'Last_Name',
    'Email',
    'Secondary_Email',
    'Phone',
    'Mobile',
    'Title',
    'Account_Name',
    'Owner',
    'Created_Time',
    'Modified_Time',
  ],
  Leads: [
    'Full_Name',
    'First_Name',
    'Last_Name',
    'Company',
    'Email',
    'Secondary_Email',
    'Phone',
    'Mobile',
    'Owner',
    'Created_Time',
    'Modified_Time',
  ],
  Accounts: ['Account_Name', 'Website', 'Parent_Account', 'Owner', 'Created_Time', 'Modified_Time'],
  Deals: [
    'Deal_Name',
    'Account_Name',
    'Contact_Name',
    'Stage',
    'Pipeline',
    'Amount',
    'Closing_Date',
    'Owner',
    'Created_Time',
    'Modified_Time',
  ],
} as const;

export function toMirrorUser(user: CrmUser) {
  return { id: user.id, name: user.name, email: user.email, isActive: user.isActive, isConfirmed: user.isConfirmed };
}

export function userKeys(user: CrmUser): FoundBy[] {
  return emailKeys(user.id, [user.email]);
}

export function toMirrorContact(record: CrmRecord) {
  return {
    ...person(record),
    title: text(record.Title),
    accountId: lookupId(record.Account_Name),
  };
}

export function toMirrorLead(record: CrmRecord) {
  return { ...person(record), company: text(record.Company) };
}

/** Addresses and phone numbers of a contact or lead; primary and secondary address are equal. */
export function personKeys(record: CrmRecord): FoundBy[] {
  return [
    ...emailKeys(record.id, [text(record.Email), text(record.Secondary_Email)]),
    ...phoneKeys(record.id, [text(record.Phone), text(record.Mobile)]),
  ];
}

export function toMirrorAccount(record: CrmRecord) {
  return {
    id: record.id,
    name: text(record.Account_Name) ?? record.id,
    website: text(record.Website),
    parentId: lookupId(record.Parent_Account),
    ...ownedAndTimed(record),
  };
}

/** The mail domain that an account's website names. */
export function accountKeys(record: CrmRecord): FoundBy[] {
  const domain = websiteDomain(text(record.Website));
  return domain === null ? [] : [{ recordId: record.id, kind: 'domain', key: domain, base: domain }];
}

/** `isOpen` comes from the org's own stages; a stage that metadata does not list counts as open unless its name says closed. */
export function toMirrorDeal(record: CrmRecord, stages: ReadonlyMap<string, boolean>) {
  const stage = text(record.Stage) ?? '';
  return {
    id: record.id,
    name: text(record.Deal_Name) ?? record.id,
    accountId: lookupId(record.Account_Name),
    contactId: lookupId(record.Contact_Name),
    stage,
    isOpen: stages.get(stage) ?? !/^closed/i.test(stage),
    pipeline: text(record.Pipeline),
    amount: typeof record.Amount === 'number' ? record.Amount : null,
    currency: text(record.Currency),
    closingDate: dayOf(record.Closing_Date),
    ...ownedAndTimed(record),
  };
}

function person(record: CrmRecord) {
  const parts = [text(record.First_Name), text(record.Last_Name)].filter((part) => part !== null);
  return {
    id: record.id,
    name: text(record.Full_Name) ?? (parts.length > 0 ? parts.join(' ') : record.id),
    email: text(record.Email),
    phone: text(record.Phone) ?? text(record.Mobile),
    ...ownedAndTimed(record),
  };
}

function ownedAndTimed(record: CrmRecord) {
  return {
    ownerId: lookupId(record.Owner),
    createdAt: isoTime(record.Created_Time),
    modifiedAt: isoTime(record.Modified_Time),
  };
}

function emailKeys(recordId: string, addresses: (string | null)[]): FoundBy[] {
  return addresses.flatMap((address) => {
    const email = canonicalEmail(address);
    return email === null ? [] : [{ recordId, kind: 'email' as const, key: email.email, base: email.base }];
  });
}

function phoneKeys(recordId: string, numbers: (string | null)[]): FoundBy[] {
  return numbers.flatMap((number) => {
    const key = canonicalPhone(number);
    return key === null ? [] : [{ recordId, kind: 'phone' as const, key, base: key }];
  });
}

function websiteDomain(website: string | null): string | null {
  if (website === null) return null;
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(website) ? website : `https://${website}`;
  if (!URL.canParse(address)) return null;
  const host = new URL(address).hostname.toLowerCase().replace(/^www\./, '');
  return host.includes('.') ? host : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function isoTime(value: unknown): string | null {
  const moment = typeof value === 'string' ? parseCrmTime(value) : null;
  return moment === null ? null : new Date(moment).toISOString();
}

function dayOf(value: unknown): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}
