import { handleControl } from '../control/handle-control.ts';
import type { Reply } from '../http/failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { SwitchValue } from '../metadata/behaviour.ts';
import { type FaultRule, faultKinds } from '../world/faults.ts';
import { emptyState, framed, goTo, type Page, pager } from './frame.ts';
import { flag, type Html, html } from './html.ts';
import { fromWallTime, moment, wallTime } from './moments.ts';
import { recordLink } from './show-value.ts';
import { hrefWith, pageNumber, type Visit } from './visit.ts';

const mailsPerPage = 100;

/** Every mail that Zoho might have sent, newest first, with its cause. */
export function mailsPage(visit: Visit): Page {
  const all = visit.world.mails.all().reverse();
  const page = pageNumber(visit.query);
  const shown = all.slice((page - 1) * mailsPerPage, page * mailsPerPage);
  const lines = shown.map(
    (mail) =>
      html`<tr><td data-label="At">${moment(Date.parse(mail.at), visit.zone)}</td><td data-label="To" dir="auto">${mail.to}</td><td data-label="Cause">${mail.cause}</td><td data-label="Record">${whereIs(visit, mail.recordId)}</td></tr>`,
  );
  const table = html`<div class="scroll"><table class="cards"><thead><tr><th>At</th><th>To</th><th>Cause</th><th>Record</th></tr></thead><tbody>${lines}</tbody></table></div>`;
  const none = emptyState(
    'No mail would have been sent',
    'A client that adds participants without inviting them keeps it that way.',
  );
  const body = html`<div class="head"><h1>Mails</h1><span class="quiet">${all.length.toLocaleString('en')}</span></div><p class="quiet">Nothing is ever sent. This is what real Zoho might have sent, and why.</p>${all.length === 0 ? none : table}${pager({ page, size: mailsPerPage, total: all.length, shown: shown.length, hrefOf: (to) => hrefWith('/sandbox/ui/mails', visit.query, { page: to }) })}`;
  return { title: 'Mails', body, tab: 'mails' };
}

function whereIs(visit: Visit, id: string): Html {
  const holder = visit.org.modules.find((module) => module.records.get(id));
  if (holder) return recordLink(visit, holder.apiName, id, true);
  return html`<span class="quiet">${id}${visit.org.deleted.get(id) ? ', deleted' : ''}</span>`;
}

/** Each open question about Zoho as a switch, those that were changed first. */
export function switchesPage(visit: Visit): Page {
  const all = visit.world.switches.all();
  const isTurned = (one: (typeof all)[number]) => one.value !== one.default;
  const turned = all.filter(isTurned);
  const card = (one: (typeof all)[number]) =>
    html`<li class="${isTurned(one) ? 'switch turned' : 'switch'}" id="s-${one.name}"><div><b>${one.name}</b>${isTurned(one) && html` <span class="chip warn">changed</span>`}<p>${one.meaning}</p><p class="quiet">Default ${words(one.default)} · fact sheet, section ${one.section}</p></div>${switchForm(one)}</li>`;
  const body = html`<div class="head"><h1>Switches</h1><span class="quiet">${turned.length} of ${all.length} away from their default</span></div><p class="quiet">What no primary source says about Zoho, or what differs between organizations, can be set either way. It takes effect with the next call.</p><ul class="switches">${[...turned, ...all.filter((one) => !isTurned(one))].map(card)}</ul>`;
  return { title: 'Switches', body, tab: 'switches' };
}

const words = (value: SwitchValue) => (value === true ? 'on' : value === false ? 'off' : String(value));

function switchForm(one: { name: string; default: SwitchValue; value: SwitchValue; values?: readonly string[] }): Html {
  const start = html`<form class="row" method="post" action="/sandbox/ui/switches"><input type="hidden" name="name" value="${one.name}">`;
  if (typeof one.default === 'boolean') {
    const isOn = one.value === true;
    return html`${start}<input type="hidden" name="value" value="${isOn ? 'false' : 'true'}"><button class="toggle" role="switch" aria-checked="${isOn ? 'true' : 'false'}" aria-label="${one.name}"><span></span>${isOn ? 'On' : 'Off'}</button></form>`;
  }
  const value = one.values
    ? html`<select name="value" aria-label="${one.name}" data-submit>${one.values.map((text) => html`<option${flag('selected', text === one.value)}>${text}</option>`)}</select>`
    : html`<input name="value" value="${String(one.value)}" aria-label="${one.name}"${typeof one.default === 'number' && html` type="number"`}>`;
  return html`${start}${value}<button>Set</button></form>`;
}

