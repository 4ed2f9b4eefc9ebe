/** Pick lists of a stock org. Source: Zoho CRM, standard modules and fields. */

export type Stage = { name: string; probability: number; forecastType: 'Open' | 'Closed Won' | 'Closed Lost' };

export const stockStages: readonly Stage[] = [
  { name: 'Qualification', probability: 10, forecastType: 'Open' },
  { name: 'Needs Analysis', probability: 20, forecastType: 'Open' },
  { name: 'Value Proposition', probability: 40, forecastType: 'Open' },
  { name: 'Identify Decision Makers', probability: 60, forecastType: 'Open' },
  { name: 'Proposal/Price Quote', probability: 75, forecastType: 'Open' },
  { name: 'Negotiation/Review', probability: 90, forecastType: 'Open' },
  { name: 'Closed Won', probability: 100, forecastType: 'Closed Won' },
  { name: 'Closed Lost', probability: 0, forecastType: 'Closed Lost' },
  { name: 'Closed Lost to Competition', probability: 0, forecastType: 'Closed Lost' },
];

export const stockContactRoles: readonly string[] = [
  'Decision Maker',
  'Product Management',
  'Purchasing',
  'Developer/Evaluator',
  'Executive Sponsor',
  'Engineering Lead',
  'Economic Decision Maker',
  'Technical Decision Maker',
];

export const leadSources: readonly string[] = [
  '-None-',
  'Advertisement',
  'Cold Call',
  'Employee Referral',
  'External Referral',
  'Online Store',
  'Partner',
  'Public Relations',
  'Sales Email Alias',
  'Seminar Partner',
  'Internal Seminar',
  'Trade Show',
  'Web Download',
  'Web Research',
  'Chat',
];

export const leadStatuses: readonly string[] = [
  '-None-',
  'Attempted to Contact',
  'Contact in Future',
  'Contacted',
  'Junk Lead',
  'Lost Lead',
  'Not Contacted',
  'Pre-Qualified',
  'Not Qualified',
];

export const industries: readonly string[] = [
  '-None-',
  'ASP (Application Service Provider)',
  'Data/Telecom OEM',
  'ERP (Enterprise Resource Planning)',
  'Government/Military',
  'Large Enterprise',
  'ManagementISV',
  'MSP (Management Service Provider)',
  'Network Equipment Enterprise',
  'Non-management ISV',
  'Optical Networking',
  'Service Provider',
  'Small/Medium Enterprise',
  'Storage Equipment',
  'Storage Service Provider',
  'Systems Integrator',
  'Wireless Industry',
];

export const ratings: readonly string[] = [
  '-None-',
  'Acquired',
  'Active',
  'Market Failed',
  'Project Cancelled',
  'Shut Down',
];

export const accountTypes: readonly string[] = [
  '-None-',
  'Analyst',
  'Competitor',
  'Customer',
  'Distributor',
  'Integrator',
  'Investor',
  'Other',
  'Partner',
  'Press',
  'Prospect',
  'Reseller',
  'Supplier',
  'Vendor',
];

export const dealTypes: readonly string[] = ['-None-', 'Existing Business', 'New Business'];

export const salutations: readonly string[] = ['-None-', 'Mr.', 'Mrs.', 'Ms.', 'Dr.', 'Prof.'];

export const meetingVenues: readonly string[] = ['In-office', 'Client location', 'Online'];
