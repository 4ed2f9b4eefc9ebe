import { isEqual } from './is-equal.ts';
import { participantEntryKey } from './kept.ts';
import type { Capabilities, EventContent, WrittenEvent } from './sync-plan.ts';

/** The parts of an event of which the CRM is thought to tell those whom a person has invited to it. */
const TOLD_PARTS = {
  title: ['title'],
  time: ['startsAt', 'endsAt', 'timeZone'],
  participants: ['participants'],
} as const satisfies Record<string, readonly (keyof EventContent)[]>;

/**
 * Whether a change of the event might mail somebody: a person has put people on it in the CRM, who may be invited, and nobody has seen
 * that updates stay silent. We ourselves never invite.
 */
export function mightMail(event: WrittenEvent | null, { areUpdatesSilent }: Capabilities): boolean {
  return event !== null && areUpdatesSilent !== true && event.goneAt === null && (event.kept?.added.length ?? 0) > 0;
}

/** Entries that may stand among the participants while nobody may be added; undefined: everybody may. */
export function entriesThere(event: WrittenEvent | null, capabilities: Capabilities): ReadonlySet<string> | undefined {
  if (event === null || !mightMail(event, capabilities)) return undefined;
  return new Set(event.content.participants.map(participantEntryKey));
}

/** The event as it may be written without mailing anybody, and what is held back for that, in a sentence. */
export function holdBackMails(
  wanted: EventContent,
  event: WrittenEvent | null,
  capabilities: Capabilities,
): { content: EventContent; held: string[] } {
  if (event === null || !mightMail(event, capabilities)) return { content: wanted, held: [] };
  const content = { ...wanted };
  const held: string[] = [];
  for (const [word, parts] of Object.entries(TOLD_PARTS)) {
    if (parts.every((part) => isEqual(wanted[part], event.content[part]))) continue;
    for (const part of parts) Object.assign(content, { [part]: event.content[part] });
    held.push(word);
  }
  if (held.length === 0) return { content, held };
  const what = held.length < 3 ? held.join(' and ') : `${held.slice(0, -1).join(', ')} and ${held.at(-1)}`;
  return {
    content,
    held: [
      `The event keeps its ${what}, because Zoho might mail the people whom somebody has put on it there: try out whether Zoho mails, or change it in Zoho.`,
    ],
  };
}
