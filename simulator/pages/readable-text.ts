import type { Row } from '../store/table.ts';
import type { World } from '../world/world.ts';
import { type Html, html } from './html.ts';

const mostLines = 60;
const mostCharacters = 6000;

/** Text of a note or description, line by line as it stands, made readable: headings, lists, times, links. Long ones fold. */
export function readableText(text: string, isWhole = false): Html {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const shown = isWhole ? lines.length : linesThatFit(lines);
  const rows = lines.map((line, index) => readableLine(line, lines[index - 1] ?? '', lines[index + 1] ?? ''));
  if (shown >= lines.length) return html`<div class="text" dir="auto">${rows}</div>`;
  return html`<div class="text" dir="auto">${rows.slice(0, shown)}<details class="rest"><summary>Show the rest (${text.length.toLocaleString('en')} characters in all)</summary>${rows.slice(shown)}</details></div>`;
}

function linesThatFit(lines: readonly string[]): number {
  let used = 0;
  for (const [index, line] of lines.entries()) {
    used += line.length;
    if (index >= mostLines || (index > 0 && used > mostCharacters)) return index;
  }
  return lines.length;
}

function readableLine(line: string, before: string, after: string): Html {
  if (line.trim() === '') return html`<p class="gap"> </p>`;
  if (isMark(line)) return html`<p class="mark" dir="auto">${linked(line)}</p>`;
  if (isHeading(line, before, after)) return html`<p class="heading" dir="auto">${line}</p>`;
  const timed = /^(\s*)((?:Clip )?)(\d{1,2}(?::\d{2}){1,2}(?:[–-]\d{1,2}(?::\d{2}){1,2})?)(\s.*)?$/.exec(line);
  if (timed) {
    const kind = timed[1] === '' ? 'timed' : 'timed clip';
    return html`<p class="${kind}" dir="auto">${timed[1]}${timed[2]}<b class="clock">${timed[3]}</b>${linked(timed[4] ?? '')}</p>`;
  }
  if (/^\s*[-•*] /.test(line)) return html`<p class="item" dir="auto">${linked(line)}</p>`;
  return html`<p dir="auto">${linked(line)}</p>`;
}

/** Lines that programs leave for themselves: `[…]`, `--- … ---`, `name:id:kind`. */
function isMark(line: string): boolean {
  return /^\[.{1,200}\]$/.test(line) || /^---.*---$/.test(line) || /^[a-z]+:[\da-f-]{16,}\S*$/i.test(line);
}

/** A short line above others, that is no sentence. */
function isHeading(line: string, before: string, after: string): boolean {
  if (before.trim() !== '' || after.trim() === '' || line.length > 70) return false;
  return !/^[\s\d\-•*[(]/.test(line) && !/[.!?,;…]$/.test(line) && !/https?:/.test(line);
}

const address = /https?:\/\/[^\s<>"'`{}|\\^]+/g;

/** Text with its addresses as links; only http and https become links. */
export function linked(text: string): Html {
  const parts: Html[] = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    const url = found[0].replace(/[.,;:!?)\]]+$/, '');
    if (!URL.canParse(url)) continue;
    parts.push(html`${text.slice(from, found.index)}${link(url)}`);
    from = found.index + url.length;
  }
  return html`${parts}${text.slice(from)}`;
}

/** A link to another site, when the address is one of the web; else its text. */
export function link(url: string): Html {
  if (!/^https?:\/\//i.test(url)) return html`${url}`;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer" dir="ltr">${url}</a>`;
}

/** A note as its page shows it: as it stands, or, where notes are rich text (a switch), without its tags. */
export function noteText(world: World, note: Row): string {
  const stored = String(note.Note_Content ?? '');
  if (!world.switches.isOn('noteRichText')) return stored;
  return stored.replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, '\n').replace(/<\/?[a-z][^<>]*>/gi, '');
}
