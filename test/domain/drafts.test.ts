// As long as it is on purpose: every draft is written from the same world, and its texts read best side by side.

import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import { countCodePoints } from '../../src/domain/cut-text.ts';
import { decidePublication } from '../../src/domain/decide-publication.ts';
import type { Decisions } from '../../src/domain/decision.ts';
import type { Clip, Meeting, MeetingNote, Participant } from '../../src/domain/meeting.ts';
import { planSync } from '../../src/domain/plan-sync.ts';
import {
  type Capabilities,
  EVENT_LINK,
  type EventContent,
  type NoteContent,
  type Written,
} from '../../src/domain/sync-plan.ts';
import {
  account,
  capabilities,
  contact,
  deal,
  decisions,
  findCandidates,
  HOST,
  lead,
  meeting,
  NOTHING_WRITTEN,
  person,
  picture,
  policy,
  user,
  writtenEvent,
} from './samples.ts';

const ANA = person('ana@acme.example', { name: 'Ana Pérez' });
const LEA = person('lea@lead.example', { name: 'Lea' });
const SAM = person('sam@gmail.com', { name: 'Sam Poe' });
const EVA = person('eva@us.example', { name: 'Eva' });
const PEOPLE = [HOST, ANA, LEA, SAM, EVA];
const USERS = [user('900', 'Laura Host', 'host@us.example'), user('901', 'Eva Colleague', 'eva@us.example')];
const BOOK = [
  { module: 'contacts' as const, id: '1', emails: ['ana@acme.example'] },
  { module: 'leads' as const, id: '50', emails: ['lea@lead.example'] },
];
const CRM: Partial<CrmPicture> = {
  contacts: [contact('1', 'Ana Pérez', ['10'])],
  leads: [lead('50', 'Lea Lead')],
  accounts: [account('10', 'Acme')],
  deals: [deal('100', 'Renewal 2026', { accountId: '10', contactId: '1' })],
  users: USERS,
};

type World = {
  people?: Participant[];
  meeting?: Partial<Meeting>;
  crm?: Partial<CrmPicture>;
  policy?: Parameters<typeof policy>[0];
  decisions?: Partial<Decisions>;
  can?: Partial<Capabilities>;
  written?: Written;
};

function draft(world: World = {}) {
  const people = world.people ?? PEOPLE;
  const one = meeting({ participants: people, ...world.meeting });
  const crm = picture({ ...CRM, candidates: findCandidates(people, BOOK), ...world.crm });
  const rules = policy(world.policy);
  const said = decisions(world.decisions);
  const evaluation = associate(one, crm, rules, said);
  const plan = planSync({
    meeting: one,
    picture: crm,
    evaluation,
    publication: decidePublication(one, evaluation, rules, said),
    policy: rules,
    decisions: said,
    written: world.written ?? NOTHING_WRITTEN,
    capabilities: capabilities(world.can),
  });
  let event: EventContent | null = null;
  const notes = new Map<string, NoteContent>();
  for (const operation of plan.operations) {
    if (operation.action === 'create_event' || operation.action === 'update_event') event = operation.after;
    if (operation.action === 'create_note' || operation.action === 'update_note')
      notes.set(operation.slot, operation.after);
  }
  if (event === null) throw new Error('no event was planned');
  return { plan, event, notes, consolidated: notes.get('consolidated')?.content ?? '' };
}

const names = (event: EventContent) =>
  event.participants.map((one) => `${one.type} ${one.type === 'email' ? one.email : one.id}`);

