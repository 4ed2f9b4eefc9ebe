import type { EventContent, NoteContent } from './sync-plan.ts';

/**
 * The picture of an event of ours whose content is not known: it differs from every event we could want in each part, so that
 * the next plan writes all of it.
 */
export function blankEvent({ meetingId }: Pick<EventContent, 'meetingId'>): EventContent {
  return {
    meetingId,
    title: '',
    startsAt: -1,
    endsAt: -1,
    timeZone: '',
    ownerUserId: null,
    venue: '?',
    description: '',
    primary: { module: 'leads', id: '' },
    contactId: '',
    participants: [{ type: 'email', email: '', name: '' }],
    activityType: '',
    aiScorePercent: -1,
    recordingUrl: '',
  };
}

/** Is this such a picture? */
export function isBlankEvent(content: EventContent | NoteContent): boolean {
  return 'startsAt' in content && content.startsAt === -1;
}
