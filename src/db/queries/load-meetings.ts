import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Decisions, LinkDecision, PersonDecision } from '../../domain/decision.ts';
import type { LeaveChoices } from '../../domain/leave-choices.ts';
import type { Clip, Meeting, MeetingNote, Participant, Summary } from '../../domain/meeting.ts';
import type { Sql } from '../sql.ts';

/** A meeting with what people decided about it and the facts of its row that a sender needs. */
export type LoadedMeeting = {
  meeting: Meeting;
  decisions: Decisions;
  state: string;
  isRetracted: boolean;
  /** Who took the meeting out of Zoho, where it stays here; null: nobody. */
  undoneBy: string | null;
  /** Of one that was taken out because the organization leaves Zoho: what becomes of what we wrote. */
  leaving: LeaveChoices | null;
  /** The meeting that this one is a recording of, and whether that one stands in Zoho as it should; null: of none. */
  mergedInto: { externalId: string; isSettled: boolean } | null;
  isVerified: boolean;
  /** Since it was settled last, only records in the CRM changed: neither its content nor anything that people decide. */
  isMirrorOnly: boolean;
  /** Version of the content that was loaded. */
  version: number;
  owedSeq: number;
  attempts: number;
  participantKeys: ParticipantKeys[];
};

/** What a participant can be found by. */
export type ParticipantKeys = {
  key: string;
  emailKey: string | null;
  baseKey: string | null;
  domain: string | null;
  phoneKey: string | null;
};

type MeetingRow = {
  id: string;
  externalId: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  kind: Meeting['kind'];
  activityType: string | null;
  visibility: Meeting['visibility'];
  conferenceUrl: string | null;
  recordingUrl: string | null;
  summary:
    | (Omit<Summary, 'aiScore'> & { aiScore?: number | null; nextSteps: Partial<Summary['nextSteps'][number]>[] })
    | null;
  summaryAt: Date | null;
  notesAt: Date | null;
  publishAnyway: boolean;
  state: string;
  version: number;
  owedSeq: string | number;
  attempts: number;
  retractedAt: Date | null;
  undoneBy: string | null;
  leaving: LeaveChoices | null;
  mergedInto: LoadedMeeting['mergedInto'];
  isVerified: boolean;
  isMirrorOnly: boolean;
  createdAt: Date;
};

/**
 * Meetings with their people, notes, clips and decisions: six statements whatever their number, in the order of `ids`. The caller's
 * transaction makes them one picture: a new version must never lend its notes to the visibility of the old one.
 * Transcripts stay where they are; no rule needs them.
 */
export async function loadMeetings(sql: Sql, organizationId: string, ids: readonly string[]): Promise<LoadedMeeting[]> {
  const values = [organizationId, ids];
  const meetings = await sql.query<MeetingRow>(MEETINGS, values);
  const people = await sql.query<Participant & ParticipantKeys & { meetingId: string }>(PARTICIPANTS, values);
  const notes = await sql.query<MeetingNote & { meetingId: string }>(NOTES, values);
  const clips = await sql.query<Clip & { meetingId: string }>(CLIPS, values);
  const links = await sql.query<LinkRow>(LINK_DECISIONS, values);
  const persons = await sql.query<PersonRow>(PERSON_DECISIONS, values);
  const peopleOf = groupByMeeting(people);
  const notesOf = groupByMeeting(notes);
  const clipsOf = groupByMeeting(clips);
  const linksOf = groupByMeeting(links);
  const personsOf = groupByMeeting(persons);
  const byId = new Map(
    meetings.map((row) => {
      const linkDecisions = linksOf.get(row.id) ?? [];
      const loaded: LoadedMeeting = {
        meeting: toMeeting(row, peopleOf.get(row.id) ?? [], notesOf.get(row.id) ?? [], clipsOf.get(row.id) ?? []),
        decisions: {
          links: linkDecisions.map(toLinkDecision),
          people: (personsOf.get(row.id) ?? []).map(toPersonDecision),
          publishAnyway: row.publishAnyway,
          // Who pins or adds a link wants to see it in the CRM, whatever the cap says.
          notesWanted: linkDecisions
            .filter((link) => link.decision !== 'excluded')
            .map(({ module, id }) => ({ module, id })),
        },
        state: row.state,
        isRetracted: row.retractedAt !== null,
        undoneBy: row.undoneBy,
        leaving: row.leaving,
        mergedInto: row.mergedInto,
        isVerified: row.isVerified,
        isMirrorOnly: row.isMirrorOnly,
        version: row.version,
        owedSeq: Number(row.owedSeq),
        attempts: row.attempts,
        participantKeys: (peopleOf.get(row.id) ?? []).map(({ key, emailKey, baseKey, domain, phoneKey }) => ({
          key,
          emailKey,
          baseKey,
          domain,
          phoneKey,
        })),
      };
      return [row.id, loaded] as const;
    }),
  );
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function toMeeting(row: MeetingRow, people: Participant[], notes: MeetingNote[], clips: Clip[]): Meeting {
  return {
    id: row.id,
    externalId: row.externalId,
    title: row.title,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    timeZone: row.timeZone,
    kind: row.kind,
    activityType: row.activityType,
    visibility: row.visibility,
    conferenceUrl: row.conferenceUrl,
    recordingUrl: row.recordingUrl,
    participants: people.map(({ key, name, email, phone, role, attended }) => ({
      key,
      name,
      email,
      phone,
      role,
      attended,
    })),
    summary: toSummary(row.summary),
    notes: notes.map(({ id, smartCategory, text, startSeconds, endSeconds, author, recording }) => ({
      id,
      smartCategory,
      text,
      startSeconds,
      endSeconds,
      author,
      recording: recording ?? null,
    })),
    clips: clips.map(({ id, noteId, title, startSeconds, endSeconds, url, recording }) => ({
      id,
      noteId,
      title,
      startSeconds,
      endSeconds,
      url,
      recording: recording ?? null,
    })),
    receivedAt: row.createdAt.getTime(),
    summaryAt: row.summaryAt?.getTime() ?? null,
    notesAt: row.notesAt?.getTime() ?? null,
  };
}

function toSummary(stored: MeetingRow['summary']): Summary | null {
  if (stored === null) return null;
  return {
    text: stored.text,
    topics: stored.topics,
    nextSteps: stored.nextSteps.map((step) => ({
      text: step.text ?? '',
      ownerEmail: step.ownerEmail ?? null,
      dueOn: step.dueOn ?? null,
    })),
    aiScore: stored.aiScore ?? null,
  };
}

type LinkRow = Omit<LinkDecision, 'formerly'> & {
  meetingId: string;
  formerModule: CrmModule | null;
  formerName: string | null;
};

function toLinkDecision({ meetingId: _, formerModule, formerName, ...decision }: LinkRow): LinkDecision {
  if (formerModule === null || formerName === null) return decision;
  return { ...decision, formerly: { module: formerModule, name: formerName } };
}

type PersonRow = {
  meetingId: string;
  participantKey: string;
  kind: 'chosen' | 'ignored';
  module: 'contacts' | 'leads' | null;
  recordId: string | null;
  decidedBy: string;
};

function toPersonDecision(row: PersonRow): PersonDecision {
  const { participantKey, decidedBy } = row;
  if (row.kind === 'chosen' && row.module !== null && row.recordId !== null) {
    return { participantKey, kind: 'chosen', module: row.module, recordId: row.recordId, decidedBy };
  }
  return { participantKey, kind: 'ignored', decidedBy };
}

function groupByMeeting<Row extends { meetingId: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.meetingId);
    if (group === undefined) groups.set(row.meetingId, [row]);
    else group.push(row);
  }
  return groups;
}

