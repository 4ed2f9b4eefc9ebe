/** What an organization decided about matching, cascading and publishing. */
export type Policy = {
  internalDomains: string[];
  freeMailDomains: string[];
  /** Let the company domain of an unknown person find the account. */
  matchByDomain: boolean;
  cascade: 'everything' | 'focused';
  focused: {
    /** At most this many deals, by the deal order. */
    maxDeals: number;
    /** Only these pipelines; null: all. */
    pipelines: string[] | null;
    /** Deals open within so many days around the meeting instead of open now; null: open now. */
    windowDays: number | null;
    /** Above `maxDeals` link none of them and ask a person. */
    askAbove: boolean;
  };
  publish: 'relevant' | 'everything';
  /** Notes besides the primary record's; null: no cap. */
  noteCap: number | null;
  publishInternal: boolean;
  publishUnmatched: boolean;
  /** A record created later than this after the meeting is associated but gets no note. */
  lateRecordDays: number;
  /** So long after a meeting that was here already, somebody who is new in the CRM still becomes its contact or lead. */
  newPeopleDays: number;
  /** Put the summary into the event's description too; off, because calendars may show it to guests. */
  describeContent: boolean;
  /** Smart categories in the organization's order; others follow by first appearance, none last. */
  smartCategoryOrder: string[];
  /** After a day without an answer about a calendar's event that may be the meeting's: wait on, or write one of our own. */
  unsureEvent: 'wait' | 'create';
};
