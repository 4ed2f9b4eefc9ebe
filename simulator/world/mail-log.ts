import type { Table } from '../store/table.ts';

export type Mail = { at: string; to: string; cause: string; recordId: string };

/** Every mail that real Zoho might have sent. Nothing is ever sent. */
export type MailLog = {
  add(mail: { at: number; to: string; cause: string; recordId: string }): void;
  all(): Mail[];
};

/** Keeps the mails in a table, so that they outlive a restart. */
export function openMailLog(table: Table): MailLog {
  return {
    add(mail) {
      table.put({ id: String(table.size + 1), ...mail });
    },
    all: () =>
      [...table.rows()].map((row) => ({
        at: new Date(Number(row.at)).toISOString(),
        to: String(row.to),
        cause: String(row.cause),
        recordId: String(row.recordId),
      })),
  };
}
