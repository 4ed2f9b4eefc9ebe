/** What people want to see of a module: columns of its list, and the fields that stand first on a record's page. */
export type ModuleView = { columns: readonly string[]; fields: readonly string[]; onCreate: readonly string[] };

const views: Record<string, ModuleView> = {
  Contacts: {
    columns: ['Full_Name', 'Account_Name', 'Email', 'Phone', 'Title', 'Owner', 'Modified_Time'],
    fields: [
      'First_Name',
      'Last_Name',
      'Account_Name',
      'Title',
      'Email',
      'Secondary_Email',
      'Phone',
      'Mobile',
      'Department',
      'Owner',
      'Mailing_City',
      'Mailing_Country',
      'Description',
    ],
    onCreate: ['First_Name', 'Last_Name', 'Account_Name', 'Title', 'Email', 'Secondary_Email', 'Phone'],
  },
  Leads: {
    columns: ['Full_Name', 'Company', 'Email', 'Phone', 'Lead_Status', 'Owner', 'Modified_Time'],
    fields: [
      'First_Name',
      'Last_Name',
      'Company',
      'Designation',
      'Email',
      'Secondary_Email',
      'Phone',
      'Lead_Status',
      'Owner',
      'Description',
    ],
    onCreate: ['First_Name', 'Last_Name', 'Company', 'Email', 'Phone'],
  },
  Accounts: {
    columns: ['Account_Name', 'Website', 'Industry', 'Billing_Country', 'Owner', 'Modified_Time'],
    fields: [
      'Account_Name',
      'Parent_Account',
      'Website',
      'Phone',
      'Industry',
      'Account_Type',
      'Employees',
      'Annual_Revenue',
      'Billing_City',
      'Billing_Country',
      'Owner',
      'Description',
    ],
    onCreate: ['Account_Name', 'Website', 'Phone', 'Industry', 'Parent_Account'],
  },
  Deals: {
    columns: ['Deal_Name', 'Account_Name', 'Stage', 'Amount', 'Closing_Date', 'Owner', 'Modified_Time'],
    fields: [
      'Deal_Name',
      'Account_Name',
      'Contact_Name',
      'Stage',
      'Probability',
      'Amount',
      'Expected_Revenue',
      'Closing_Date',
      'Pipeline',
      'Next_Step',
      'Owner',
      'Description',
    ],
    onCreate: ['Deal_Name', 'Account_Name', 'Contact_Name', 'Stage', 'Amount', 'Closing_Date'],
  },
  Events: {
    columns: ['Event_Title', 'Start_DateTime', 'What_Id', 'Who_Id', 'Owner', 'Modified_Time'],
    fields: ['Event_Title', 'Start_DateTime', 'End_DateTime', 'What_Id', 'Who_Id', 'Owner', 'Venue', 'Description'],
    onCreate: ['Event_Title', 'Start_DateTime', 'End_DateTime', 'Who_Id', 'What_Id', 'Venue', 'Description'],
  },
  Notes: {
    columns: ['Note_Title', 'Note_Content', 'Parent_Id', 'Owner', 'Modified_Time'],
    fields: ['Note_Title', 'Note_Content', 'Parent_Id', 'Owner'],
    onCreate: ['Note_Title', 'Note_Content', 'Parent_Id'],
  },
};

/** The view of a module; modules without one of their own show their name, owner and description. */
export function viewOf(module: { apiName: string; nameField: string }): ModuleView {
  const fallback = [module.nameField, 'Owner', 'Description'];
  return (
    views[module.apiName] ?? {
      columns: [module.nameField, 'Owner', 'Modified_Time'],
      fields: fallback,
      onCreate: fallback,
    }
  );
}
