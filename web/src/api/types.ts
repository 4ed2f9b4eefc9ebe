/** What the API answers, as the pages know it. Mirrors the API's own description of its answers. */

export type CrmModule = 'contacts' | 'leads' | 'accounts' | 'deals';
export type MeetingState = 'waiting' | 'published' | 'held' | 'notPublished' | 'failed' | 'retracted';
export type ConnectionState = 'not_connected' | 'connecting' | 'connected' | 'needs_reauth' | 'disconnected';
export type LinkOrigin = 'direct' | 'cascade' | 'manual' | 'zoho';
export type ListOf<T> = { data: T[]; nextCursor: string | null };

export type PathStep = { module: 'participants' | CrmModule; id: string; name: string };

export type DealFacts = {
  stage: string | null;
  isOpen: boolean | null;
  amount: number | null;
  currency: string | null;
  closingDate: string | null;
};

export type Association = {
  module: CrmModule;
  crmId: string;
  name: string;
  origin: LinkOrigin;
  decision: 'pinned' | 'added' | null;
  path: PathStep[];
  reason: string;
  published: boolean;
  publishedAs: 'primary' | 'contact' | 'participant' | 'note' | null;
  facts: DealFacts;
};

export type NotLinked = {
  module: CrmModule;
  crmId: string;
  name: string;
  cause: string;
  path: PathStep[];
  reason: string;
};

export type MatchKind = 'internal' | 'matched' | 'ambiguous' | 'account_by_domain' | 'unknown' | 'unmatched';

export type Participant = {
  key: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  role: 'organizer' | 'attendee';
  attended: boolean | null;
  match: {
    kind: MatchKind;
    by: string | null;
    module: 'contacts' | 'leads' | 'accounts' | 'users' | null;
    crmId: string | null;
    name: string | null;
    reason: string;
    candidates: { module: 'contacts' | 'leads' | 'accounts'; crmId: string; name: string; detail: string }[];
  };
};

export type MeetingRow = {
  id: string;
  externalId: string;
  title: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  activityType: string | null;
  visibility: 'organization' | 'team' | 'private';
  hostName: string | null;
  participantCount: number;
  externalCount: number;
  aiScore: number | null;
  state: MeetingState;
  stateReason: string;
  verifiedAt: string | null;
  primary: { module: CrmModule; crmId: string; name: string } | null;
  needsYou: boolean;
};

export type MeetingNote = {
  id: string;
  smartCategory: string | null;
  text: string;
  startSeconds: number | null;
  endSeconds: number | null;
  author: 'ai' | 'person' | null;
};

export type Clip = {
  id: string;
  noteId: string | null;
  title: string | null;
  startSeconds: number | null;
  endSeconds: number | null;
  url: string;
};

export type InZoho = {
  eventId: string | null;
  eventUrl: string | null;
  eventTitle: string | null;
  notes: {
    crmId: string;
    slot: string;
    title: string;
    parentModule: string;
    parentId: string;
    parentName: string;
    verifiedAt: string | null;
  }[];
  verifiedAt: string | null;
  differences: string[];
};

export type NextStep = { text: string; ownerEmail: string | null; dueOn: string | null };
export type Summary = { text: string; topics: string[]; nextSteps: NextStep[]; aiScore: number | null };

export type MeetingDetail = MeetingRow & {
  version: number;
  kind: 'video' | 'call' | 'in_person' | null;
  language: string | null;
  conferenceUrl: string | null;
  recordingUrl: string | null;
  summary: Summary | null;
  notes: MeetingNote[];
  clips: Clip[];
  transcriptTurns: number;
  processed: { summaryAt: string | null; notesAt: string | null };
  participants: Participant[];
  associations: Association[];
  notLinked: NotLinked[];
  rolesStillLoading: number;
  inZoho: InZoho;
};

export type OperationAction =
  | 'create_event'
  | 'update_event'
  | 'delete_event'
  | 'create_note'
  | 'update_note'
  | 'delete_note';

export type PlannedOperation = {
  key: string;
  action: OperationAction;
  label: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  changed: string[];
};

export type Plan = {
  publication: {
    kind: 'publish' | 'waiting' | 'held' | 'not_published';
    cause: string | null;
    reason: string;
  };
  operations: PlannedOperation[];
  shownOn: { module: CrmModule; crmId: string; name: string; how: 'primary' | 'contact' | 'participant' | 'note' }[];
  leftOut: { module: CrmModule; crmId: string; name: string; cause: string; reason: string }[];
  warnings: string[];
  cost: { calls: number; credits: number };
};

export type Operation = {
  id: string;
  key: string;
  action: OperationAction;
  label: string;
  state: 'planned' | 'sending' | 'done' | 'failed' | 'unknown' | 'superseded';
  crmId: string | null;
  error: { code: string; message: string } | null;
  attempts: number;
  plannedAt: string;
  finishedAt: string | null;
};

export type TranscriptTurn = {
  speaker: string;
  text: string;
  startSeconds: number | null;
  endSeconds: number | null;
};

