import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Product, startProduct } from '../../tools/demo/start-product.ts';
import { type Api, bringSample, openApi, untilNothingIsOwed } from '../../tools/pictures/bring-sample.ts';
import { connectThroughConsent, openBrowser, openPage, type WatchedPage } from '../../tools/pictures/drive-browser.ts';
import { findChromium } from '../../tools/pictures/find-chromium.ts';
import { createTestDatabase } from '../harness/database.ts';

// The main job as a person sees it: real Chromium, the built pages, a product and a sandbox of its own.

const chromium = findChromium();
const SAMPLE = join(import.meta.dirname, '..', '..', 'sample');
const database = await createTestDatabase();

describe('the main job in a browser', () => {
  let product: Product;
  let stop: () => Promise<void> = async () => undefined;
  let browser: Browser;
  let watched: WatchedPage;
  let api: Api;

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

  it('asks nobody outside this machine', (context) => {
    if ('whyNot' in chromium) return context.skip(chromium.whyNot);
    expect(watched.strangers).toEqual([]);
    expect(watched.errors).toEqual([]);
  });
});