describe('the event', () => {
  it('has the meeting, its primary record, its contact, its people and its numbers', () => {
    const { event, plan } = draft();
    expect(event).toEqual({
      meetingId: '0190-meeting',
      title: 'Quarterly review',
      startsAt: Date.UTC(2026, 10, 20, 14, 0),
      endsAt: Date.UTC(2026, 10, 20, 14, 45),
      timeZone: 'Europe/Madrid',
      ownerUserId: '900',
      organizerKey: 'email:host@us.example',
      venue: 'https://meet.example/abc',
      description: [
        '--- Salescaling ---',
        'Duration: 45 min',
        'Host: Laura Host (host@us.example)',
        'Activity type: Demo',
        'Not in Zoho CRM: Sam Poe (sam@gmail.com)',
        'Meeting page: http://localhost:4700/meetings/call%2F7',
        '--- end of Salescaling ---',
      ].join('\n'),
      primary: { module: 'deals', id: '100' },
      contactId: '1',
      participants: [
        { type: 'contact', id: '1', name: 'Ana Pérez' },
        { type: 'user', id: '901', name: 'Eva Colleague' },
        { type: 'lead', id: '50', name: 'Lea Lead' },
        { type: 'email', email: 'sam@gmail.com', name: 'Sam Poe' },
      ],
      activityType: 'Demo',
      aiScorePercent: 87,
      recordingUrl: 'https://rec.example/abc',
    });
    expect(plan.warnings).toEqual([]);
  });

  it('has no optional field that the org does not have', () => {
    const { event } = draft({ can: { hasActivityTypeField: false, hasAiScoreField: false, hasRecordingField: false } });
    expect([event.activityType, event.aiScorePercent, event.recordingUrl]).toEqual([null, null, null]);
  });

  it('tells nothing of the conversation unless the organization asks for it', () => {
    expect(draft().event.description).not.toContain('They liked it.');
    expect(draft({ policy: { describeContent: true } }).event.description).toContain('They liked it.');
  });

  it('has no participants at all in safe mode, and everybody in the description', () => {
    const { event, notes } = draft({ can: { useParticipants: false } });
    expect(event.participants).toEqual([]);
    expect(event.description).toContain(
      'Participants: Laura Host (host@us.example), Ana Pérez (ana@acme.example), Eva (eva@us.example), Lea (lea@lead.example), Sam Poe (sam@gmail.com)',
    );
    // Ana is the event's own contact; the lead has nothing but a note to be shown by.
    expect([...notes.keys()]).toEqual(['consolidated', 'summary:deals:100', 'summary:accounts:10', 'summary:leads:50']);
  });

  it('takes the fallback owner, else the connection, where the host cannot own it', () => {
    const users = [user('900', 'Laura Host', 'host@us.example', { isActive: false })];
    const without = draft({ crm: { users } });
    expect(without.event.ownerUserId).toBeNull();
    expect(without.plan.warnings).toEqual([
      "Laura Host (host@us.example) is no active, confirmed Zoho user: the event belongs to the connection's user.",
    ]);
    expect(names(without.event)).toContain('email host@us.example');
    expect(draft({ crm: { users }, can: { fallbackOwnerId: '905' } }).event.ownerUserId).toBe('905');
    const unconfirmed = [user('900', 'Laura Host', 'host@us.example', { isConfirmed: false })];
    expect(draft({ crm: { users: unconfirmed } }).event.ownerUserId).toBeNull();
  });

  it('keeps its owner until the organizer is somebody else', () => {
    const first = draft({ crm: { users: [] }, can: { fallbackOwnerId: '905' } });
    const written = { event: writtenEvent(first.event), notes: [] };
    const joined = draft({ written, meeting: { title: 'Other' }, can: { fallbackOwnerId: '905' } });
    expect(joined.event.ownerUserId).toBe('905');
    expect(names(joined.event)).toContain('user 900');
    const people = [{ ...HOST, role: 'attendee' as const }, { ...EVA, role: 'organizer' as const }, ANA];
    expect(draft({ written, people }).event.ownerUserId).toBe('901');
  });

  it('chooses the owner anew where nobody knows whose meeting the written event was', () => {
    const { organizerKey, ...content } = draft().event;
    const written = { event: writtenEvent({ ...content, ownerUserId: null }), notes: [] };
    expect(organizerKey).toBe('email:host@us.example');
    expect(draft({ written }).event.ownerUserId).toBe('900');
  });

  it('lists nobody twice', () => {
    const again = person('ana.second@acme.example');
    const users = [
      {
        ...USERS[0],
        id: '900',
        name: 'Laura',
        emails: ['host@us.example', 'laura@us.example'],
        isActive: true,
        isConfirmed: true,
      },
    ];
    const people = [HOST, person('laura@us.example'), ANA, ANA, again, SAM, person(' SAM@gmail.com')];
    const book = [{ module: 'contacts' as const, id: '1', emails: ['ana@acme.example', 'ana.second@acme.example'] }];
    const { event } = draft({ people, crm: { users, candidates: findCandidates(people, book) } });
    expect(names(event)).toEqual(['contact 1', 'email sam@gmail.com']);
  });

  it('shows ambiguous people by their address, and says that they are not identified', () => {
    const candidates = findCandidates(
      [ANA],
      ['1', '2'].map((id) => ({ module: 'contacts' as const, id, emails: ['ana@acme.example'] })),
    );
    const contacts = [contact('1', 'Ana'), contact('2', 'Ana')];
    const { event } = draft({ crm: { contacts, candidates }, policy: { publishUnmatched: true } });
    expect(names(event)).toContain('email ana@acme.example');
    expect(event.description).toContain('Not identified in Zoho CRM yet: Ana Pérez (ana@acme.example)');
  });

  it('shows an excluded contact by address only', () => {
    const links = [
      {
        module: 'contacts' as const,
        id: '1',
        decision: 'excluded' as const,
        origin: 'manual' as const,
        decidedBy: 'Eva',
        name: 'Ana',
      },
    ];
    const { event } = draft({ decisions: { links } });
    expect(names(event)).toEqual(['user 901', 'email ana@acme.example', 'email sam@gmail.com']);
    expect(event.primary).toEqual({ module: 'leads', id: '50' });
  });

  it('shows at most as many as Zoho takes: contacts first, and notes for those who do not fit', () => {
    const crowd = Array.from({ length: 60 }, (_, at) => person(`p${String(at).padStart(2, '0')}@acme.example`));
    const contacts = crowd.map((_, at) => contact(String(1000 + at), `Person ${at}`, ['10']));
    const candidates = findCandidates(
      crowd,
      crowd.map((one, at) => ({ module: 'contacts' as const, id: String(1000 + at), emails: [one.email ?? ''] })),
    );
    const { event, notes, plan } = draft({ people: [HOST, EVA, ...crowd], crm: { contacts, candidates } });
    expect(event.participants).toHaveLength(50);
    expect(new Set(event.participants.map((one) => one.type))).toEqual(new Set(['contact']));
    const noted = [...notes.keys()].filter((slot) => slot.startsWith('summary:contacts'));
    expect(noted).toEqual(Array.from({ length: 10 }, (_, at) => `summary:contacts:${1050 + at}`));
    expect(plan.leftOut.filter((one) => one.cause === 'over_cap').map((one) => one.id)).toEqual(['100']);
    expect(event.description).toContain('Also took part: Eva (eva@us.example), p50 (p50@acme.example)');
    expect(plan.warnings).toEqual([
      '62 people took part and the event shows at most 50: the others are in its description.',
    ]);
  });

  it('cuts a long title and says so', () => {
    const { event, plan } = draft({ meeting: { title: '👩‍👩‍👧 '.repeat(80) } });
    expect(countCodePoints(event.title)).toBeLessThanOrEqual(255);
    expect(event.title.endsWith('…')).toBe(true);
    expect(plan.warnings).toEqual(['The title is longer than 255 characters and was cut.']);
  });

  it('puts an address that is too long for the venue into the description', () => {
    const conferenceUrl = `https://meet.example/${'x'.repeat(300)}`;
    const { event, plan } = draft({ meeting: { conferenceUrl } });
    expect(event.venue).toBeNull();
    expect(event.description).toContain(`Conference: ${conferenceUrl}`);
    expect(plan.warnings).toHaveLength(1);
  });

  it('keeps the description within its length, with both markers, and counts whom it does not name', () => {
    const strangers = Array.from({ length: 89 }, (_, at) =>
      person(`someone.with.a.long.address.${at}@elsewhere.example`),
    );
    const { event, plan } = draft({
      people: [HOST, ANA, ...strangers],
      can: { descriptionLength: 2000, maxParticipants: 200 },
    });
    expect(countCodePoints(event.description)).toBeLessThanOrEqual(2000);
    expect(event.description).toMatch(/^--- Salescaling ---\n/u);
    expect(event.description).toMatch(/ and \d+ more\nMeeting page: \S+\n--- end of Salescaling ---$/u);
    const named = event.description.match(/someone/gu)?.length ?? 0;
    const told = Number(/ and (\d+) more/u.exec(event.description)?.[1]);
    expect(told).toBe(89 - named / 2);
    expect(plan.warnings).toEqual(['The description was cut to 2000 characters; the meeting page has all of it.']);
  });
});