/** Sets one switch from its form. */
export function setSwitch(visit: Visit): Reply {
  const name = visit.form.get('name') ?? '';
  const known = visit.world.switches.all().find((one) => one.name === name);
  const text = visit.form.get('value') ?? '';
  const value =
    typeof known?.default === 'boolean'
      ? text === 'true'
      : typeof known?.default === 'number' && text.trim() !== ''
        ? Number(text)
        : text;
  return afterControl(
    visit,
    control(visit, 'POST', 'switches', { [name]: value }),
    `/sandbox/ui/switches#s-${encodeURIComponent(name)}`,
    switchesPage,
  );
}

/** The rules in force, and a form for one more. */
export function faultsPage(visit: Visit): Page {
  const rules = visit.world.faults.all();
  const table = html`<div class="scroll"><table class="cards"><thead><tr><th>Kind</th><th>Strikes</th><th>Calls</th><th>Left</th><th>Hits so far</th></tr></thead><tbody>${rules.map(ruleLine)}</tbody></table></div>
<form method="post" action="/sandbox/ui/faults"><input type="hidden" name="do" value="clear"><button class="danger">Clear all faults</button></form>`;
  const body = html`<div class="head"><h1>Faults</h1><span class="quiet">${rules.length === 1 ? '1 rule' : `${rules.length} rules`}</span></div><p class="quiet">A rule breaks the calls that it matches, in the ways real services break.</p>
${rules.length === 0 ? emptyState('Nothing is broken', 'Add a rule below to see how a client copes.') : table}
<section class="card narrow"><h2>Add a fault</h2>${faultForm(visit)}</section>`;
  return { title: 'Faults', body, tab: 'faults' };
}

function ruleLine(rule: FaultRule): Html {
  const match = Object.entries(rule.match).map(
    ([key, text]) => html`<span class="chip">${key} <code>${text}</code></span> `,
  );
  const extra = [
    rule.delayMs > 0 && `${rule.delayMs} ms`,
    rule.skewSeconds !== 0 && `${rule.skewSeconds} s`,
    rule.field !== undefined && `field ${rule.field}`,
  ].filter((text) => text !== false);
  const often = rule.probability === 1 ? 'every time' : `${Math.round(rule.probability * 1000) / 10} % of the time`;
  return html`<tr><td data-label="Kind"><b>${rule.kind}</b> <span class="quiet">${extra.join(', ')}</span><p class="quiet">${faultKinds[rule.kind]}</p></td><td data-label="Strikes">${often}</td><td data-label="Calls">${match.length === 0 ? 'all' : match}</td><td data-label="Left">${rule.left === null ? 'always' : rule.left}</td><td data-label="Hits so far">${rule.hits}</td></tr>`;
}

function faultForm({ form }: Visit): Html {
  const kinds = Object.entries(faultKinds).map(
    ([kind, meaning]) =>
      html`<option value="${kind}"${flag('selected', form.get('kind') === kind)}>${kind} — ${meaning}</option>`,
  );
  const text = (name: string, label: string, hint: string) =>
    html`<label class="input"><span>${label}</span><input name="${name}" value="${form.get(name) ?? ''}" placeholder="${hint}"></label>`;
  return html`<form method="post" action="/sandbox/ui/faults"><input type="hidden" name="do" value="add"><label class="input"><span>Kind</span><select name="kind">${kinds}</select></label>
<div class="pairs">${text('method', 'Method', 'any')}${text('path', 'Path holds', 'any; * stands for anything')}${text('module', 'Module', 'any')}${text('count', 'How many times', 'always')}${text('probability', 'Probability', '1')}${text('seed', 'Seed of its chance', '1')}</div>
<details class="more"><summary>For slow, clock-skew and field-removed</summary><div class="pairs">${text('delayMs', 'Delay, ms', '0')}${text('skewSeconds', 'Skew, seconds', '0')}${text('field', 'Field', 'API name')}</div></details><p class="actions"><button class="main">Add</button></p></form>`;
}

