import type { Rights } from '../../src/crm/rights.ts';
import { SCOPES } from '../../src/crm/scopes.ts';
import { findConnection } from '../../src/db/queries/connections.ts';
import { checkConnectionRights } from '../../src/features/connect/check-rights.ts';
import { type ConnectOutcome, saveGrant } from '../../src/features/connect/finish-connect.ts';
import { meetingBody, NOW, type TestProduct } from '../harness/product.ts';

export type Consent = {
  /** E-mail of the Zoho user; the administrator if left out. */
  user?: string;
  scopes?: readonly string[];
  /** Which of the user's orgs. */
  environment?: 'production' | 'sandbox' | 'developer';
};

/** Gives the consent of a Zoho user, as the consent page would, and connects with it. */
export async function connectAs(product: TestProduct, consent: Consent = {}): Promise<ConnectOutcome> {
  const gateway = product.gateway();
  const answer = await fetch(`${product.simulator.accounts}/sandbox/grants`, {
    method: 'POST',
    body: JSON.stringify({
      scope: (consent.scopes ?? SCOPES).join(','),
      redirectUri: gateway.redirectUri,
      ...(consent.user === undefined ? {} : { user: consent.user }),
      ...(consent.environment === undefined ? {} : { environment: consent.environment }),
    }),
  });
  const { code, error } = (await answer.json()) as { code?: string; error?: string };
  if (code === undefined) throw new Error(error ?? 'The simulator gave no code.');
  return saveGrant({ ctx: product.ctx, gateway, input: { centre: gateway.startCentre(), code, userId: 'eva' } });
}

/** The connection as it is stored. */
export async function connectionOf(product: TestProduct) {
  const row = await findConnection<unknown, Rights>(product.db, product.organizationId);
  if (row === null) throw new Error('There is no connection.');
  return row;
}

/** Results of the last checklist by key. */
export async function resultsOf(product: TestProduct): Promise<Record<string, string>> {
  const { rights } = await connectionOf(product);
  return Object.fromEntries(rights?.lines.map(({ key, result }) => [key, result]) ?? []);
}

/** A processed meeting of its own: no two of them are recordings of one conversation. */
export function bodyAt(number: number) {
  const starts = NOW - (number + 1) * 2 * 3_600_000;
  const moment = (minutes: number) => new Date(starts + minutes * 60_000).toISOString();
  const processed = { summaryAt: moment(50), notesAt: moment(51) };
  return meetingBody({ title: `Meeting ${number}`, startsAt: moment(0), endsAt: moment(45), processed });
}

/** Tests what the connecting user may do, as a person who presses “Check now”. */
export const check = (product: TestProduct) =>
  checkConnectionRights({ ctx: product.ctx, gateway: product.gateway(), input: {} });

/** Takes a permission of a module from the connecting user's profile, until the sandbox is healed. */
export const withdraw = (product: TestProduct, module: string, method?: string) =>
  product.crm.fault({ kind: 'module-permission-removed', match: { module, ...(method ? { method } : {}) } });
