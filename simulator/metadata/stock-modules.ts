// Above the usual length on purpose: one table, the fields of every stock module.
// Source: Zoho CRM, standard modules and fields; Zoho CRM API v8, Modules and Fields Metadata.
import { currencies } from './currencies.ts';
import { type FieldShape, stockField as f } from './field.ts';
import {
  accountTypes,
  dealTypes,
  industries,
  leadSources,
  leadStatuses,
  meetingVenues,
  ratings,
  salutations,
} from './pick-lists.ts';

/** A module of a stock org, before ids are given. */
export type ModuleShape = {
  apiName: string;
  singular: string;
  plural: string;
  /** Name in permissions (`Crm_Implied_View_Potentials`) and in `module_name`. */
  internal: string;
  /** Field that names a record in lookups. */
  nameField: string;
  fields: readonly FieldShape[];
  /** Largest number of records related to it that a client meets: which lists a record page has. */
  relatedLists: readonly string[];
  /** How a module came to be that is not stock: made by a customer, or by a multi-select lookup. */
  generated?: 'custom' | 'linking';
};

/** Fields that every module has. */
export const systemFields: readonly FieldShape[] = [
  f('Owner', 'ownerlookup', { lookup: 'users' }),
  f('Created_By', 'ownerlookup', { isReadOnly: true, lookup: 'users' }),
  f('Modified_By', 'ownerlookup', { isReadOnly: true, lookup: 'users' }),
  f('Created_Time', 'datetime', { isReadOnly: true }),
  f('Modified_Time', 'datetime', { isReadOnly: true }),
  f('Last_Activity_Time', 'datetime', { isReadOnly: true }),
  f('Tag', 'tags'),
  f('Record_Image', 'profileimage', { isReadOnly: true }),
];

const mailing = (prefix: string): FieldShape[] =>
  ['Street', 'City', 'State', 'Zip', 'Country'].map((part) => f(`${prefix}_${part}`, 'text', { length: 250 }));

/** What records with amounts have in an org with several currencies. Source: Zoho CRM, Multi-currency. */
const money: readonly FieldShape[] = [
  f('Currency', 'picklist', { pickList: currencies.map((one) => one.iso) }),
  f('Exchange_Rate', 'double'),
];

const person: readonly FieldShape[] = [
  f('Salutation', 'picklist', { pickList: salutations }),
  f('First_Name', 'text', { length: 40 }),
  f('Last_Name', 'text', { length: 80, isMandatory: true }),
  f('Full_Name', 'text', { length: 120, isReadOnly: true }),
  f('Email', 'email'),
  f('Secondary_Email', 'email'),
  f('Phone', 'phone'),
  f('Mobile', 'phone'),
  f('Fax', 'phone'),
  f('Lead_Source', 'picklist', { pickList: leadSources }),
  f('Email_Opt_Out', 'boolean'),
  f('Skype_ID', 'text', { length: 50 }),
  f('Twitter', 'text', { length: 50 }),
  f('Description', 'textarea'),
];

const activity: readonly FieldShape[] = [
  f('Who_Id', 'lookup', { label: 'Contact Name', lookup: 'Contacts' }),
  f('What_Id', 'multi_module_lookup', { label: 'Related To' }),
];

const leads: ModuleShape = {
  apiName: 'Leads',
  singular: 'Lead',
  plural: 'Leads',
  internal: 'Leads',
  nameField: 'Full_Name',
  fields: [
    ...person,
    f('Company', 'text', { length: 200 }),
    f('Designation', 'text', { label: 'Title', length: 100 }),
    f('Website', 'website'),
    f('Lead_Status', 'picklist', { pickList: leadStatuses }),
    f('Industry', 'picklist', { pickList: industries }),
    f('Rating', 'picklist', { pickList: ratings }),
    f('No_of_Employees', 'integer'),
    f('Annual_Revenue', 'currency'),
    f('Street', 'text', { length: 250 }),
    f('City', 'text', { length: 100 }),
    f('State', 'text', { length: 100 }),
    f('Zip_Code', 'text', { length: 30 }),
    f('Country', 'text', { length: 100 }),
    f('Converted__s', 'boolean', { label: 'Is Converted', isReadOnly: true }),
    f('Converted_Account', 'lookup', { isReadOnly: true, lookup: 'Accounts' }),
    f('Converted_Contact', 'lookup', { isReadOnly: true, lookup: 'Contacts' }),
    f('Converted_Deal', 'lookup', { isReadOnly: true, lookup: 'Deals' }),
    ...systemFields,
    ...money,
  ],
  relatedLists: [
    'Notes',
    'Activities',
    'Activities_History',
    'Events',
    'Events_History',
    'Invited_Events',
    'Tasks',
    'Calls',
  ],
};

