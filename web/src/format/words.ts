import type { CrmModule, MatchKind, NeedsYouCause } from '../api/types.ts';

/** The words that people read, in one place, so that one thing has one name on every page. */

export const moduleWords: Record<CrmModule, { one: string; many: string; title: string }> = {
  contacts: { one: 'contact', many: 'contacts', title: 'Contacts' },
  leads: { one: 'lead', many: 'leads', title: 'Leads' },
  accounts: { one: 'account', many: 'accounts', title: 'Accounts' },
  deals: { one: 'deal', many: 'deals', title: 'Deals' },
};

export const matchWords: Record<MatchKind, string> = {
  internal: 'Colleague',
  matched: 'Found in Zoho',
  ambiguous: 'More than one person fits',
  account_by_domain: 'Company found by its domain',
  unknown: 'Zoho withholds this',
  unmatched: 'Not in Zoho',
};

export const publishedAsWords: Record<'primary' | 'contact' | 'participant' | 'note', string> = {
  primary: 'Main record of the event',
  contact: 'Contact of the event',
  participant: 'Participant of the event',
  note: 'Has the summary note',
};

const causeWords: Record<NeedsYouCause, { title: string; explanation: string }> = {
  ambiguous: { title: 'Who is it?', explanation: 'Several people in Zoho share an address. Say who took part.' },
  nobody_matched: { title: 'Nobody found', explanation: 'No participant is in Zoho yet. The meeting is held.' },
  too_many_deals: {
    title: 'Too many deals',
    explanation: 'More deals than your policy allows. Choose the right ones.',
  },
  failed: { title: 'Failed', explanation: 'Zoho refused something. Nothing was lost.' },
  different: { title: 'Changed in Zoho', explanation: 'What is in Zoho differs from what was written.' },
  edited_block: {
    title: 'Our text edited',
    explanation: 'Somebody changed our part of a description in Zoho. Keep theirs, or write ours again.',
  },
  mandatory_field: {
    title: 'A field is demanded',
    explanation: 'Zoho wants a field filled that no meeting has. One value lets all of them out.',
  },
  unique_value: {
    title: 'Value taken',
    explanation: 'A field has to be unique in Zoho, and another record has the same value.',
  },
  pick_value: { title: 'Value not listed', explanation: 'A pick list in Zoho does not have the value.' },
  validation_rule: { title: 'Refused by a rule', explanation: 'A rule of your Zoho org refused a value.' },
  record_blocked: {
    title: 'Record locked',
    explanation: 'A record takes nothing new for now. It is tried again by itself.',
  },
  record_hidden: {
    title: 'Record hidden',
    explanation: 'Zoho does not show a record to the connected user. It is tried again by itself.',
  },
  deleted_in_crm: {
    title: 'Deleted in Zoho',
    explanation: 'Somebody deleted the event. It is written again only when you ask.',
  },
  calendar_event_unsure: {
    title: 'Which event is it?',
    explanation: 'The calendar may have put this meeting into Zoho already. Nothing is written until you say.',
  },
  two_events: {
    title: 'Two events',
    explanation: 'The calendar has put a second event beside ours. Move everything there, or keep both.',
  },
};

/** Words of a question's kind; one that this page is too old to know keeps its own name. */
export function wordsOfCause(cause: string): { title: string; explanation: string } {
  const known = (causeWords as Partial<Record<string, { title: string; explanation: string }>>)[cause];
  if (known !== undefined) return known;
  const name = cause.replaceAll('_', ' ');
  return { title: name.charAt(0).toUpperCase() + name.slice(1), explanation: 'Open the meeting to decide it.' };
}

/** Why a considered link was not made, in two or three words. */
export const notLinkedWords: Record<string, string> = {
  excluded: 'Excluded by a person',
  ambiguous: 'Needs a choice',
  outranked: 'A better match exists',
  closed: 'Closed',
  outside_window: 'Not open around that date',
  other_pipeline: 'Other pipeline',
  over_limit: 'Over the limit',
  ask_above_limit: 'Too many to guess',
  roles_unknown: 'Roles still loading',
  domain_match_off: 'Domain match is off',
};
