import type { CrmWrite } from '../../crm/write-meeting.ts';
import type { NewOperation } from '../../db/queries/ledger.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';

/** A row of the ledger as the write that leaves. `event` is where the meeting's event is. */
export function toWrite(operation: NewOperation, event: { id: string; url: string }): CrmWrite {
  const crmId = operation.crmId ?? '';
  switch (operation.action) {
    case 'create_event':
      return { kind: 'create_event', content: operation.after as EventContent };
    case 'update_event':
    case 'release_event': {
      const content = operation.after as EventContent;
      const changed = changedKeys(operation.before as EventContent, content);
      return { kind: operation.action, crmId, content, changed, unmodifiedSince: operation.knownAt ?? null };
    }
    case 'adopt_event': {
      const content = operation.after as EventContent;
      const changed = [...changedKeys(operation.before as EventContent, content), 'meetingId' as const];
      return { kind: 'adopt_event', crmId, content, changed, unmodifiedSince: operation.unmodifiedSince ?? null };
    }
    case 'disown_event': {
      const content = operation.after as EventContent;
      const changed = changedKeys(operation.before as EventContent, content);
      return { kind: operation.action, crmId, content, changed };
    }
    case 'create_note':
      return { kind: 'create_note', content: operation.after as NoteContent, event };
    case 'update_note':
      return {
        kind: 'update_note',
        crmId,
        content: operation.after as NoteContent,
        event,
        unmodifiedSince: operation.knownAt ?? null,
      };
    case 'delete_note':
    case 'delete_event':
      return { kind: operation.action, crmId };
  }
}

function changedKeys(before: EventContent, after: EventContent): (keyof EventContent)[] {
  // Values that stand in are in an update only because Zoho said that they are missing there, whatever we once wrote.
  return (Object.keys(after) as (keyof EventContent)[]).filter(
    (key) => key === 'constants' || JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  );
}
