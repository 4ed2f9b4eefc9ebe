/** A record of the sandbox in the words of Zoho's API. */
export type Json = Record<string, unknown>;

/** An event as it stands in the sandbox. Records are written `module:id`. */
export type ShownEvent = {
  id: string;
  /** The meeting's id in the product, from the external field; null for an event that is not ours. */
  meetingId: string | null;
  title: string;
  startsAt: number;
  endsAt: number;
  description: string;
  what: string | null;
  who: string | null;
  /** Participants that are contacts or leads, sorted. */
  people: string[];
  /** All participants as Zoho has them. */
  participants: Participant[];
  modifiedBy: string;
};

export type Participant = { type: string; participant: string; invited?: boolean };

/** A note in the sandbox. `meetingId` and `slot` come from its last line; null where it is not ours. */
export type ShownNote = {
  id: string;
  parent: string;
  title: string;
  content: string;
  meetingId: string | null;
  slot: string | null;
};

/** An event from its record; `externalField` is the api name of the field that holds the meeting's id. */
export function toEvent(record: Json, externalField: string): ShownEvent {
  const what = record.What_Id as { id: string } | null | undefined;
  const who = record.Who_Id as { id: string } | null | undefined;
  const participants = (record.Participants as Participant[] | null | undefined) ?? [];
  const meetingId = record[externalField];
  return {
    id: String(record.id),
    meetingId: typeof meetingId === 'string' && meetingId !== '' ? meetingId : null,
    title: String(record.Event_Title),
    startsAt: Date.parse(String(record.Start_DateTime)),
    endsAt: Date.parse(String(record.End_DateTime)),
    description: String(record.Description ?? ''),
    what: what ? `${String(record.$se_module).toLowerCase()}:${what.id}` : null,
    who: who ? `contacts:${who.id}` : null,
    people: participants
      .filter(({ type }) => type === 'contact' || type === 'lead')
      .map(({ type, participant }) => `${type}s:${participant}`)
      .sort(),
    participants,
    modifiedBy: String((record.Modified_By as { name?: string } | null)?.name ?? ''),
  };
}

/** A note from its record. */
export function toNote(record: Json): ShownNote {
  const parent = record.Parent_Id as { id: string; module: { api_name: string } };
  const content = String(record.Note_Content ?? '');
  // A person may have written behind our last line.
  const marker = [...content.matchAll(/^salescaling:([^:\s]+):(\S+)$/gm)].at(-1);
  return {
    id: String(record.id),
    parent: `${parent.module.api_name.toLowerCase()}:${parent.id}`,
    title: String(record.Note_Title ?? ''),
    content,
    meetingId: marker?.[1] ?? null,
    slot: marker?.[2] ?? null,
  };
}
