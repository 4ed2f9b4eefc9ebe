import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Flags with which Debian's Chromium runs headless, as root too, and asks nobody outside this machine. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function openBrowser(path: string): Promise<Browser> {
  return chromium.launch({ executablePath: path, args: FLAGS });
}

export type Look = { width: number; height: number; scheme: 'light' | 'dark'; timeZone?: string };

/** A page that keeps what went wrong in it, and every address outside this machine that it asked for. */
export type WatchedPage = { page: Page; errors: string[]; strangers: string[]; context: BrowserContext };

export async function openPage(browser: Browser, look: Look): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    timezoneId: look.timeZone ?? 'Europe/Madrid',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && hostname !== 'localhost' && hostname !== '127.0.0.1')
      strangers.push(request.url());
  });
  return { page, errors, strangers, context };
}

/** Connects the Zoho card to the sandbox as a person does: Connect, log in and allow on the consent page, back to *Connected*. */
export async function connectThroughConsent(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/settings/integrations`);
  await page.getByRole('region', { name: 'Zoho CRM' }).getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await page.waitForURL(`${origin}/settings/integrations**`);
  await page.getByRole('region', { name: 'Zoho CRM' }).getByText('Connected', { exact: true }).first().waitFor();
}