const accounts: ModuleShape = {
  apiName: 'Accounts',
  singular: 'Account',
  plural: 'Accounts',
  internal: 'Accounts',
  nameField: 'Account_Name',
  fields: [
    f('Account_Name', 'text', { length: 200, isMandatory: true }),
    f('Parent_Account', 'lookup', { lookup: 'Accounts' }),
    f('Website', 'website'),
    f('Phone', 'phone'),
    f('Fax', 'phone'),
    f('Account_Number', 'bigint'),
    f('Account_Site', 'text', { length: 80 }),
    f('Account_Type', 'picklist', { pickList: accountTypes }),
    f('Industry', 'picklist', { pickList: industries }),
    f('Annual_Revenue', 'currency'),
    f('Employees', 'integer'),
    f('Rating', 'picklist', { pickList: ratings }),
    f('Ownership', 'picklist', { pickList: ['-None-', 'Other', 'Private', 'Public', 'Subsidiary'] }),
    f('Ticker_Symbol', 'text', { length: 30 }),
    f('SIC_Code', 'integer'),
    ...mailing('Billing').map((field) => ({ ...field, apiName: field.apiName.replace('Zip', 'Code') })),
    ...mailing('Shipping').map((field) => ({ ...field, apiName: field.apiName.replace('Zip', 'Code') })),
    f('Description', 'textarea'),
    ...systemFields,
    ...money,
  ],
  relatedLists: [
    'Notes',
    'Contacts',
    'Deals',
    'Activities',
    'Activities_History',
    'Events',
    'Events_History',
    'Tasks',
    'Calls',
  ],
};

const contacts: ModuleShape = {
  apiName: 'Contacts',
  singular: 'Contact',
  plural: 'Contacts',
  internal: 'Contacts',
  nameField: 'Full_Name',
  fields: [
    ...person,
    f('Account_Name', 'lookup', { lookup: 'Accounts' }),
    f('Vendor_Name', 'lookup', { lookup: 'Vendors' }),
    f('Reporting_To', 'lookup', { lookup: 'Contacts' }),
    f('Title', 'text', { length: 100 }),
    f('Department', 'text', { length: 50 }),
    f('Home_Phone', 'phone'),
    f('Other_Phone', 'phone'),
    f('Assistant', 'text', { length: 50 }),
    f('Asst_Phone', 'phone'),
    f('Date_of_Birth', 'date'),
    ...mailing('Mailing'),
    ...mailing('Other'),
    ...systemFields,
  ],
  relatedLists: [
    'Notes',
    'Deals',
    'Activities',
    'Activities_History',
    'Events',
    'Events_History',
    'Invited_Events',
    'Tasks',
    'Calls',
  ],
};

