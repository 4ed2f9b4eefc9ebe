import type { Row } from '../../simulator/store/table.ts';
import type { TestProduct } from './product.ts';

/** An entry that a synced calendar puts into the CRM; times are those of the meeting of `meetingBody` if left out. */
export type CalendarEntry = {
  host?: string;
  title?: string;
  startsAt?: string;
  endsAt?: string;
  guests?: string[];
  copiesFor?: string[];
  conferenceUrl?: string;
  isAllDay?: boolean;
  isCancelled?: boolean;
  repeat?: { times: number; everyDays?: number };
};

/** The calendar beside the CRM: what it does reaches the CRM as a synced calendar's writes do. */
export function openCalendar({ simulator, crm }: TestProduct) {
  const act = async (acts: Record<string, unknown>[]): Promise<string[][]> => {
    const answer = await fetch(`${simulator.accounts}/sandbox/calendar`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ acts }),
    });
    const body = (await answer.json()) as { acts?: { ids: string[] }[] };
    if (body.acts === undefined) throw new Error(`The calendar was refused: ${JSON.stringify(body)}`);
    return body.acts.map(({ ids }) => ids);
  };
  return {
    /** Ids of the events: the host's, then the copies of colleagues, for each of its times. */
    async put(entry: CalendarEntry = {}): Promise<string[]> {
      const [ids] = await act([
        {
          do: 'put',
          host: 'host@us.example',
          title: 'Quarterly review',
          startsAt: '2026-11-20T13:00:00Z',
          endsAt: '2026-11-20T13:45:00Z',
          guests: ['ana@acme.example'],
          ...entry,
        },
      ]);
      return ids ?? [];
    },
    async remove(id: string): Promise<void> {
      await act([{ do: 'remove', id }]);
    },
    async move(id: string, startsAt: string, endsAt: string): Promise<void> {
      await act([{ do: 'move', id, startsAt, endsAt }]);
    },
    event: (id: string): Row | undefined => crm.events().find((one) => one.id === id),
  };
}

/** What of an event belongs to the calendar and must stay as it was. */
export function calendarParts(event: Row | undefined) {
  if (event === undefined) return null;
  const { Event_Title, Start_DateTime, End_DateTime, Description, Participants, Owner, Venue } = event;
  return { Event_Title, Start_DateTime, End_DateTime, Description, Participants, Owner, Venue };
}
