import type { Clip, MeetingNote } from '../../../api/types.ts';

export type NoteWithClips = { note: MeetingNote; clips: Clip[] };
export type MomentGroup = { smartCategory: string | null; notes: NoteWithClips[] };

/** Notes with their clips by smart category: the organization's order first, others as they appear, none last. */
export function groupMoments(notes: MeetingNote[], clips: Clip[], order: string[]): MomentGroup[] {
  const clipsOf = (noteId: string) => clips.filter((clip) => clip.noteId === noteId);
  const groups = new Map<string | null, NoteWithClips[]>();
  for (const note of notes) {
    const group = groups.get(note.smartCategory) ?? [];
    group.push({ note, clips: clipsOf(note.id) });
    groups.set(note.smartCategory, group);
  }
  const place = (category: string | null) => {
    if (category === null) return order.length + 1;
    const index = order.indexOf(category);
    return index === -1 ? order.length : index;
  };
  return [...groups]
    .map(([smartCategory, items]) => ({ smartCategory, notes: items }))
    .sort((a, b) => place(a.smartCategory) - place(b.smartCategory));
}

/** Clips that belong to no note of this meeting. */
export function looseClips(notes: MeetingNote[], clips: Clip[]): Clip[] {
  const known = new Set(notes.map((note) => note.id));
  return clips.filter((clip) => clip.noteId === null || !known.has(clip.noteId));
}