const deals: ModuleShape = {
  apiName: 'Deals',
  singular: 'Deal',
  plural: 'Deals',
  internal: 'Potentials',
  nameField: 'Deal_Name',
  fields: [
    f('Deal_Name', 'text', { length: 120, isMandatory: true }),
    f('Stage', 'picklist', { isMandatory: true }),
    f('Account_Name', 'lookup', { lookup: 'Accounts' }),
    f('Contact_Name', 'lookup', { lookup: 'Contacts' }),
    f('Campaign_Source', 'lookup', { lookup: 'Campaigns' }),
    f('Amount', 'currency'),
    f('Closing_Date', 'date'),
    f('Probability', 'integer', { length: 3 }),
    f('Expected_Revenue', 'currency', { isReadOnly: true }),
    f('Pipeline', 'picklist', { pickList: ['Standard (Standard)'] }),
    f('Type', 'picklist', { pickList: dealTypes }),
    f('Lead_Source', 'picklist', { pickList: leadSources }),
    f('Next_Step', 'text', { length: 100 }),
    f('Reason_For_Loss__s', 'picklist', { pickList: ['-None-', 'Price', 'Competition', 'Future Interest', 'Other'] }),
    f('Lead_Conversion_Time', 'integer', { isReadOnly: true }),
    f('Sales_Cycle_Duration', 'integer', { isReadOnly: true }),
    f('Overall_Sales_Duration', 'integer', { isReadOnly: true }),
    f('Description', 'textarea'),
    ...systemFields,
    ...money,
  ],
  relatedLists: [
    'Notes',
    'Contact_Roles',
    'Activities',
    'Activities_History',
    'Events',
    'Events_History',
    'Tasks',
    'Calls',
  ],
};

const events: ModuleShape = {
  apiName: 'Events',
  singular: 'Meeting',
  plural: 'Meetings',
  internal: 'Events',
  nameField: 'Event_Title',
  fields: [
    f('Event_Title', 'text', { label: 'Title', isMandatory: true }),
    f('Start_DateTime', 'datetime', { label: 'From', isMandatory: true }),
    f('End_DateTime', 'datetime', { label: 'To', isMandatory: true }),
    f('All_day', 'boolean', { label: 'All day' }),
    f('Venue', 'text', { label: 'Location' }),
    f('Meeting_Venue__s', 'picklist', { pickList: meetingVenues }),
    f('Participants', 'participants'),
    f('Remind_At', 'multireminder', { label: 'Reminder' }),
    f('Recurring_Activity', 'RRULE', { label: 'Repeat' }),
    f('Description', 'textarea'),
    f('Check_In_Time', 'datetime', { isReadOnly: true }),
    f('Check_In_Status', 'text', { isReadOnly: true, length: 100 }),
    ...activity,
    ...systemFields,
  ],
  relatedLists: ['Notes', 'Attachments'],
};

const notes: ModuleShape = {
  apiName: 'Notes',
  singular: 'Note',
  plural: 'Notes',
  internal: 'Notes',
  nameField: 'Note_Title',
  fields: [
    f('Note_Title', 'text', { length: 120 }),
    f('Note_Content', 'textarea', { length: 65535, isMandatory: true }),
    f('Parent_Id', 'multi_module_lookup', { isMandatory: true }),
    ...systemFields.filter((field) => field.type === 'ownerlookup' || /^(Created|Modified)_Time$/.test(field.apiName)),
  ],
  relatedLists: ['Attachments'],
};

const tasks: ModuleShape = {
  apiName: 'Tasks',
  singular: 'Task',
  plural: 'Tasks',
  internal: 'Tasks',
  nameField: 'Subject',
  fields: [
    f('Subject', 'text', { isMandatory: true }),
    f('Due_Date', 'date'),
    f('Status', 'picklist', { pickList: ['Not Started', 'Deferred', 'In Progress', 'Completed', 'Waiting for input'] }),
    f('Priority', 'picklist', { pickList: ['High', 'Highest', 'Low', 'Lowest', 'Normal'] }),
    f('Closed_Time', 'datetime', { isReadOnly: true }),
    f('Description', 'textarea'),
    ...activity,
    ...systemFields,
  ],
  relatedLists: ['Notes', 'Attachments'],
};

