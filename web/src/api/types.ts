import type { paths } from './generated/schema.d.ts';

/** Names for what the API answers. Their shapes come from the API's own description, nothing is written by hand. */

type Json<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : never;
type Get<Path extends keyof paths> = paths[Path] extends { get: { responses: { 200: infer Response } } }
  ? Json<Response>
  : never;

export type MeetingDetail = Get<'/api/v1/meetings/{externalId}'>;
export type MeetingRow = Get<'/api/v1/meetings'>['data'][number];
export type MeetingState = MeetingRow['state'];
export type Participant = MeetingDetail['participants'][number];
export type MatchKind = Participant['match']['kind'];
export type Association = MeetingDetail['associations'][number];
export type NotLinked = MeetingDetail['notLinked'][number];
export type CrmModule = Association['module'];
export type PathStep = Association['path'][number];
export type MeetingNote = MeetingDetail['notes'][number];
export type Clip = MeetingDetail['clips'][number];
export type InZoho = MeetingDetail['inZoho'];
export type CalendarQuestion = NonNullable<MeetingDetail['calendarQuestion']>;
export type Summary = NonNullable<MeetingDetail['summary']>;
export type NextStep = Summary['nextSteps'][number];
export type TranscriptTurn = Get<'/api/v1/meetings/{externalId}/transcript'>['data'][number];
export type Plan = Get<'/api/v1/meetings/{externalId}/plan'>;
export type PlannedOperation = Plan['operations'][number];
export type Operation = Get<'/api/v1/meetings/{externalId}/operations'>['data'][number];

export type Session = Get<'/api/v1/session'>;
export type Role = Session['role'];
export type ZohoCard = Get<'/api/v1/integrations/zoho'>;
export type ConnectionState = ZohoCard['state'];
export type OptionalFieldKey = ZohoCard['optionalFields'][number]['key'];
export type Permissions = Get<'/api/v1/integrations/zoho/permissions'>;
export type RightLine = Permissions['lines'][number];
export type MirrorHealth = NonNullable<ZohoCard['mirrorHealth']>;
export type AlertSettings = Get<'/api/v1/settings/alerts'>;
export type RaisedAlert = AlertSettings['recent'][number];
export type Drift = Get<'/api/v1/drift'>;
export type DriftCheck = NonNullable<Drift['check']>;
export type DriftFinding = Drift['findings'][number];
export type DriftKind = DriftFinding['kind'];
export type DriftChoice = DriftFinding['choices'][number];
export type Preflight = Get<'/api/v1/integrations/zoho/preflight'>;
export type EventField = Preflight['fields'][number];
export type ConstantValue = NonNullable<EventField['otherwise']>;
export type Obstacle = Preflight['obstacles'][number];
export type Backfill = Get<'/api/v1/backfills/{id}'>;
export type BackfillStep = Backfill['steps'][number];
export type Simulation = NonNullable<Backfill['simulation']>;
export type UndoPreview = Get<'/api/v1/backfills/{id}/undo'>;
export type Canary = Get<'/api/v1/integrations/zoho/canary'>;
export type CanaryRun = NonNullable<Canary['run']>;
export type CanaryStep = CanaryRun['steps'][number];
export type CanaryReply = NonNullable<CanaryStep['answer']>['answer'];
export type Settings = Get<'/api/v1/settings'>;
export type ApiKeyRow = Get<'/api/v1/api-keys'>['data'][number];

export type NeedsYou = Get<'/api/v1/needs-you'>;
export type NeedsYouItem = NeedsYou['data'][number];
export type NeedsYouCause = NeedsYouItem['cause'];

export type RecordRow = Get<'/api/v1/records/{module}'>['data'][number];
export type RecordDetail = Get<'/api/v1/records/{module}/{crmId}'>;
export type HistoryEntry = Get<'/api/v1/records/{module}/{crmId}/meetings'>['data'][number];
export type SearchAnswer = Get<'/api/v1/search'>;

export type Analytics = Get<'/api/v1/analytics'>;
export type Figure = Analytics['figures']['meetings'];
export type Bucket = Analytics['overTime'][number];
export type QuietDeal = Analytics['quietDeals'][number];
export type CategoryRow = Analytics['categoriesByStage']['rows'][number];

export type Leave = Get<'/api/v1/integrations/zoho/leave'>;
export type LeaveChoices = Leave['choices'];
export type LeavePreview = NonNullable<Leave['preview']>;
export type LeaveRun = NonNullable<Leave['run']>;
export type LeaveStep = LeaveRun['steps'][number];
