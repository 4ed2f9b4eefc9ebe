import type { Succession } from '../../db/queries/mirror-deletions.ts';
import {
  findEventsShowing,
  findNameOf,
  moveNotePlacements,
  saveEventPictures,
} from '../../db/queries/readdress-placements.ts';
import type { Sql } from '../../db/sql.ts';
import type { EventContent, EventParticipant } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { Survivor } from './find-survivors.ts';

/**
 * Corrects our picture of what we wrote after Zoho merged or converted a record: notes that moved to the survivor, and events in
 * which the survivor (or nobody) stands where the loser stood. Without it the next plan would write a second note, and Zoho's own
 * change would look like a person's. Runs in the caller's transaction; nothing is sent.
 */
export async function readdressWritten({
  ctx,
  sql,
  input,
}: {
  ctx: FeatureContext;
  sql: Sql;
  input: { module: Succession['module']; survivor: Survivor; meetingIds: string[] };
}): Promise<void> {
  const { module, survivor, meetingIds } = input;
  const { organizationId } = ctx;
  if (survivor.noteIds !== null) {
    await moveNotePlacements(sql, organizationId, { module, ...survivor }, [...survivor.noteIds]);
  }
  if (survivor.inEvents === 'unread') return;
  const events = await findEventsShowing(sql, organizationId, meetingIds, survivor.loserId);
  const name = (await findNameOf(sql, organizationId, survivor.survivorModule, survivor.survivorId)) ?? '';
  await saveEventPictures(
    sql,
    organizationId,
    events.map(({ meetingId, content, kept }) => ({
      meetingId,
      content: survivor.inEvents === 'moved' ? moved(content, survivor, name) : cleared(content, survivor.loserId),
      kept: renamed(kept, survivor.loserId, survivor.survivorId),
    })),
  );
}

function moved(content: EventContent, survivor: Survivor, name: string): EventContent {
  const { loserId, survivorId: id, survivorModule } = survivor;
  const isConverted = content.primary?.module === 'leads' && survivorModule === 'contacts';
  const participants = content.participants.map((entry): EventParticipant => {
    if (!('id' in entry) || entry.id !== loserId) return entry;
    return { type: survivorModule === 'contacts' ? 'contact' : 'lead', id, name };
  });
  const isHere = (entry: EventParticipant) => 'id' in entry && entry.id === id;
  const first = participants.findIndex(isHere);
  const next: EventContent = {
    ...content,
    participants: participants.filter((entry, at) => !isHere(entry) || at === first),
    contactId: content.contactId === loserId ? id : content.contactId,
  };
  if (content.primary?.id !== loserId) return next;
  if (!isConverted) return { ...next, primary: { ...content.primary, id } };
  const { related } = survivor;
  const primary = related === null || related.module === 'contacts' ? null : { module: related.module, id: related.id };
  return { ...next, contactId: id, primary };
}

function cleared(content: EventContent, loserId: string): EventContent {
  return {
    ...content,
    contactId: content.contactId === loserId ? null : content.contactId,
    primary: content.primary?.id === loserId ? null : content.primary,
    participants: content.participants.filter((entry) => !('id' in entry) || entry.id !== loserId),
  };
}

/** The same value with the survivor's id wherever the loser's stands alone. */
function renamed(value: unknown, loserId: string, survivorId: string): unknown {
  if (value === loserId) return survivorId;
  if (Array.isArray(value)) return value.map((entry) => renamed(entry, loserId, survivorId));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renamed(entry, loserId, survivorId)]));
}
