/** Open questions about Zoho that need no switch: what the simulator does is right either way. */
export const questionsWithoutSwitch: readonly { question: string; answer: string; section: string }[] = [
  {
    question: 'Do accounts answer at the same host for clients of every console (multi-DC consent)?',
    answer: 'each data centre has origins of its own; foreignDcClient says where the client is known',
    section: '1.5',
  },
  {
    question: 'Where do the API hosts of the newer data centres lie?',
    answer: 'api_domain of the token answer says it; every host is on this machine',
    section: '1.5',
  },
  {
    question: 'Can one contact belong to several accounts?',
    answer: 'only through a linking module that a customer makes, which works',
    section: '5',
  },
  {
    question: 'In which order do callbacks arrive?',
    answer:
      'as they happen; the faults lose-callback, duplicate-callback, delay-callback and reorder-callback do otherwise',
    section: '9',
  },
  {
    question: 'How are user mentions in notes stored?',
    answer: 'as the text that was sent; mentionMails says whether it mails',
    section: '4',
  },
];

/** What this simulator does not do although Zoho CRM does. A gap that is closed must leave this list. */
export const knownGaps: readonly { what: string; instead: string }[] = [
  { what: 'Writing links through a multi-select lookup of the record', instead: 'write records of its linking module' },
  { what: 'Subforms, formula and rollup fields', instead: 'such fields cannot be created' },
  { what: 'Attachments, photos, files', instead: 'INVALID_URL_PATTERN or INVALID_DATA for the relation' },
  { what: 'Sending mail', instead: 'nothing is ever mailed; the mail log says what Zoho might have mailed' },
  {
    what: 'Workflow rules, blueprints, approvals, reviews and assignment rules that are run',
    instead:
      'the switches workflowMails and workflowMailsAlways stand for workflows that mail, POST /sandbox/records puts records into the other states',
  },
  { what: 'Bulk write, mass update, mass delete, mass convert', instead: 'INVALID_URL_PATTERN' },
  { what: 'Bulk read of calendars (file_type ics)', instead: 'CSV' },
  { what: 'Recurring meetings as one record for each occurrence', instead: 'Recurring_Activity is stored as it is' },
  {
    what: 'Territories, sharing rules, superiors in the role hierarchy, org-wide sharing of other modules than Events',
    instead:
      'the switches eventsSharing and withheldFields and POST /sandbox/records hide things; so do the faults field-removed and module-permission-removed',
  },
  {
    what: 'Custom profiles and roles; adding users by the API',
    instead:
      'Administrator and Standard, CEO and Manager; users come from the seed, and POST /sandbox/people adds more',
  },
  { what: 'Restoring several records of the recycle bin, or by a filter', instead: 'one record at a time' },
  { what: 'Custom views with criteria', instead: 'the view of all records; cvid costs its credits' },
  {
    what: 'Grouped lists Activities_Chronological_View and Activities_Chronological_View_History',
    instead: 'Events, Activities, Tasks, Calls and the list of closed meetings',
  },
  { what: 'Counts of related records, availability of features (__features)', instead: 'INVALID_URL_PATTERN' },
  { what: 'Merges as jobs', instead: 'a merge is done at once' },
  { what: 'Portals, Zia, variables, wizards, dashboards', instead: 'INVALID_URL_PATTERN' },
  {
    what: 'Client credentials, device and implicit grants, organization-level OAuth',
    instead: 'unsupported_grant_type',
  },
];
