import { toPlainText } from './description-block.ts';
import type { KeptNote } from './kept.ts';
import { EVENT_LINK, type NoteContent } from './sync-plan.ts';

/** A note as it is in the CRM. `content` may be cut by the list it was read from. */
export type TheirNote = { title: string; content: string; parentId: string | null };

export type NoteEdits = { content: NoteContent; kept: KeptNote | null; isEdited: boolean };

/** Lists cut rich text to so many characters: a cut text is the same as far as it goes. */
const CUT_AT = 500;

/**
 * Compares a note three ways. What reads neither as we last knew it nor as something that we may have sent meanwhile was written by
 * a person. A note cannot be moved by hand: another parent means that records were merged.
 */
export function mergeNote(input: {
  base: NoteContent;
  kept: KeptNote | null;
  theirs: TheirNote;
  ours: readonly NoteContent[];
}): NoteEdits {
  const { base, kept, theirs, ours } = input;
  const parent =
    theirs.parentId === null || base.parent.id === null ? base.parent : withId(base.parent, theirs.parentId);
  if (readsLike(theirs, base)) return { content: { ...base, parent }, kept, isEdited: false };
  const late = ours.find((own) => readsLike(theirs, own));
  if (late !== undefined) return { content: { ...late, parent }, kept, isEdited: false };
  return {
    content: { parent, title: theirs.title, content: theirs.content },
    kept: { isEdited: true },
    isEdited: true,
  };
}

function withId(parent: NoteContent['parent'], id: string): NoteContent['parent'] {
  return parent.id === id ? parent : { ...parent, id };
}

/** Whether a list may have cut this text, which it does at so many characters, however many units they take. */
export function mayBeCut(content: string): boolean {
  return content.length >= CUT_AT && [...content].length === CUT_AT;
}

/** Whether a note reads as this content says, whatever address the event had when it was sent. */
export function readsLike(theirs: Pick<TheirNote, 'title' | 'content'>, content: NoteContent): boolean {
  const seen = toPlainText(theirs.content).trimEnd();
  const isCut = mayBeCut(theirs.content);
  if (toPlainText(theirs.title).trimEnd() !== toPlainText(content.title).trimEnd()) return false;
  const [first = '', ...others] = toPlainText(content.content).trimEnd().split(EVENT_LINK);
  let at = first.length;
  if (!startsAlike(seen, first, isCut)) return false;
  for (const part of others) {
    if (at >= seen.length && isCut) return true;
    const address = /^\S*/u.exec(seen.slice(at))?.[0] ?? '';
    const found = endOfAddress(seen.slice(at + address.length), part, isCut);
    if (found === -1) return false;
    at += address.length + found;
  }
  return at === seen.length || (isCut && at > seen.length);
}

function startsAlike(seen: string, part: string, isCut: boolean): boolean {
  return seen.startsWith(part) || (isCut && part.startsWith(seen));
}

/** How far what follows an address reads as this part; -1: it does not. */
function endOfAddress(rest: string, part: string, isCut: boolean): number {
  if (rest.startsWith(part)) return part.length;
  return isCut && part.startsWith(rest) ? rest.length : -1;
}
