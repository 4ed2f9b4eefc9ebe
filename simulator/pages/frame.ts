import type { Reply } from '../http/failure.ts';
import { type Html, html } from './html.ts';
import { modulePath, tabModules, type Visit } from './visit.ts';

/** A page before it is framed. */
export type Page = {
  title: string;
  body: Html;
  /** Module or tool whose tab is lit. */
  tab?: string;
  status?: number;
  /** A line on top: what was done, or what is wrong. */
  notice?: { text: string; isError?: boolean };
};

const tools = [
  ['ledger', 'Ledger'],
  ['mails', 'Mails'],
  ['switches', 'Switches'],
  ['faults', 'Faults'],
  ['clock', 'Clock'],
] as const;

/** Nothing from elsewhere, no inline script, no frame: content of records is never trusted. */
const policy =
  "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const pageHeaders: Record<string, string> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  // Without any referrer browsers would send our own forms with the origin "null".
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Puts a page into its frame: ribbon, tabs, tools, and who the viewer is. */
export function framed(visit: Visit, page: Page): Reply {
  return { status: page.status ?? 200, html: `<!doctype html>${frame(visit, page).markup}`, headers: pageHeaders };
}

/** Sends the browser on to another page of this origin. */
export function goTo(path: string, more: Record<string, string> = {}): Reply {
  return { status: 303, headers: { ...pageHeaders, Location: path, ...more } };
}

function frame(visit: Visit, page: Page): Html {
  const { notice } = page;
  return html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${page.title} · Sandbox</title><link rel="icon" href="/sandbox/ui/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/sandbox/ui/style.css"><script src="/sandbox/ui/pages.js" defer></script></head>
<body><a class="skip" href="#content">Skip to the content</a>
<div class="ribbon" role="note">SANDBOX — no real Zoho</div>
<header>${navigation(visit, page.tab ?? '')}</header>
<main id="content">${notice && html`<p class="${notice.isError ? 'notice bad' : 'notice'}" role="${notice.isError ? 'alert' : 'status'}">${notice.text}</p>`}
${page.body}</main></body></html>`;
}

function navigation(visit: Visit, lit: string): Html {
  const { org, viewer } = visit;
  const isLit = (name: string): Html => (name === lit ? html` aria-current="page"` : html``);
  const tabs = tabModules.map(
    (name) => html`<a href="${modulePath(org, name)}"${isLit(name)}>${org.module(name)?.plural ?? name}</a>`,
  );
  const links = tools.map(([path, label]) => html`<a href="/sandbox/ui/${path}"${isLit(path)}>${label}</a>`);
  const where = org.environment === 'production' ? '' : html` <span class="chip warn">${org.environment} org</span>`;
  return html`<div class="bar"><a class="brand" href="/"${isLit('home')}>CRM Sandbox</a>${where}<nav class="tools" aria-label="Tools">${links}</nav><a class="viewer" href="/sandbox/ui/people" title="You see and change things as this user" dir="auto"><span aria-hidden="true">${initials(String(viewer.full_name))}</span>${String(viewer.full_name)}</a></div>
<nav class="tabs" aria-label="Modules">${tabs}</nav>`;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return [words[0], words.length > 1 ? words[words.length - 1] : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}

/** Links to the pages around the current one; nothing when all fits on one. */
export function pager(input: {
  page: number;
  size: number;
  total: number;
  shown: number;
  hrefOf(page: number): string;
}): Html {
  const { page, size, total, shown, hrefOf } = input;
  if (total <= size && page === 1) return html``;
  const last = Math.max(1, Math.ceil(total / size));
  const from = shown === 0 ? 0 : (page - 1) * size + 1;
  const step = (to: number, label: string, isThere: boolean) =>
    isThere
      ? html`<a class="button" href="${hrefOf(to)}">${label}</a>`
      : html`<span class="button off">${label}</span>`;
  return html`<nav class="pager" aria-label="Pages"><span class="quiet">${from.toLocaleString('en')}–${(from === 0 ? 0 : from + shown - 1).toLocaleString('en')} of ${total.toLocaleString('en')}</span>${step(1, 'First', page > 1)}${step(page - 1, 'Previous', page > 1)}${step(page + 1, 'Next', page < last)}${step(last, 'Last', page < last)}</nav>`;
}

/** A place that is empty, with what would fill it. */
export function emptyState(title: string, cure: Part): Html {
  return html`<div class="empty"><p><b>${title}</b></p><p class="quiet">${cure}</p></div>`;
}

type Part = Html | string;
