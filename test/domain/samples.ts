import { canonicalEmail } from '../../src/domain/canonical-email.ts';
import { canonicalPhone } from '../../src/domain/canonical-phone.ts';
import type {
  AccountRecord,
  Candidate,
  ContactRecord,
  CrmPicture,
  CrmUser,
  DealRecord,
  LeadRecord,
} from '../../src/domain/crm-picture.ts';
import type { Decisions } from '../../src/domain/decision.ts';
import type { Meeting, Participant } from '../../src/domain/meeting.ts';
import { participantKey } from '../../src/domain/participant-key.ts';
import type { Policy } from '../../src/domain/policy.ts';
import {
  type Capabilities,
  type EventContent,
  type SyncPlan,
  UNTOUCHED,
  type Written,
  type WrittenEvent,
} from '../../src/domain/sync-plan.ts';

/** Friday 2026-11-20, 15:00 in Madrid. */
export const STARTS_AT = Date.UTC(2026, 10, 20, 14, 0);
export const DAY_MS = 86_400_000;

export function person(email: string | null, more: Partial<Participant> = {}): Participant {
  const participant: Participant = {
    key: '',
    name: email?.split('@')[0] ?? null,
    email,
    phone: null,
    role: 'attendee',
    attended: null,
    ...more,
  };
  return { ...participant, key: participantKey(participant) };
}

export const HOST = person('host@us.example', { name: 'Laura Host', role: 'organizer' });

export function meeting(more: Partial<Meeting> = {}): Meeting {
  return {
    id: '0190-meeting',
    externalId: 'call/7',
    title: 'Quarterly review',
    startsAt: STARTS_AT,
    endsAt: STARTS_AT + 45 * 60_000,
    timeZone: 'Europe/Madrid',
    kind: 'video',
    activityType: 'Demo',
    visibility: 'organization',
    conferenceUrl: 'https://meet.example/abc',
    recordingUrl: 'https://rec.example/abc',
    participants: [HOST, person('ana@acme.example', { name: 'Ana Pérez' })],
    summary: {
      text: 'They liked it.',
      topics: ['Pricing'],
      nextSteps: [{ text: 'Send offer', ownerEmail: 'host@us.example', dueOn: '2026-11-27' }],
      aiScore: 0.87,
    },
    notes: [],
    clips: [],
    summaryAt: STARTS_AT + 3_600_000,
    notesAt: STARTS_AT + 3_600_000,
    ...more,
  };
}

export function policy(more: Partial<Omit<Policy, 'focused'>> & { focused?: Partial<Policy['focused']> } = {}): Policy {
  return {
    internalDomains: ['us.example'],
    freeMailDomains: ['gmail.com'],
    matchByDomain: false,
    cascade: 'everything',
    publish: 'relevant',
    noteCap: 10,
    publishInternal: false,
    publishUnmatched: false,
    lateRecordDays: 30,
    newPeopleDays: 90,
    describeContent: false,
    smartCategoryOrder: [],
    unsureEvent: 'wait',
    ...more,
    focused: { maxDeals: 10, pipelines: null, windowDays: null, askAbove: false, ...more.focused },
  };
}

export function decisions(more: Partial<Decisions> = {}): Decisions {
  return { links: [], people: [], publishAnyway: false, notesWanted: [], ...more };
}

export function capabilities(more: Partial<Capabilities> = {}): Capabilities {
  return {
    useParticipants: true,
    maxParticipants: 50,
    titleLength: 255,
    descriptionLength: 32_000,
    venueLength: 255,
    noteTitleLength: 120,
    noteContentLength: 32_000,
    hasActivityTypeField: true,
    hasAiScoreField: true,
    hasRecordingField: true,
    fallbackOwnerId: null,
    meetingUrl: 'http://localhost:4700/meetings/',
    ...more,
  };
}

export const NOTHING_WRITTEN: Written = { event: null, notes: [] };

