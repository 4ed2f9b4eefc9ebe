// As long as it is on purpose: one table, an entry for each open question about Zoho.

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
    values: ['unless-invited-false', 'future-only', 'always', 'never'],
    meaning:
      'Who is mailed when an event with participants is written: those without "invited": false, the same but not for meetings that are over, all, nobody',
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
      "Modified_Time of a deal moves when its contact roles change, and of a record when a lookup's target is deleted, restored, merged or renamed",
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
    name: 'stateEchoed',
    default: true,
    meaning: 'The consent redirect carries the state that the client sent',
    section: '1.1',
  },
  {
    name: 'grantCodeSeconds',
    default: 120,
    meaning: 'How long a code can be exchanged (codes of self clients live 3 to 10 minutes)',
    section: '1.1',
  },
  {
    name: 'refreshTokensPerUser',
    default: 20,
    meaning: 'Refresh tokens of a user before refreshTokenLimit strikes',
    section: '1.3',
  },
  {
    name: 'refreshTokensCountedBy',
    default: 'client',
    values: ['client', 'user'],
    meaning: 'Whether the refresh tokens of a user are counted for each client or over all of them',
    section: '1.3',
  },
  {
    name: 'accessTokensPerRefreshToken',
    default: 30,
    meaning: 'Access tokens of one refresh token that live at once; one more ends the oldest',
    section: '1.3',
  },
  {
    name: 'wrongSecretError',
    default: 'invalid_client_secret',
    meaning: 'The error of the token endpoint for a wrong client secret',
    section: '1.4',
  },
  {
    name: 'wrongRedirectError',
    default: 'invalid_redirect_uri',
    meaning: 'The error of the token endpoint for a redirect_uri that is not the one of the code',
    section: '1.4',
  },
  {
    name: 'accessDeniedStatusKey',
    default: true,
    meaning: 'The Access Denied of the token endpoint carries a key status',
    section: '1.4',
  },
  {
    name: 'foreignDcClient',
    default: 'same-credentials',
    values: ['same-credentials', 'unknown-in-cn', 'unknown'],
    meaning:
      'Whether the client of the home data centre is known in the others (the consent of multi-DC clients), in all but cn, or nowhere else',
    section: '1.5',
  },
  {
    name: 'ukDataCentre',
    default: true,
    meaning: 'GET /oauth/serverinfo names the data centre uk',
    section: '1.5',
  },
  {
    name: 'tokenBoundToOrg',
    default: true,
    meaning: 'A token reaches one org; otherwise the header X-CRM-ORG (a zgid) names another org of its data centre',
    section: '1.5',
  },
  {
    name: 'participantStatus',
    default: 'not_known',
    values: ['not_known', 'accepted', 'declined', 'tentative'],
    meaning: 'What the status of a participant reads until somebody answers',
    section: '3.2',
  },
  {
    name: 'multiContactActivities',
    default: false,
    meaning: 'Who_Id takes a list of contacts: the first is kept, the others become participants who are not invited',
    section: '3.3',
  },
  {
    name: 'multiLookupOnEvents',
    default: false,
    meaning: 'A multi-select lookup may be created on Events',
    section: '3.3',
  },
  {
    name: 'updateMails',
    default: true,
    meaning: 'Moving or renaming an event mails the participants that have been invited before',
    section: '3.5',
  },
  {
    name: 'noteRichText',
    default: false,
    meaning: 'Notes are rich text: lists cut Note_Content to 500 characters, and the pages show it without its tags',
    section: '4',
  },
  {
    name: 'coqlContactRoles',
    default: 'none',
    values: ['none', 'Contact_Roles', '!Deals_X_Contacts'],
    meaning: 'Name under which COQL reads the links of deals and contacts (columns Deals, Contacts, Contact_Role)',
    section: '6',
  },
  {
    name: 'coqlCreditTiers',
    default: true,
    meaning: 'COQL costs 1, 2 or 3 credits by its LIMIT; otherwise always 1',
    section: '6',
  },
  {
    name: 'cvidCredits',
    default: 3,
    meaning: 'Credits of a list with cvid',
    section: '10.2',
  },
  {
    name: 'bulkReadResultHours',
    default: 24,
    meaning: 'How long the result of a bulk read can be downloaded',
    section: '7.4',
  },
  {
    name: 'freeCustomFields',
    default: 0,
    meaning: 'Custom fields that a module may have in the Free edition',
    section: '8.5',
  },
  {
    name: 'repeatedFieldLabel',
    default: 'suffix',
    values: ['suffix', 'reject'],
    meaning:
      'What a label does that another field of the module has: the API name gets a number, or the field is refused',
    section: '8.5',
  },
  {
    name: 'fieldsInUse',
    default: '',
    meaning:
      'Custom fields that something else of the org uses (a workflow, a scoring rule), such as Events.AI_Score: they cannot be deleted; empty for none',
    section: '8.5',
  },
  {
    name: 'channelTokenLength',
    default: 50,
    meaning: 'Longest token of a notification channel (another text says 256)',
    section: '9',
  },
  {
    name: 'callbackRetries',
    default: 0,
    meaning: 'How often a callback is sent again that was not answered with success',
    section: '9',
  },
  {
    name: 'callbackRetrySeconds',
    default: 60,
    meaning: 'Seconds between two attempts of a callback',
    section: '9',
  },
  {
    name: 'callbackCredits',
    default: 0,
    meaning: 'Credits of each callback',
    section: '9',
  },
  {
    name: 'recordsPerDeleteCredit',
    default: 100,
    meaning: 'Records that one credit of a mass delete pays for',
    section: '10.2',
  },
  {
    name: 'latencyMs',
    default: 0,
    meaning: 'How long every API call takes at least, in milliseconds',
    section: '10.3',
  },
  {
    name: 'mergeMovesRelated',
    default: true,
    meaning:
      'A merge moves notes, activities and participations of the record that ends to the one that stays; otherwise its notes vanish with it, and Who_Id, What_Id and its place among participants become empty',
    section: '7.3',
  },
  {
    name: 'conversionMovesRelated',
    default: true,
    meaning:
      'The conversion of a lead moves its notes, activities and participations to the contact; otherwise its notes vanish with it, and What_Id and its place among participants become empty',
    section: '7.3',
  },
  {
    name: 'restoreMovesModifiedTime',
    default: true,
    meaning: 'Restoring a record from the recycle bin moves its Modified_Time (otherwise it comes back as it was)',
    section: '7.3',
  },
  {
    name: 'restoreReconnects',
    default: true,
    meaning:
      'A restored record gets back the lookups, participations and contact roles that pointed to it (its notes always come back with it)',
    section: '7.3',
  },
  {
    name: 'restoreHeardAs',
    default: 'insert',
    values: ['insert', 'update', 'nothing'],
    meaning: 'What notification channels hear of a restored record',
    section: '9',
  },
  {
    name: 'workflowMailsAlways',
    default: false,
    meaning:
      'The org has workflow rules on events and notes that mail the people of the event on every write and delete, in spite of an empty trigger and of wf_trigger=false',
    section: '8.1',
  },
  {
    name: 'mailsContacts',
    default: false,
    meaning: 'Contacts and leads who are participants of an event are mailed in spite of "invited": false',
    section: '3.5',
  },
  {
    name: 'mailsEmails',
    default: false,
    meaning: 'Participants of type email are mailed in spite of "invited": false',
    section: '3.5',
  },
  {
    name: 'mailsWho',
    default: false,
    meaning: 'The contact in Who_Id of an event is mailed',
    section: '3.5',
  },
  {
    name: 'mailsOnInsert',
    default: true,
    meaning: 'Those whom mailsContacts, mailsEmails or mailsWho name are mailed when an event is created',
    section: '3.5',
  },
  {
    name: 'mailsOnUpdate',
    default: true,
    meaning: 'Those whom mailsContacts, mailsEmails or mailsWho name are mailed when an event is changed',
    section: '3.5',
  },
  {
    name: 'mailsOnNote',
    default: true,
    meaning: 'Those whom mailsContacts, mailsEmails or mailsWho name are mailed when an event gets a note',
    section: '3.5',
  },
  {
    name: 'mailsOnDelete',
    default: true,
    meaning: 'Those whom mailsContacts, mailsEmails or mailsWho name are mailed when an event is deleted',
    section: '3.5',
  },
  {
    name: 'calendarSync',
    default: 'off',
    values: ['off', 'google', 'office365'],
    meaning:
      'Which calendar users have synced, unless POST /sandbox/people says it of one: it takes what is written to their events and mails the guests, and what it puts here has its link in the description (google) or as the venue (office365)',
    section: '3.5',
  },
  {
    name: 'calendarMails',
    default: 'always',
    values: ['always', 'future-only', 'never'],
    meaning:
      'When a synced calendar mails invitations, updates and cancellations for what is written in Zoho: always, not for meetings that are over, never',
    section: '3.5',
  },
  {
    name: 'cancelledShownAs',
    default: 'flag',
    values: ['flag', 'title'],
    meaning:
      'How an event looks that was cancelled in its calendar: $event_cancelled is true, or the title begins with "Canceled: "',
    section: '3.5',
  },
  {
    name: 'eventsSharing',
    default: 'public',
    values: ['public', 'public_read_write', 'public_read_only', 'private'],
    meaning:
      "Org-wide sharing of events: all do everything, may not delete others' (public_read_write), nor change them (public_read_only), or do not see them at all (private: lists, COQL and related lists leave them and their notes out). Owner and administrators are never bound; settings/data_sharing says which",
    section: '12',
  },
  {
    name: 'invisibleRecord',
    default: 'invalid-id',
    values: ['invalid-id', 'no-permission'],
    meaning:
      'How a record is refused that is there but hidden from the caller: as an id that seems to be invalid (204 for GET), or with NO_PERMISSION',
    section: '12',
  },
  {
    name: 'lockedRefusesNotes',
    default: true,
    meaning: 'A locked record takes no new notes (RECORD_LOCKED)',
    section: '8.7',
  },
  {
    name: 'withheldFields',
    default: '',
    meaning: 'Fields whose values clients do not get, such as Contacts.Email,Leads.Email; empty for none',
    section: '12',
  },
  {
    name: 'withheldAs',
    default: 'absent',
    values: ['absent', 'null'],
    meaning:
      'How a withheld field looks: absent from metadata, reads and COQL (hidden by field-level security), or there with private.restricted in metadata and always null (restricted personal data)',
    section: '12',
  },
  {
    name: 'withheldFrom',
    default: 'everybody',
    values: ['everybody', 'standard'],
    meaning: 'Whose profile withheld fields are withheld from: everybody, or all but administrators',
    section: '12',
  },
  {
    name: 'layoutMandatoryByApi',
    default: true,
    meaning: 'A field that a layout makes mandatory is mandatory for the API too (only settings/layouts shows it)',
    section: '12',
  },
  {
    name: 'mandatoryOnUpdate',
    default: 'when-empty',
    values: ['when-empty', 'when-sent'],
    meaning:
      'What an update of a record does whose field a layout has made mandatory since: it is refused while that field is empty (when-empty), or only when it is sent as empty (when-sent); layoutMandatoryByApi off means neither',
    section: '12',
  },
  {
    name: 'validationRulesByApi',
    default: true,
    meaning: 'Validation rules of a layout bind the API without apply_feature_execution (no metadata shows them)',
    section: '8.1',
  },
  {
    name: 'hiddenRelatedLists',
    default: '',
    meaning:
      'Related lists that layouts hide, such as Contacts.Invited_Events,Deals.Notes: not in metadata, INVALID_DATA when read',
    section: '3.4',
  },
  {
    name: 'orgType',
    default: 'crm',
    values: ['crm', 'bigin'],
    meaning: 'What GET /org says of the org in type: production, sandbox or developer as it is, or bigin',
    section: '1.5',
  },
  {
    name: 'multiCurrency',
    default: false,
    meaning:
      'The org has several currencies: leads, accounts and deals have Currency and Exchange_Rate (amounts are in the currency of their record), and org/currencies lists EUR, USD and GBP',
    section: '12',
  },
];
