import type { LeftRecord } from '../db/queries/backfills.ts';
import type { KeptEvent, KeptNote } from '../domain/kept.ts';
import { tellRecord } from '../domain/publish-after-edits.ts';
import type { EventContent, NoteContent } from '../domain/sync-plan.ts';

/** Records that stay in Zoho because a person edited them, each with what is theirs in a sentence. */
export function tellLeft(records: readonly LeftRecord[]): { externalId: string; title: string; detail: string }[] {
  return records.map(({ externalId, title, slot, content, kept, editedBy }) => ({
    externalId,
    title,
    detail: tellRecord({
      slot,
      content: content as EventContent | NoteContent,
      kept: kept as KeptEvent | KeptNote | null,
      editedBy,
      goneAt: null,
      goneBy: null,
    }),
  }));
}
