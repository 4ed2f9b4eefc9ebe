import { clockText, dayText } from '../../../format/moments.ts';

/** A field of something that will be written: how people call it, and its value before and after as text. */
export type PlanField = {
  name: string;
  label: string;
  before: string | null;
  after: string | null;
  isChanged: boolean;
};

const labels: Record<string, string> = {
  title: 'Title',
  startsAt: 'Start',
  endsAt: 'End',
  timeZone: 'Time zone',
  ownerUserId: 'Owner',
  owner: 'Owner',
  venue: 'Place',
  description: 'Description',
  primary: 'About',
  contactId: 'Contact',
  contact: 'Contact',
  participants: 'Participants',
  activityType: 'Activity type',
  aiScorePercent: 'AI Score',
  recordingUrl: 'Recording',
  parent: 'On',
  content: 'Text',
};

/** Only for machines, or said elsewhere on the page. */
const hidden = new Set(['meetingId', 'timeZone', 'slot', 'key', 'organizerKey']);

/** Ids that only Zoho can name: they matter where they change. */
const shownIfChanged = new Set(['ownerUserId']);

const order = Object.keys(labels);

/**
 * Fields of a planned write in the order in which people read them; empty ones are left out. `recordNames`: names of records by
 * `module/id`, for what a write says by id only.
 */
export function planFields(
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
  changed: string[],
  recordNames: ReadonlyMap<string, string> = new Map(),
): PlanField[] {
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])]
    .filter((name) => !hidden.has(name))
    .sort((a, b) => place(a) - place(b));
  return names
    .map((name) => ({
      name,
      label: labels[name] ?? plainWords(name),
      before: before === null ? null : valueText(name, before[name], recordNames),
      after: after === null ? null : valueText(name, after[name], recordNames),
      isChanged: before !== null && after !== null && changed.includes(name),
    }))
    .filter((field) => field.before !== null || field.after !== null)
    .filter((field) => field.isChanged || !shownIfChanged.has(field.name));
}

const place = (name: string) => (order.indexOf(name) === -1 ? order.length : order.indexOf(name));

/** `aiScorePercent` → `Ai score percent`, `Event_Title` → `Event title` */
function plainWords(name: string): string {
  const words = name
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueText(name: string, value: unknown, recordNames: ReadonlyMap<string, string>): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (name === 'aiScorePercent') return `${String(value)} %`;
  if (name === 'contactId') return recordNames.get(`contacts/${String(value)}`) ?? String(value);
  if (name === 'startsAt' || name === 'endsAt') return momentText(value);
  if (Array.isArray(value))
    return value.length === 0 ? null : value.map((item) => itemText(item, recordNames)).join(', ');
  if (typeof value === 'object') return itemText(value, recordNames);
  return String(value);
}

function momentText(value: unknown): string {
  const date = new Date(typeof value === 'number' ? value : String(value));
  if (Number.isNaN(date.getTime())) return String(value);
  return `${dayText(date.toISOString())}, ${clockText(date.toISOString())}`;
}

function itemText(value: unknown, recordNames: ReadonlyMap<string, string>): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const item = value as Record<string, unknown>;
  const best =
    recordNames.get(`${String(item.module)}/${String(item.id)}`) ??
    item.name ??
    item.label ??
    item.email ??
    item.module;
  return best === undefined || best === null ? JSON.stringify(value) : String(best);
}
