import type { z } from 'zod';
import type { PlacementRow } from '../db/queries/ledger.ts';
import type { Association, ParticipantMatch } from '../domain/association.ts';
import { splitDescription } from '../domain/description-block.ts';
import type { KeptEvent } from '../domain/kept.ts';
import { partsInWords } from '../domain/publish-after-edits.ts';
import type { EventContent, NoteContent } from '../domain/sync-plan.ts';
import type { MeetingView } from '../features/associate/read-meeting.ts';
import type { CalendarQuestion } from '../features/calendar-events.ts';
import type { RecordingView } from '../features/ingest/read-recordings.ts';
import type { meetingDetail, meetingState, participantAnswer } from './schemas/meeting-answers.ts';

type Detail = z.input<typeof meetingDetail>;

/** The API's answer about one meeting from what was read about it; `eventUrl` is its event's page in Zoho. */
export function presentMeeting(
  view: MeetingView,
  eventUrl: string | null,
  more: { recordings: RecordingView[]; calendarQuestion: CalendarQuestion | null } = NOTHING_MORE,
): Detail {
  const { meeting } = view.evaluated.loaded;
  const { evaluation } = view.evaluated;
  const { facts } = view;
  return {
    ...view.row,
    version: facts.version,
    kind: meeting.kind,
    language: facts.language,
    conferenceUrl: meeting.conferenceUrl,
    recordingUrl: meeting.recordingUrl,
    summary: meeting.summary,
    notes: meeting.notes,
    clips: meeting.clips,
    transcriptTurns: facts.transcriptTurns,
    processed: {
      summaryAt: meeting.summaryAt === null ? null : new Date(meeting.summaryAt).toISOString(),
      notesAt: meeting.notesAt === null ? null : new Date(meeting.notesAt).toISOString(),
    },
    participants: presentParticipants(view),
    associations: evaluation.associations.map((link) => presentAssociation(view, link)),
    notLinked: evaluation.notLinked.map(({ id, ...rest }) => ({ ...rest, crmId: id })),
    rolesStillLoading: evaluation.dealsWithUnknownRoles.length,
    recordings: more.recordings.length === 0 ? [onlyRecording(view)] : more.recordings,
    calendarQuestion: more.calendarQuestion,
    inZoho: presentInZoho(view, eventUrl),
  };
}

const NOTHING_MORE = { recordings: [], calendarQuestion: null };

function onlyRecording({ row, evaluated }: MeetingView): Detail['recordings'][number] {
  const { meeting } = evaluated.loaded;
  return {
    externalId: meeting.externalId,
    isPrimary: true,
    label: 'recording',
    hostName: row.hostName,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    recordingUrl: meeting.recordingUrl,
    isProcessed: meeting.summaryAt !== null && meeting.notesAt !== null,
  };
}

/** `not_published` in the database is `notPublished` outside. */
export function presentState(state: string): z.infer<typeof meetingState> {
  switch (state) {
    case 'published':
    case 'held':
    case 'failed':
    case 'retracted':
      return state;
    case 'not_published':
      return 'notPublished';
    default:
      return 'waiting';
  }
}

function presentParticipants(view: MeetingView): z.input<typeof participantAnswer>[] {
  const matches = new Map(view.evaluated.evaluation.matches.map((match) => [match.participantKey, match]));
  return view.evaluated.loaded.meeting.participants.map((person) => ({
    ...person,
    match: presentMatch(view, matches.get(person.key)),
  }));
}

type MatchAnswer = z.input<typeof participantAnswer>['match'];

function presentMatch(view: MeetingView, match: ParticipantMatch | undefined): MatchAnswer {
  const none = { by: null, module: null, crmId: null, name: null, candidates: [] };
  if (match === undefined) return { ...none, kind: 'unmatched', reason: 'This person was not looked for yet.' };
  const { reason } = match;
  switch (match.kind) {
    case 'internal':
      return { ...none, kind: 'internal', module: match.userId === null ? null : 'users', crmId: match.userId, reason };
    case 'matched':
      return {
        ...none,
        kind: 'matched',
        by: match.by,
        module: match.module,
        crmId: match.recordId,
        name: nameOf(view, match.module, match.recordId),
        reason,
      };
    case 'account_by_domain':
      return {
        ...none,
        kind: 'account_by_domain',
        by: 'domain',
        module: 'accounts',
        crmId: match.accountId,
        name: nameOf(view, 'accounts', match.accountId),
        reason,
      };
    case 'ambiguous':
      return {
        ...none,
        kind: 'ambiguous',
        by: match.by,
        reason,
        candidates: match.candidates.map(({ module, recordId, name }) => ({
          module,
          crmId: recordId,
          name,
          detail: view.details.get(`${module}/${recordId}`) ?? '',
        })),
      };
    case 'unknown':
      return { ...none, kind: 'unknown', reason };
    case 'unmatched':
      return { ...none, kind: 'unmatched', by: match.cause === 'ignored' ? 'ignored' : null, reason };
  }
}

