import type { TestProduct } from './product.ts';

/** Mails whoever is not kept from it by how a write asks. */
export const MAILS = {
  workflowMails: true,
  reminderMails: true,
  deleteMails: true,
  updateMails: true,
  mentionMails: true,
};

/** An org that mails the people of an event that is deleted, whatever is asked. */
export const DELETION_MAILS = {
  mailsContacts: true,
  mailsEmails: true,
  mailsWho: true,
  mailsOnInsert: false,
  mailsOnUpdate: false,
  mailsOnNote: false,
  mailsOnDelete: true,
};

/** Whole tables of the org, but for who changed a record last and when; an empty field is as good as none. */
export function tables({ crm }: TestProduct): unknown {
  return crm
    .org()
    .modules.map((module) => [
      module.apiName,
      [...module.records.rows()]
        .map(({ Modified_Time: _at, Modified_By: _by, Last_Activity_Time: _activity, ...row }) => filled(row))
        .sort((a, b) => String(a.id).localeCompare(String(b.id))),
    ]);
}

const filled = (row: object) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