describe('the summary note', () => {
  it('is on the primary record and the account, and says all there is to say', () => {
    const { notes } = draft();
    expect([...notes.keys()]).toEqual(['consolidated', 'summary:deals:100', 'summary:accounts:10']);
    expect(notes.get('summary:deals:100')).toEqual({
      parent: { module: 'deals', id: '100' },
      title: 'Meeting summary: Quarterly review – 2026-11-20',
      content: [
        'Quarterly review',
        '2026-11-20 15:00–15:45 (Europe/Madrid), 45 min',
        'Host: Laura Host (host@us.example)',
        'Activity type: Demo',
        '',
        'Summary',
        'They liked it.',
        '',
        'AI Score: 87%',
        '',
        'Topics',
        '- Pricing',
        '',
        'Next steps',
        '- Send offer (host@us.example, due 2026-11-27)',
        '',
        'Recording: https://rec.example/abc',
        '',
        `All notes and clips are on the event: ${EVENT_LINK}`,
        'Meeting page: http://localhost:4700/meetings/call%2F7',
        '',
        'salescaling:0190-meeting:summary:deals:100',
      ].join('\n'),
    });
  });

  it('is split into numbered notes where it is too long, and loses nothing', () => {
    const words = Array.from({ length: 900 }, (_, at) => `word${at}👍🏽`);
    const text = words.join(' ');
    const { notes, plan } = draft({
      meeting: { summary: { text, topics: [], nextSteps: [], aiScore: null } },
      can: { noteContentLength: 4000 },
    });
    const parts = [...notes].filter(([slot]) => slot.startsWith('summary:deals:100'));
    expect(parts.map(([slot]) => slot)).toEqual(['summary:deals:100', 'summary:deals:100:2', 'summary:deals:100:3']);
    expect(parts.map(([, note]) => note.title.slice(-6))).toEqual([' (1/3)', ' (2/3)', ' (3/3)']);
    for (const [slot, note] of parts) {
      expect(countCodePoints(note.content.replace(EVENT_LINK, 'x'.repeat(120)))).toBeLessThanOrEqual(4000);
      expect(note.content.endsWith(`\nsalescaling:0190-meeting:${slot}`)).toBe(true);
    }
    const all = parts.map(([, note]) => note.content).join('\n');
    expect(all.match(/word\d+👍🏽/gu)).toEqual(words);
    expect(plan.warnings).toEqual([
      'The summary is longer than one note and was split into 3 numbered notes on each record.',
    ]);
  });

  it('keeps room for the address of the event, however full a part is', () => {
    for (let length = 1; length <= 2600; length += 13) {
      const summary = { text: 'é'.repeat(length), topics: [], nextSteps: [], aiScore: null };
      const { notes } = draft({ meeting: { summary }, can: { noteContentLength: 2000 } });
      for (const { content } of notes.values()) {
        expect(countCodePoints(content.replaceAll(EVENT_LINK, 'x'.repeat(120)))).toBeLessThanOrEqual(2000);
      }
    }
  });

  it('lets a long title give way to the date', () => {
    const { notes } = draft({ meeting: { title: 'Very long '.repeat(30) } });
    const title = notes.get('summary:deals:100')?.title ?? '';
    expect(countCodePoints(title)).toBeLessThanOrEqual(120);
    expect(title).toMatch(/^Meeting summary: Very long .*… – 2026-11-20$/u);
  });

  it('says the day and the hour where the meeting was', () => {
    const { notes } = draft({ meeting: { timeZone: 'Asia/Tokyo', endsAt: Date.UTC(2026, 10, 20, 15, 30) } });
    expect(notes.get('summary:deals:100')?.content).toContain(
      '2026-11-20 23:00–2026-11-21 00:30 (Asia/Tokyo), 1 h 30 min',
    );
  });

  it('stands in front of the notes on the event where no record holds it', () => {
    const { notes, consolidated } = draft({ crm: { candidates: [] }, policy: { publishUnmatched: true } });
    expect([...notes.keys()]).toEqual(['consolidated']);
    expect(consolidated).toContain('They liked it.');
  });
});