function nameOf(view: MeetingView, module: 'contacts' | 'leads' | 'accounts', id: string): string | null {
  return view.gathered.picture[module].find((record) => record.id === id)?.name ?? null;
}

function presentAssociation(view: MeetingView, link: Association): Detail['associations'][number] {
  const shown = view.shownOn.find((entry) => entry.module === link.module && entry.id === link.id);
  const deal = link.module === 'deals' ? view.dealFacts.get(link.id) : undefined;
  return {
    module: link.module,
    crmId: link.id,
    name: link.name,
    origin: link.origin,
    decision: link.decision,
    path: link.path,
    reason: link.reason,
    published: shown !== undefined,
    publishedAs: shown?.how ?? null,
    facts: {
      stage: deal?.stage ?? null,
      isOpen: deal?.isOpen ?? null,
      amount: deal?.amount ?? null,
      currency: deal?.currency ?? null,
      closingDate: deal?.closingDate ?? null,
    },
  };
}

function presentInZoho(view: MeetingView, eventUrl: string | null): Detail['inZoho'] {
  const event = view.placements.find((placement) => placement.slot === 'event');
  // An event that makes way for another one is neither the meeting's event nor a note.
  const notes = view.placements.filter(({ slot }) => slot !== 'event' && !slot.startsWith('left:'));
  const eventId = event?.crmId ?? null;
  return {
    eventId,
    eventUrl,
    eventTitle: event === undefined ? null : (event.content as EventContent).title,
    isCalendarEvent: event?.adopted != null,
    isEventReadOnly: event?.adopted?.isReadOnly ?? false,
    eventEdited: event === undefined ? null : presentEventEdits(event),
    eventGone: event === undefined ? null : presentGone(event),
    notes: notes.map((placement) => {
      const content = placement.content as NoteContent;
      const { module, id } = content.parent;
      const name = view.evaluated.evaluation.associations.find(
        (link) => link.module === module && link.id === id,
      )?.name;
      return {
        crmId: placement.crmId,
        slot: placement.slot,
        title: content.title,
        parentModule: module,
        parentId: id ?? eventId ?? '',
        parentName: module === 'events' ? 'the event' : (name ?? id ?? ''),
        verifiedAt: placement.verifiedAt?.toISOString() ?? null,
        edited: presentEdited(placement),
        gone: presentGone(placement),
      };
    }),
    verifiedAt: view.facts.verifiedAt?.toISOString() ?? null,
    differences: view.facts.differences,
  };
}

type Done = NonNullable<Detail['inZoho']['eventGone']>;

function presentEdited({ kept, editedBy, editedAt }: PlacementRow): Done | null {
  return kept === null || editedAt === null ? null : { by: editedBy, at: editedAt.toISOString() };
}

function presentGone({ goneAt, goneBy }: PlacementRow): Done | null {
  return goneAt === null ? null : { by: goneBy, at: goneAt.toISOString() };
}

function presentEventEdits(event: PlacementRow): Detail['inZoho']['eventEdited'] {
  const edited = presentEdited(event);
  const kept = event.kept as KeptEvent | null;
  if (edited === null || kept === null) return null;
  const isBlockEdited = kept.description === 'block';
  const texts = isBlockEdited ? presentBlocks((event.content as EventContent).description, kept.block) : null;
  return { ...edited, parts: partsInWords(kept), isBlockEdited, texts };
}

/** Our part of a description as it stands there, and as we wrote it; the whole description where our lines are torn. */
function presentBlocks(description: string, ours: string | null): { theirs: string; ours: string | null } {
  const there = splitDescription(description);
  return { theirs: there.kind === 'whole' ? there.block : description, ours };
}