export type Role = 'read_only' | 'regular' | 'admin' | 'owner';

export type Session = {
  user: { id: string; name: string; email: string };
  organization: { id: string; name: string };
  role: Role;
  version: string;
  sandboxUrl: string | null;
  connection: { state: ConnectionState; label: string };
  needsYou: number;
};

export type OptionalFieldKey = 'activityType' | 'aiScore' | 'recording';

export type ZohoCard = {
  state: ConnectionState;
  provider: 'sandbox' | 'zoho';
  connectedBy: string | null;
  connectedAt: string | null;
  zohoUser: string | null;
  orgName: string | null;
  orgId: string | null;
  dataCentre: string | null;
  edition: string | null;
  environment: 'production' | 'sandbox' | 'developer' | null;
  scopes: string[];
  safeMode: boolean;
  externalField: { apiName: string; mode: 'external' | 'marker' } | null;
  optionalFields: { key: OptionalFieldKey; label: string; apiName: string | null }[];
  firstLoad: {
    state: 'running' | 'done' | 'failed';
    steps: { module: string; loaded: number; total: number | null }[];
    startedAt: string;
    finishedAt: string | null;
    error: string | null;
  } | null;
  roles: { dealsLoaded: number; dealsTotal: number };
  mirror: { contacts: number; leads: number; accounts: number; deals: number; users: number };
  lastChangeSeenAt: string | null;
  waiting: number;
  credits: { usedToday: number; dailyLimit: number | null; reserve: number };
  problem: string | null;
};

export type Settings = {
  organizationName: string;
  internalDomains: string[];
  userDomains: string[];
  freeMailDomains: string[];
  matchByDomain: boolean;
  cascade: 'everything' | 'focused';
  focused: { maxDeals: number; pipelines: string[] | null; windowDays: number | null; askAbove: boolean };
  publish: 'relevant' | 'everything';
  noteCap: number | null;
  publishInternal: boolean;
  publishUnmatched: boolean;
  lateRecordDays: number;
  describeContent: boolean;
  smartCategoryOrder: string[];
};

export type Status = {
  meetings: Record<MeetingState, number>;
  verified: number;
  owed: number;
  rolesStillLoading: number;
  firstLoad: 'none' | 'running' | 'done' | 'failed';
};

export type NeedsYouCause = 'ambiguous' | 'nobody_matched' | 'too_many_deals' | 'failed' | 'different';

export type NeedsYouItem = {
  id: string;
  cause: NeedsYouCause;
  meeting: MeetingRow;
  question: string;
  participant: { key: string; name: string | null; email: string | null } | null;
  candidates: { module: CrmModule; crmId: string; name: string; detail: string }[];
  error: { code: string; message: string } | null;
};

export type NeedsYou = {
  causes: { cause: NeedsYouCause; count: number }[];
  data: NeedsYouItem[];
  nextCursor: string | null;
};

export type RecordRow = {
  module: CrmModule;
  crmId: string;
  name: string;
  detail: string | null;
  ownerName: string | null;
  stage: string | null;
  isOpen: boolean | null;
  amount: number | null;
  currency: string | null;
  closingDate: string | null;
  email: string | null;
  meetingsDirect: number;
  meetingsCascaded: number;
  lastMeetingAt: string | null;
};

export type RecordDetail = RecordRow & {
  crmUrl: string | null;
  account: { crmId: string; name: string } | null;
  contacts: { crmId: string; name: string; role: string | null }[];
  deals: { crmId: string; name: string; stage: string; isOpen: boolean }[];
  contactCount: number;
  dealCount: number;
};

export type HistoryEntry = MeetingRow & {
  origin: LinkOrigin;
  via: string | null;
  people: string[];
  summaryLines: string;
  smartCategories: string[];
};

export type Figure = { value: number; previous: number | null };
export type Bucket = { key: string; label: string; direct: number; cascaded: number; query: string };

export type QuietDeal = {
  crmId: string;
  name: string;
  accountName: string | null;
  stage: string;
  ownerName: string | null;
  amount: number | null;
  currency: string | null;
  closingDate: string | null;
  lastMeetingAt: string | null;
  daysQuiet: number | null;
};

export type CategoryRow = {
  smartCategory: string;
  total: number;
  cells: { stage: string; direct: number; cascaded: number; query: string }[];
};

export type Analytics = {
  from: string;
  to: string;
  figures: { meetings: Figure; hours: Figure; accountsMet: Figure; openDealsWithoutMeeting: Figure };
  overTime: Bucket[];
  byAccount: Bucket[];
  byStage: Bucket[];
  byOwner: Bucket[];
  byActivityType: Bucket[];
  quietDeals: QuietDeal[];
  quietDealsTotal: number;
  categoriesByStage: { stages: string[]; rows: CategoryRow[] };
};

export type SearchAnswer = {
  meetings: { externalId: string; title: string; startsAt: string }[];
  records: { module: CrmModule; crmId: string; name: string; detail: string | null }[];
};

export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: string;
  lastUsedAt: string | null;
};
