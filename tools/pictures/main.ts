import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startProduct } from '../demo/start-product.ts';
import { bringSample, openApi } from './bring-sample.ts';
import { connectThroughConsent, openBrowser, openPage } from './drive-browser.ts';
import { findChromium } from './find-chromium.ts';

/** Makes the pictures of the README from a running product with the sample: `npm run pictures`. */

const ROOT = join(import.meta.dirname, '..', '..');
const IMAGES = join(ROOT, 'docs', 'images');
const MEETING = '2026-10-14-great-lakes-rollout';

async function main(): Promise<void> {
  const chromium = findChromium();
  if ('whyNot' in chromium) throw new Error(chromium.whyNot);
  await mkdir(IMAGES, { recursive: true });
  const { ready, stop } = startProduct({ seed: join(ROOT, 'sample'), database: null });
  const browser = await openBrowser(chromium.path);
  try {
    const { origin, signInLink } = await ready;
    const { page, context } = await openPage(browser, { width: 1440, height: 900, scheme: 'light' });
    await page.goto(signInLink);
    await connectThroughConsent(page, origin);
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const api = openApi(origin, cookie);
    await bringSample(api);
    const { primary, inZoho } = (await api('GET', `/meetings/${MEETING}`)) as Detail;
    const shoot = async (address: string, file: string, { pointAt = '', height = 900 } = {}) => {
      await page.setViewportSize({ width: 1440, height });
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      if (pointAt !== '') await page.locator('section', { hasText: 'Who and what' }).getByText(pointAt).last().hover();
      await page.screenshot({ path: join(IMAGES, file), animations: 'disabled' });
      process.stderr.write(`${file}\n`);
    };
    await shoot(`${origin}/settings/integrations`, 'integrations.png');
    await shoot(`${origin}/meetings/${MEETING}`, 'meeting.png', { pointAt: primary.name });
    await shoot(`${origin}/needs-you`, 'needs-you.png');
    await shoot(`${origin}/analytics`, 'analytics.png');
    // The sandbox's page of the deal that the meeting shows first, down to its notes.
    const deal = inZoho.eventUrl.replace(/Events\/\d+$/, `Potentials/${primary.crmId}`);
    await shoot(deal, 'sandbox-deal.png', { height: 1700 });
  } finally {
    await browser.close();
    await stop();
  }
}

type Detail = { primary: { crmId: string; name: string }; inZoho: { eventUrl: string } };

await main();
