import type { RecordRef } from './crm-picture.ts';

/** Slot of the one note that holds all notes and clips of a meeting. */
export const CONSOLIDATED_SLOT = 'consolidated';

/** Slot of the summary note on a record: `summary:<module>:<id>`, from the second part on with `:<part>`. */
export function summarySlot({ module, id }: RecordRef, part = 1): string {
  return part === 1 ? `summary:${module}:${id}` : `summary:${module}:${id}:${part}`;
}

/** Slot of the copy of the consolidated note on a record, where events are private: `details:<module>:<id>`. */
export function copySlot({ module, id }: RecordRef): string {
  return `details:${module}:${id}`;
}

const SUMMARY_SLOT = /^summary:(contacts|leads|accounts|deals):([^:]+)(?::\d+)?$/u;

/** The record that a slot's summary note sits on; null for the consolidated note. */
export function recordOfSlot(slot: string): RecordRef | null {
  const [, module, id] = SUMMARY_SLOT.exec(slot) ?? [];
  if (id === undefined) return null;
  if (module === 'contacts' || module === 'leads' || module === 'accounts' || module === 'deals') return { module, id };
  return null;
}

/** The last line of a note, by which it is recognised in the CRM: `salescaling:<meeting id>:<slot>`. */
export function noteMarker(meetingId: string, slot: string): string {
  return `salescaling:${meetingId}:${slot}`;
}