/** Adds a rule or clears all. */
export function changeFaults(visit: Visit): Reply {
  const { form } = visit;
  if (form.get('do') === 'clear')
    return afterControl(visit, control(visit, 'DELETE', 'faults'), '/sandbox/ui/faults', faultsPage);
  const given = (name: string) => (form.get(name) ?? '').trim();
  const pick = (names: readonly string[], read: (text: string) => Json) =>
    Object.fromEntries(names.filter((name) => given(name) !== '').map((name) => [name, read(given(name))]));
  const bad = ['count', 'probability', 'seed', 'delayMs', 'skewSeconds'].find((name) =>
    Number.isNaN(Number(given(name))),
  );
  if (bad !== undefined)
    return refused(visit, `Nothing was added: ${bad} is a number, not “${given(bad)}”.`, faultsPage);
  const rule = {
    kind: given('kind'),
    match: pick(['method', 'path', 'module'], String),
    ...pick(['count', 'probability', 'seed', 'delayMs', 'skewSeconds'], Number),
    ...pick(['field'], String),
  };
  return afterControl(visit, control(visit, 'POST', 'faults', { rules: [rule] }), '/sandbox/ui/faults', faultsPage);
}

/** The simulator's own time, with ways to move it. */
export function clockPage(visit: Visit): Page {
  const { world, zone } = visit;
  const now = world.clock.now();
  const shift = Math.round((now - Date.now()) / 1000);
  const steps = [
    [60, '1 minute'],
    [3600, '1 hour'],
    [86_400, '1 day'],
    [604_800, '7 days'],
  ] as const;
  const body = html`<div class="head"><h1>Clock</h1></div><section class="card narrow"><p class="big">${moment(now, zone)}</p><p class="quiet">${zone} · ${new Date(now).toISOString()} · ${shift === 0 ? 'runs with this machine' : `${Math.abs(shift).toLocaleString('en')} seconds ${shift > 0 ? 'ahead of' : 'behind'} this machine`}</p>
<form class="row" method="post" action="/sandbox/ui/clock"><span>Move ahead by</span>${steps.map(([seconds, label]) => html`<button name="advance" value="${seconds}">${label}</button>`)}</form>
<form class="row" method="post" action="/sandbox/ui/clock"><label>Set to <input type="datetime-local" step="1" name="at" value="${wallTime(now, zone)}" required></label><button>Set</button></form>
${shift !== 0 && html`<form method="post" action="/sandbox/ui/clock"><button name="machine" value="1">Back to this machine's time</button></form>`}
<p class="quiet">Tokens, codes, credits of a day and the search index follow this clock.</p></section>`;
  return { title: 'Clock', body, tab: 'clock' };
}

/** Moves or sets the clock. */
export function changeClock(visit: Visit): Reply {
  const { form } = visit;
  const at = fromWallTime(form.get('at') ?? '', visit.zone);
  const change: JsonObject = form.has('advance')
    ? { advanceSeconds: Number(form.get('advance')) }
    : form.has('machine')
      ? { now: Date.now() }
      : { now: at ?? '' };
  return afterControl(visit, control(visit, 'POST', 'clock', change), '/sandbox/ui/clock', clockPage);
}

/** Does what the control call of that name does. */
export function control(visit: Visit, method: 'POST' | 'DELETE', name: string, body: JsonObject = {}): Reply {
  const request = {
    method,
    path: `/sandbox/${name}`,
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from(JSON.stringify(body)),
  };
  return handleControl(visit.world, visit.dc, request) ?? { status: 404 };
}

function afterControl(visit: Visit, reply: Reply, path: string, page: (visit: Visit) => Page): Reply {
  if (reply.status < 400) return goTo(path);
  const reason = isObject(reply.body) ? String(reply.body.error) : 'The change was refused.';
  return refused(visit, reason, page);
}

function refused(visit: Visit, text: string, page: (visit: Visit) => Page): Reply {
  return framed(visit, { ...page(visit), status: 400, notice: { text, isError: true } });
}
