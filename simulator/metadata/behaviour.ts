/** What a switch may be set to. */
export type SwitchValue = boolean | number | string;

/** A behaviour of Zoho that no primary source confirms, or that differs between orgs: it can be set either way. */
export type Switch = {
  name: string;
  default: SwitchValue;
  /** Allowed values; left out for booleans and numbers. */
  values?: readonly string[];
  meaning: string;
  /** Section of the fact sheet that the question stands in. */
  section: string;
};

/** Every open question about Zoho, with the reading that this simulator takes unless told otherwise (the strictest plausible one). */
export const switches: readonly Switch[] = [
  {
    name: 'participantMails',
    default: 'unless-invited-false',
    values: ['unless-invited-false', 'always', 'never'],
    meaning: 'Who is mailed when an event with participants is written',
    section: '3.5',
  },
  {
    name: 'deleteMails',
    default: true,
    meaning: 'Deleting an event mails the participants that have been invited',
    section: '3.5',
  },
  {
    name: 'reminderMails',
    default: true,
    meaning: 'An event written with Remind_At mails a reminder to its owner',
    section: '3.1',
  },
  {
    name: 'workflowMails',
    default: false,
    meaning:
      'The org has workflow rules that mail on every write whose trigger is absent or not empty, and on deletes without wf_trigger=false (a stock org has none)',
    section: '8.1',
  },
  {
    name: 'participantsOnUpdate',
    default: 'replace',
    values: ['replace', 'merge'],
    meaning: 'What PUT does with the Participants that are already on an event',
    section: '3.2',
  },
  {
    name: 'uniqueOnEvents',
    default: true,
    meaning: 'A unique field may be created on Events',
    section: '8.4',
  },
  {
    name: 'externalFields',
    default: true,
    meaning: 'External fields may be created (an admin may refuse them)',
    section: '8.4',
  },
  {
    name: 'externalDuplicateHasId',
    default: false,
    meaning:
      'DUPLICATE_DATA of an external field names the id of the record that holds the value (that of a unique field always does)',
    section: '8.4',
  },
  {
    name: 'externalValueFreedOnDelete',
    default: true,
    meaning: 'The value of an external or unique field can be used again once its record is deleted',
    section: '8.4',
  },
  {
    name: 'eventDescriptionLength',
    default: 32000,
    meaning: 'Longest Description of an event, in characters; metadata says the same number',
    section: '3.1',
  },
  {
    name: 'noteContentLength',
    default: 65535,
    meaning: 'Longest Note_Content, in characters; metadata says the same number',
    section: '4',
  },
  {
    name: 'foreignWhoId',
    default: 'accept',
    values: ['accept', 'reject'],
    meaning: "Who_Id of a contact that belongs to another account than What_Id's",
    section: '3.1',
  },
  {
    name: 'whoIdWithLead',
    default: 'reject',
    values: ['accept', 'reject'],
    meaning: 'Who_Id beside a What_Id that is a lead',
    section: '3.1',
  },
  {
    name: 'millisecondsInTimes',
    default: 'reject',
    values: ['accept', 'reject'],
    meaning: 'Date-times with fractions of a second',
    section: '3.1',
  },
  {
    name: 'unknownPickListValue',
    default: 'accept',
    values: ['accept', 'reject'],
    meaning: 'A value that is not in the pick list (Stage is always checked)',
    section: '11',
  },
  {
    name: 'closingDateMandatory',
    default: false,
    meaning: 'Deals need a Closing_Date',
    section: '18',
  },
  {
    name: 'unknownIdOnGet',
    default: '204',
    values: ['204', '400'],
    meaning: 'Answer to GET of a well-formed id that does not exist',
    section: '7.2',
  },
  {
    name: 'coqlRows',
    default: 2000,
    meaning: 'Rows of one COQL call (the v7 manual says 200)',
    section: '6',
  },
  {
    name: 'coqlInValues',
    default: 50,
    meaning: 'Values in one IN list of COQL (newer texts say 100)',
    section: '6',
  },
  {
    name: 'coqlColumns',
    default: 50,
    meaning: 'Columns that one COQL SELECT may name',
    section: '6',
  },
  {
    name: 'searchDelaySeconds',
    default: 30,
    meaning: 'How long a written record is missing from search',
    section: '7.1',
  },
  {
    name: 'notesListNeedsAdmin',
    default: true,
    meaning: 'GET /Notes needs an administrator',
    section: '4',
  },
  {
    name: 'historyListName',
    default: 'Events_History',
    values: ['Events_History', 'Activities_History'],
    meaning: 'Name of the related list that holds closed meetings',
    section: '3.4',
  },
  {
    name: 'invitedEventsListed',
    default: true,
    meaning: 'Contacts and Leads offer the related list Invited_Events (a layout may hide it)',
    section: '3.4',
  },
  {
    name: 'participantsInLists',
    default: false,
    meaning: 'Lists of events carry Participants (a single GET always does)',
    section: '3.2',
  },
  {
    name: 'bearerScheme',
    default: true,
    meaning: 'The header "Authorization: Bearer" is accepted beside "Zoho-oauthtoken"',
    section: '1.2',
  },
  {
    name: 'scopeCaseSensitive',
    default: false,
    meaning: 'Letter case of a scope counts',
    section: '2',
  },
  {
    name: 'refreshTokenLimit',
    default: 'evict',
    values: ['evict', 'deny'],
    meaning: 'What the 21st refresh token of a user does: ends the oldest, or is refused with Access Denied',
    section: '1.3',
  },
  {
    name: 'refreshTokensPerMinute',
    default: 0,
    meaning: 'Refresh tokens that a user may get in a minute; 0 for no limit (seen on sibling products only)',
    section: '1.3',
  },
  {
    name: 'deniedError',
    default: 'access_denied',
    meaning: 'Value of error= when the consent is refused',
    section: '1.1',
  },
  {
    name: 'bulkReadSeconds',
    default: 3,
    meaning: 'How long a bulk read takes until it is COMPLETED',
    section: '7.4',
  },
  {
    name: 'bulkReadCredits',
    default: 50,
    meaning: 'Credits of starting a bulk read',
    section: '7.4',
  },
  {
    name: 'channelLimit',
    default: 100,
    meaning: 'Notification channels that an org may have',
    section: '9',
  },
  {
    name: 'ownWritesNotify',
    default: true,
    meaning: 'A channel hears of changes that its own client made',
    section: '9',
  },
  {
    name: 'touchOnRelatedChange',
    default: false,
    meaning:
      "Modified_Time of a deal moves when its contact roles change, and of a record when a lookup's target is deleted",
    section: '7.5',
  },
  {
    name: 'mentionMails',
    default: true,
    meaning: 'A note whose text holds crm[user#id#name]crm mails that user',
    section: '4',
  },
  {
    name: 'accountRollUp',
    default: false,
    meaning: 'Meetings of an account are also those of its deals and contacts',
    section: '3.4',
  },
  {
    name: 'coqlDelaySeconds',
    default: 0,
    meaning: 'How long a new record is missing from COQL',
    section: '6',
  },
  {
    name: 'externalDelaySeconds',
    default: 0,
    meaning: 'How long a new record is missing from reads by external value',
    section: '8.4',
  },
  {
    name: 'malformedId',
    default: '400',
    values: ['400', '404'],
    meaning: 'Status of a GET whose id is no number',
    section: '7.2',
  },
  {
    name: 'listErrorsInData',
    default: false,
    meaning: 'Errors of lists stand in data[] (one specification says so) in place of the top level',
    section: '7.2',
  },
  {
    name: 'distinct429',
    default: true,
    meaning: 'The words of a 429 tell too many calls at once from a spent day',
    section: '10.4',
  },
  {
    name: 'retryAfterSeconds',
    default: 0,
    meaning: 'Retry-After header of a 429, in seconds; 0 for none',
    section: '10.4',
  },
  {
    name: 'pkce',
    default: 'checked',
    values: ['checked', 'ignored', 'refused'],
    meaning: 'What a code challenge of a client with a secret does',
    section: '1.1',
  },
  {
    name: 'oauthErrorStatus',
    default: 200,
    meaning: 'HTTP status of errors of the token endpoint',
    section: '1.4',
  },
  {
    name: 'latencyMs',
    default: 0,
    meaning: 'How long every API call takes at least, in milliseconds',
    section: '10.3',
  },
];