export function contact(id: string, name: string, accountIds: string[] = [], more: Partial<ContactRecord> = {}) {
  return { id, name, accountIds, createdAt: null, ...more };
}

export function lead(id: string, name: string, more: Partial<LeadRecord> = {}): LeadRecord {
  return { id, name, company: null, createdAt: null, ...more };
}

export function account(id: string, name: string, more: Partial<AccountRecord> = {}): AccountRecord {
  return { id, name, parentId: null, createdAt: null, ...more };
}

export function deal(id: string, name: string, more: Partial<DealRecord> = {}): DealRecord {
  return {
    id,
    name,
    accountId: null,
    contactId: null,
    roles: [],
    areRolesLoaded: true,
    stage: 'Qualification',
    isOpen: true,
    pipeline: null,
    closingDate: null,
    createdAt: null,
    ...more,
  };
}

export function user(id: string, name: string, email: string, more: Partial<CrmUser> = {}): CrmUser {
  return { id, name, emails: [email], isActive: true, isConfirmed: true, ...more };
}

export function picture(more: Partial<CrmPicture> = {}): CrmPicture {
  return {
    contacts: [],
    leads: [],
    accounts: [],
    deals: [],
    users: [user('900', 'Laura Host', 'host@us.example')],
    candidates: [],
    domainCandidates: [],
    withheldModules: [],
    ...more,
  };
}

/** Candidates as a gather would find them: by plain loops over addresses. */
export function findCandidates(
  people: readonly Participant[],
  addressBook: readonly { module: 'contacts' | 'leads'; id: string; emails?: string[]; phones?: string[] }[],
): Candidate[] {
  const found: Candidate[] = [];
  for (const one of people) {
    const address = canonicalEmail(one.email);
    const phone = canonicalPhone(one.phone);
    for (const record of addressBook) {
      const link = { participantKey: one.key, module: record.module, recordId: record.id };
      for (const raw of record.emails ?? []) {
        const theirs = canonicalEmail(raw);
        if (address === null || theirs === null || theirs.base !== address.base) continue;
        found.push({ ...link, by: theirs.email === address.email ? 'email' : 'plus-tag' });
      }
      for (const raw of record.phones ?? []) {
        if (phone !== null && canonicalPhone(raw) === phone) found.push({ ...link, by: 'phone' });
      }
    }
  }
  return found;
}

/** An event of ours as it was written, that nobody has touched since. */
export function writtenEvent(content: EventContent, more: Partial<WrittenEvent> = {}): WrittenEvent {
  return { ...UNTOUCHED, crmId: 'event-1', content, kept: null, isAdopted: false, ...more };
}

/** What would be in the CRM after a plan was carried out: a naive second account of what operations mean. */
export function applyPlan(written: Written, plan: SyncPlan): Written {
  let event = written.event;
  const notes = new Map(written.notes.map((note) => [note.slot, note]));
  let serial = 1;
  for (const operation of plan.operations) {
    if (operation.action === 'create_event') {
      event = writtenEvent(operation.after);
    } else if (operation.action === 'update_event' && event !== null) {
      const content = { ...event.content };
      for (const key of operation.changed) Object.assign(content, { [key]: operation.after[key] });
      event = { ...event, content: { ...content, organizerKey: operation.after.organizerKey ?? null } };
    } else if (operation.action === 'delete_event') {
      event = null;
      notes.delete('consolidated');
    } else if (operation.action === 'delete_note') notes.delete(operation.slot);
    else if (operation.action === 'create_note') {
      const { slot, after: content } = operation;
      notes.set(slot, { ...UNTOUCHED, crmId: `note-${serial++}`, slot, content, kept: null });
    } else if (operation.action === 'update_note') {
      const { slot, crmId, after: content } = operation;
      notes.set(slot, { ...UNTOUCHED, ...notes.get(slot), crmId, slot, content, kept: null });
    }
  }
  return { event, notes: [...notes.values()] };
}
