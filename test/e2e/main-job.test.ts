import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, readSandboxAddress, startProduct } from '../../tools/demo/start-product.ts';
import { type Api, bringSample, openApi, untilNothingIsOwed } from '../../tools/pictures/bring-sample.ts';
import { connectThroughConsent, openBrowser, openPage, type WatchedPage } from '../../tools/pictures/drive-browser.ts';
import { findChromium } from '../../tools/pictures/find-chromium.ts';
import { createTestDatabase } from '../harness/database.ts';

// The main job as a person sees it: real Chromium, the built pages, a product and a sandbox of its own.

const chromium = findChromium();
const VISIBLE_MS = 10_000;
const SAMPLE = join(import.meta.dirname, '..', '..', 'sample');
const database = await createTestDatabase();

describe('the main job in a browser', () => {
  let product: Product;
  let stop: () => Promise<void> = async () => undefined;
  let browser: Browser;
  let watched: WatchedPage;
  let api: Api;

  const sandbox = async (control: string, body: object) =>
    post(`${(await readSandboxAddress(product.dataDir)).accounts}/sandbox/${control}`, body);

  beforeAll(async () => {
    if ('whyNot' in chromium) return;
    const started = startProduct({ seed: SAMPLE, database: database.url });
    stop = started.stop;
    product = await started.ready;
    browser = await openBrowser(chromium.path);
    watched = await openPage(browser, { width: 1440, height: 900, scheme: 'light' });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await stop();
  }, 60_000);

  it('signs in once, connects through the consent page and loads the CRM', async (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    const { page } = watched;
    await page.goto(product.signInLink);
    await connectThroughConsent(page, product.origin);
    const cookies = await watched.context.cookies();
    api = openApi(product.origin, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
    await untilNothingIsOwed(api);
    expect(await api('GET', '/integrations/zoho')).toMatchObject({ state: 'connected', mirror: { accounts: 12 } });
    const second = await openPage(browser, { width: 800, height: 600, scheme: 'light' });
    await second.page.goto(product.signInLink);
    expect((await second.context.cookies()).filter(({ name }) => name.includes('session'))).toEqual([]);
    await second.context.close();
  }, 120_000);

  it('shows a meeting with its people, links and what is in Zoho', async (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    expect(await bringSample(api)).toBe(11);
    const { page } = watched;
    await page.goto(`${product.origin}/meetings`);
    await page.getByRole('link', { name: 'Brückner – Dock Scheduler Demo' }).first().click();
    await page.getByRole('heading', { name: 'Brückner – Dock Scheduler Demo' }).first().waitFor();
    await page.getByText('3 of 3 verified').waitFor();
    await page.getByText('Brückner Antriebe GmbH').first().waitFor();
    await page.getByText('Nothing to change.', { exact: false }).waitFor();
    expect(watched.errors).toEqual([]);
  }, 120_000);

  it('asks who is meant, and publishes by the answer', async (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    type Queue = { data: { cause: string; meeting: { externalId: string }; participant: { key: string } }[] };
    const before = (await api('GET', '/needs-you?cause=ambiguous')) as Queue;
    const [asked] = before.data;
    if (asked === undefined) throw new Error('The sample has an ambiguous person, but nobody is asked about.');
    const { page } = watched;
    await page.goto(`${product.origin}/needs-you`);
    await page.getByText('Who is it?').first().click();
    await page.getByRole('region', { name: 'Current question' }).getByText('Find in Zoho').waitFor();
    const said = page.waitForResponse((response) => response.url().endsWith('/people') && response.ok());
    await page.keyboard.press('1');
    await said;
    await untilNothingIsOwed(api);
    const after = (await api('GET', `/meetings/${asked.meeting.externalId}`)) as {
      participants: { key: string; match: { kind: string; by: string } }[];
      state: string;
    };
    expect(after.participants.find(({ key }) => key === asked.participant.key)?.match).toMatchObject({
      kind: 'matched',
      by: 'decision',
    });
    expect(after.state).toBe('published');
  }, 120_000);

  it('shows what arrived on the sandbox’s own pages', async (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    const detail = (await api('GET', '/meetings/2026-10-21-brueckner-demo')) as {
      inZoho: { eventUrl: string };
      primary: { crmId: string };
    };
    const { page } = watched;
    await page.goto(detail.inZoho.eventUrl);
    await page.getByText('Brückner – Dock Scheduler Demo').first().waitFor();
    await page.getByText('Katrin Brückner').first().waitFor();
    await page.goto(detail.inZoho.eventUrl.replace(/Events\/\d+$/, `Potentials/${detail.primary.crmId}`));
    await page.getByText('Meeting summary: Brückner – Dock Scheduler Demo', { exact: false }).first().waitFor();
  }, 60_000);

  it('shows on an open page within ten seconds what somebody changes in Zoho', async (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    const { inZoho } = (await api('GET', '/meetings/2026-10-21-brueckner-demo')) as { inZoho: { eventId: string } };
    const { page } = watched;
    await page.goto(`${product.origin}/meetings/2026-10-21-brueckner-demo`);
    await page.getByText('3 of 3 verified').waitFor();
    // Zoho's times know no parts of a second: within one, an edit could not be told from the write before it.
    await post(`${product.origin}/test/advance`, { seconds: 1 });
    const fields = { Event_Title: 'What Tom calls it' };
    await sandbox('acts', {
      acts: [{ as: 'tom.becker@harbourline.example', do: 'update', module: 'Events', id: inZoho.eventId, fields }],
    });
    await page.getByText('What Tom calls it').first().waitFor({ timeout: VISIBLE_MS });
    await page.getByText('Edited in Zoho by Tom Becker').first().waitFor();
    expect(watched.errors).toEqual([]);
  }, 60_000);

  it('says on every page that the access is dead, and that it is back', async (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    await sandbox('people', { revoke: ['daniel.okafor@harbourline.example'] });
    await post(`${product.origin}/test/advance`, { seconds: 7_200 });
    const { page } = watched;
    await page.goto(`${product.origin}/meetings`);
    await page.getByText('Zoho no longer accepts our access.').waitFor({ timeout: 40_000 });
    const second = await watched.context.newPage();
    await second.goto(`${product.origin}/settings/integrations/zoho`);
    await second.getByRole('button', { name: 'Reconnect' }).click();
    await second.getByRole('button', { name: 'Accept' }).click();
    await second.getByText('Zoho CRM is connected').waitFor();
    await page.getByText('Zoho accepts us again.', { exact: false }).waitFor({ timeout: 40_000 });
    await second.goto(`${product.origin}/settings/integrations/zoho`);
    await second.getByRole('region', { name: 'Permissions' }).getByText('Create notes').waitFor();
    await second.getByRole('region', { name: 'Alerts' }).getByText('Connection restored').first().waitFor();
    await second.close();
  }, 120_000);

  it('asks nobody outside this machine', (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    expect(watched.strangers).toEqual([]);
    expect(watched.errors).toEqual([]);
  });
});

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}
