import { expect } from 'vitest';
import type { CanaryStep } from '../../src/domain/canary.ts';
import type { MailModes } from '../../src/domain/mail-modes.ts';
import { connectSandbox } from '../../src/features/connect/connect-sandbox.ts';
import type { TestDatabase } from '../harness/database.ts';
import { startTestProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

export const MAILBOX = 'canary@outside.example';
export const CONNECTED = 'olga@us.example';
export const MINUTE = 60;

/** A sandbox connection that begins as one to a real org does, loaded. */
export async function startSafe(database: TestDatabase): Promise<{ product: TestProduct; server: TestServer }> {
  const product = await startTestProduct(database);
  await connectSandbox({ ctx: product.ctx, gateway: product.gateway(), input: { isSafeMode: true } });
  await product.serve();
  return { product, server: await startTestServer(product) };
}

export const ask = async (server: TestServer, method: 'GET' | 'POST', path: string, payload?: object) => {
  const url = `/api/v1/integrations/zoho/canary${path}`;
  return server.as('admin', { method, url, ...(payload === undefined ? {} : { payload }) });
};

export const start = (server: TestServer, more: object = {}) =>
  ask(server, 'POST', '', { mailbox: MAILBOX, calendars: 'none', ...more });

export type Step = { step: CanaryStep; state: string; writtenAt: string | null };

/** Lets time pass and answers what is asked, as the mailbox says, until the trial is over. */
export async function play(product: TestProduct, server: TestServer): Promise<void> {
  for (let minutes = 0; minutes < 300; minutes += 5) {
    await product.serve();
    const { run } = (await ask(server, 'GET', '')).json();
    if (!['running', 'cleaning'].includes(run.state)) return;
    for (const step of run.steps as Step[]) {
      if (step.state !== 'ask') continue;
      const answer = mailed(product, step) ? 'yes' : 'no';
      const response = await ask(server, 'POST', '/answers', { step: step.step, answer });
      expect(response.statusCode).toBe(200);
    }
    product.advance(5 * MINUTE);
  }
  throw new Error('The trial has no end.');
}

/** What the administrator sees: a mail that came when the step was written. Steps are minutes apart. */
function mailed(product: TestProduct, { step, writtenAt }: Step): boolean {
  // The colleague that is tried is the connected user, who reads a mailbox of their own.
  const mailbox = step === 'users' ? CONNECTED : MAILBOX;
  const written = new Date(writtenAt ?? 0).getTime();
  return product.crm
    .mails()
    .some(({ to, at }) => to === mailbox && Math.abs(new Date(at).getTime() - written) < 2 * MINUTE * 1000);
}

export const ALL_SILENT: MailModes = {
  contacts: true,
  emails: true,
  users: true,
  contactOfEvent: true,
  updates: true,
  notes: true,
  deletes: true,
};

/** Nothing of a trial is left in Zoho or in the mirror. */
export async function expectNoTrace(product: TestProduct): Promise<void> {
  product.advance(10 * MINUTE);
  await product.serve();
  const named = (rows: object[]) => rows.filter((row) => JSON.stringify(row).includes('Salescaling mail test'));
  expect(named(product.crm.records('Contacts'))).toEqual([]);
  expect(named(product.crm.events())).toEqual([]);
  expect(named(product.crm.notes())).toEqual([]);
  const rows = await product.db.query(
    `select id from crm_contacts where organization_id = $1 and (name like '%mail test%' or email = $2)`,
    [product.organizationId, MAILBOX],
  );
  expect(rows).toEqual([]);
}