const calls: ModuleShape = {
  apiName: 'Calls',
  singular: 'Call',
  plural: 'Calls',
  internal: 'Calls',
  nameField: 'Subject',
  fields: [
    f('Subject', 'text', { isMandatory: true }),
    f('Call_Type', 'picklist', { pickList: ['Outbound', 'Inbound', 'Missed'], isMandatory: true }),
    f('Call_Start_Time', 'datetime', { isMandatory: true }),
    f('Call_Duration', 'text', { length: 20 }),
    f('Call_Purpose', 'picklist', {
      pickList: ['-None-', 'Prospecting', 'Administrative', 'Negotiation', 'Demo', 'Project', 'Desk'],
    }),
    f('Call_Result', 'text', { length: 120 }),
    f('Description', 'textarea'),
    ...activity,
    ...systemFields,
  ],
  relatedLists: ['Notes', 'Attachments'],
};

const plain = (
  apiName: string,
  singular: string,
  plural: string,
  nameField: string,
  fields: FieldShape[],
): ModuleShape => ({
  apiName,
  singular,
  plural,
  internal: apiName.replaceAll('_', ''),
  nameField,
  fields: [
    f(nameField, 'text', { length: 120, isMandatory: true }),
    ...fields,
    f('Description', 'textarea'),
    ...systemFields,
  ],
  relatedLists: ['Notes', 'Attachments'],
});

const toAccount = f('Account_Name', 'lookup', { lookup: 'Accounts' });
const toContact = f('Contact_Name', 'lookup', { lookup: 'Contacts' });
const toDeal = f('Deal_Name', 'lookup', { lookup: 'Deals' });

/** All modules of a stock org that the API serves. */
export const stockModules: readonly ModuleShape[] = [
  leads,
  accounts,
  contacts,
  deals,
  events,
  tasks,
  calls,
  notes,
  plain('Campaigns', 'Campaign', 'Campaigns', 'Campaign_Name', [
    f('Type', 'picklist', { pickList: ['-None-', 'Conference', 'Webinar', 'Trade Show', 'Email'] }),
    f('Status', 'picklist', { pickList: ['-None-', 'Planning', 'Active', 'Inactive', 'Complete'] }),
    f('Start_Date', 'date'),
    f('End_Date', 'date'),
    f('Budgeted_Cost', 'currency'),
  ]),
  plain('Products', 'Product', 'Products', 'Product_Name', [
    f('Product_Code', 'text', { length: 40 }),
    f('Unit_Price', 'currency'),
    f('Product_Active', 'boolean'),
    f('Vendor_Name', 'lookup', { lookup: 'Vendors' }),
  ]),
  plain('Vendors', 'Vendor', 'Vendors', 'Vendor_Name', [
    f('Email', 'email'),
    f('Phone', 'phone'),
    f('Website', 'website'),
  ]),
  plain('Price_Books', 'Price Book', 'Price Books', 'Price_Book_Name', [f('Active', 'boolean')]),
  plain('Quotes', 'Quote', 'Quotes', 'Subject', [toAccount, toContact, toDeal, f('Valid_Till', 'date')]),
  plain('Sales_Orders', 'Sales Order', 'Sales Orders', 'Subject', [
    toAccount,
    toContact,
    toDeal,
    f('Due_Date', 'date'),
  ]),
  plain('Purchase_Orders', 'Purchase Order', 'Purchase Orders', 'Subject', [toContact, f('PO_Date', 'date')]),
  plain('Invoices', 'Invoice', 'Invoices', 'Subject', [toAccount, toContact, f('Invoice_Date', 'date')]),
  plain('Cases', 'Case', 'Cases', 'Subject', [
    toAccount,
    toDeal,
    f('Status', 'picklist', { pickList: ['New', 'On Hold', 'Closed'] }),
  ]),
  plain('Solutions', 'Solution', 'Solutions', 'Solution_Title', [f('Published', 'boolean')]),
];

/** Modules that `What_Id` of an activity may point to. Source: Zoho CRM API v7, Insert Records, `$se_module`. */
export const whatModules: readonly string[] = [
  'Accounts',
  'Deals',
  'Leads',
  'Products',
  'Quotes',
  'Sales_Orders',
  'Purchase_Orders',
  'Invoices',
  'Campaigns',
  'Vendors',
  'Cases',
];