const note = (id: string, more: Partial<MeetingNote>): MeetingNote => ({
  id,
  smartCategory: null,
  text: `Text ${id}`,
  startSeconds: null,
  endSeconds: null,
  author: 'ai',
  ...more,
});
const clip = (id: string, more: Partial<Clip>): Clip => ({
  id,
  noteId: null,
  title: null,
  startSeconds: null,
  endSeconds: null,
  url: `https://clip.example/${id}`,
  ...more,
});

describe('the consolidated note', () => {
  it('groups by category in the order of the organization, then by first appearance, uncategorised last', () => {
    const notes = [
      note('n1', { smartCategory: 'Zeta', startSeconds: 4000 }),
      note('n2', { startSeconds: 5 }),
      note('n3', { smartCategory: 'Objections', startSeconds: 760 }),
      note('n4', { smartCategory: 'Alpha', startSeconds: 3000 }),
      note('n5', { smartCategory: ' Objections ', startSeconds: 60 }),
      note('n6', { smartCategory: 'Next steps' }),
    ];
    const clips = [
      clip('c2', { noteId: 'n3', startSeconds: 770, endSeconds: 790, title: 'Too much' }),
      clip('c1', { noteId: 'n3', startSeconds: 761, endSeconds: 765 }),
      clip('c3', { noteId: 'gone', startSeconds: 10 }),
    ];
    const { consolidated } = draft({
      meeting: { notes, clips },
      policy: { smartCategoryOrder: ['Next steps', 'Objections', 'Unused'] },
    });
    expect(consolidated).toBe(
      [
        'Next steps',
        'Text n6',
        '',
        'Objections',
        '01:00 Text n5',
        '12:40 Text n3',
        '  Clip 12:41–12:45 https://clip.example/c1',
        '  Clip 12:50–13:10 Too much https://clip.example/c2',
        '',
        'Alpha',
        '50:00 Text n4',
        '',
        'Zeta',
        '1:06:40 Text n1',
        '',
        'Without category',
        '00:05 Text n2',
        '',
        'Clips without a note',
        '00:10 https://clip.example/c3',
        '',
        'Meeting page: http://localhost:4700/meetings/call%2F7',
        '',
        'salescaling:0190-meeting:consolidated',
      ].join('\n'),
    );
  });

  it('says so where there are no notes', () => {
    expect(draft().consolidated).toMatch(/^No notes were taken in this meeting\.\n/u);
  });

  it('is cut at a whole entry and says how many more there are, and where', () => {
    const notes = Array.from({ length: 500 }, (_, at) =>
      note(`n${at}`, { text: `Moment ${at} ${'é'.repeat(40)}.`, startSeconds: at, smartCategory: `C${at % 3}` }),
    );
    const { consolidated, plan } = draft({ meeting: { notes }, can: { noteContentLength: 5000 } });
    expect(countCodePoints(consolidated)).toBeLessThanOrEqual(5000);
    const shown = consolidated.match(/Moment \d+ é{40}\.$/gmu)?.length ?? 0;
    expect(shown).toBeGreaterThan(40);
    expect(consolidated.match(/Moment/gu)).toHaveLength(shown);
    expect(consolidated).toContain(
      `… and ${500 - shown} more notes and clips: http://localhost:4700/meetings/call%2F7`,
    );
    expect(consolidated.endsWith('salescaling:0190-meeting:consolidated')).toBe(true);
    expect(plan.warnings).toEqual([
      `${500 - shown} of 500 notes and clips do not fit into one note; it links to the meeting page for them.`,
    ]);
  });

  it('shows the beginning of a note that is longer than the field', () => {
    const { consolidated } = draft({
      meeting: { notes: [note('n1', { text: 'x'.repeat(9000) })] },
      can: { noteContentLength: 3000 },
    });
    expect(countCodePoints(consolidated)).toBeLessThanOrEqual(3000);
    expect(consolidated).toContain('xxx…\n\n… and 1 more notes and clips');
  });

  it('names the first 20 records that show nothing, with their number and the link', () => {
    const deals = Array.from({ length: 40 }, (_, at) => deal(String(100 + at), `Deal ${at}`, { accountId: '10' }));
    const { consolidated, plan } = draft({ crm: { deals }, policy: { noteCap: 10 } });
    expect(consolidated).toContain('Also associated, without a note of their own (30):\n- Deal 10\n- Deal 11\n');
    expect(consolidated).toContain('- Deal 29\n… and 10 more: http://localhost:4700/meetings/call%2F7');
    expect(consolidated).not.toContain('Deal 30');
    expect(plan.leftOut.filter((one) => one.cause === 'over_cap')).toHaveLength(30);
  });
});