const MEETINGS = `
  select id, external_id as "externalId", title, starts_at as "startsAt", ends_at as "endsAt", time_zone as "timeZone", kind,
    activity_type as "activityType", visibility, conference_url as "conferenceUrl", recording_url as "recordingUrl", summary,
    summary_at as "summaryAt", notes_at as "notesAt", publish_anyway as "publishAnyway", state, version, owed_seq as "owedSeq", attempts,
    retracted_at as "retractedAt", created_at as "createdAt", case when undone_at is not null then coalesce(undone_by, '') end as "undoneBy",
    case when undone_at is not null then (select l.choices from backfills l
      where l.organization_id = $1 and l.id = meetings.undo_id and l.kind = 'leave') end as "leaving",
    (select json_build_object('externalId', s.external_id,
       'isSettled', s.owed_at is null and s.state in ('published', 'not_published', 'retracted'))
     from meetings s where s.organization_id = $1 and s.id = meetings.merged_into) as "mergedInto",
    coalesce(owed_seq - coalesce(mirror_owes, 0) = settled_reasons, false) as "isMirrorOnly",
    -- What was written since the last reading back is not verified, also when a crash came between the two.
    verified_at is not null and not exists (
      select from placements p where p.organization_id = $1 and p.meeting_id = meetings.id and p.verified_at is null
    ) as "isVerified"
  from meetings where organization_id = $1 and id = any($2::uuid[])`;

const PARTICIPANTS = `
  select meeting_id as "meetingId", key, name, email, phone, role, attended, email_key as "emailKey", base_key as "baseKey",
    domain, phone_key as "phoneKey"
  from participants where organization_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id, position`;

const NOTES = `
  select meeting_id as "meetingId", id, smart_category as "smartCategory", text, start_seconds as "startSeconds",
    end_seconds as "endSeconds", author, recording
  from meeting_notes where organization_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id, position`;

const CLIPS = `
  select meeting_id as "meetingId", id, note_id as "noteId", title, start_seconds as "startSeconds",
    end_seconds as "endSeconds", url, recording
  from clips where organization_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id, position`;

const LINK_DECISIONS = `
  select meeting_id as "meetingId", module, record_id as id, decision, origin, name, decided_by as "decidedBy",
    former_module as "formerModule", former_name as "formerName"
  from link_decisions where organization_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id, module, record_id`;

const PERSON_DECISIONS = `
  select meeting_id as "meetingId", participant_key as "participantKey", kind, module, record_id as "recordId",
    decided_by as "decidedBy"
  from person_decisions where organization_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id, participant_key`;
