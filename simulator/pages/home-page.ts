import { compareIds } from '../json.ts';
import type { Row } from '../store/table.ts';
import { environments, type Module, type Org } from '../world/org.ts';
import { emptyState, type Page } from './frame.ts';
import { type Html, html } from './html.ts';
import { moment } from './moments.ts';
import { pickPage } from './pick-page.ts';
import { recordLink, userName } from './show-value.ts';
import { sourceOf } from './source-of-change.ts';
import { modulePath, tabModules, type Visit } from './visit.ts';

const mostChanges = 15;

/** What this is, what is in it, how to connect, and what changed last. */
export async function homePage(visit: Visit): Promise<Page> {
  const { org } = visit;
  const body = html`<section class="intro"><h1>A Zoho CRM on this machine</h1><p>It answers the API the way Zoho CRM does, keeps records, counts credits, and mails nobody. Whatever a client writes can be seen here; whatever you change here, clients are told of.</p></section>
<section class="tiles" aria-label="Modules">${tabModules.map((name) => tile(org, name))}</section>
<div class="two"><section class="card"><h2>Recent changes</h2>${await recentChanges(visit)}<p class="quiet"><a href="/crm/org${org.zgid}/recycle-bin">Recycle bin</a>, ${org.deleted.size.toLocaleString('en')} deleted</p></section>
<div class="stack">${connecting(visit)}${today(visit)}${otherOrgs(visit)}${startOver()}</div></div>`;
  return { title: 'CRM Sandbox', body, tab: 'home' };
}

function tile(org: Org, name: string): Html {
  const module = org.module(name);
  return html`<a class="tile" href="${modulePath(org, name)}"><b>${(module?.records.size ?? 0).toLocaleString('en')}</b><span>${module?.plural ?? name}</span></a>`;
}

type Changed = { module: Module; row: Row };

const modified = (row: Row) => Number(row.Modified_Time);

/** The newest changes over all tabs; what came with the seed is not news. */
async function recentChanges(visit: Visit): Promise<Html> {
  const newest: Changed[] = [];
  for (const name of tabModules) {
    const module = visit.org.module(name);
    if (!module) continue;
    const { rows } = await pickPage(module.records.rows(), {
      offset: 0,
      size: mostChanges,
      isMatch: (row) => modified(row) % 86_400_000 !== 0,
      compare: (a, b) => modified(b) - modified(a) || compareIds(b.id, a.id),
    });
    newest.push(...rows.map((row) => ({ module, row })));
  }
  newest.sort((a, b) => modified(b.row) - modified(a.row) || compareIds(b.row.id, a.row.id));
  if (newest.length === 0) {
    return emptyState('Nothing has been written yet', 'Connect a client, or open a record and change it.');
  }
  return html`<ul class="changes">${newest.slice(0, mostChanges).map((one) => changeLine(visit, one))}</ul>`;
}

function changeLine(visit: Visit, { module, row }: Changed): Html {
  const isNew = row.Created_Time === row.Modified_Time;
  const source = sourceOf(visit, module, row);
  return html`<li><span class="kind">${module.singular}</span> ${recordLink(visit, module.apiName, row.id)}<span class="quiet">${isNew ? 'created' : 'changed'} ${isNew ? source.created : source.modified}, ${userName(visit, String(row.Modified_By))}, ${moment(modified(row), visit.zone)}</span></li>`;
}

function connecting({ dc, world }: Visit): Html {
  const value = (label: string, text: string) =>
    html`<div><dt>${label}</dt><dd><code data-copy>${text}</code></dd></div>`;
  return html`<section class="card"><h2>Connect a client</h2><p class="quiet">Give these to any Zoho CRM integration in place of Zoho's own addresses.</p>
<dl class="stamps">${value('Accounts', dc.accounts)}${value('API', dc.api)}${value('Client id', world.client.id)}<div><dt>Client secret</dt><dd><details class="secret"><summary>Reveal</summary><code data-copy>${world.client.secret}</code></details></dd></div>${world.client.redirectUris.map((uri) => value('Redirect address', uri))}</dl>
<p class="quiet">The secret is good for this sandbox only. Data centre ${dc.key}${world.dcs.length > 1 && html`; others: ${world.dcs.filter((one) => one !== dc).map((one) => html`<a href="${one.accounts}/">${one.key}</a> `)}`}.</p></section>`;
}

function today({ world, org, zone }: Visit): Html {
  const totals = world.ledger.totals(world.ledger.since(null));
  const mails = world.mails.all().length;
  const faults = world.faults.all().filter((rule) => rule.left !== 0).length;
  const turned = world.switches.all().filter((one) => one.value !== one.default).length;
  const used = world.usage.usedCredits(org.key, world.clock.now());
  return html`<section class="card"><h2>Right now</h2><dl class="stamps"><div><dt>Clock</dt><dd><a href="/sandbox/ui/clock">${moment(world.clock.now(), zone)}</a></dd></div><div><dt>Calls</dt><dd><a href="/sandbox/ui/ledger">${totals.calls.toLocaleString('en')}</a>, ${used.toLocaleString('en')} credits in 24 hours (${org.edition.key})</dd></div><div><dt>Mails</dt><dd><a href="/sandbox/ui/mails">${mails.toLocaleString('en')}</a> that Zoho might have sent</dd></div><div><dt>Faults</dt><dd><a href="/sandbox/ui/faults">${faults}</a> in force</dd></div><div><dt>Switches</dt><dd><a href="/sandbox/ui/switches">${turned}</a> away from their default</dd></div></dl></section>`;
}

function otherOrgs({ dc, org }: Visit): Html {
  const others = environments.flatMap((environment) => dc.orgs.get(environment) ?? []).filter((one) => one !== org);
  const lines = others.map((one) => {
    const records = tabModules.reduce((sum, name) => sum + (one.module(name)?.records.size ?? 0), 0);
    return html`<li><a href="/?org=${one.zgid}">${one.name}</a> <span class="quiet">${records.toLocaleString('en')} records</span></li>`;
  });
  return html`<section class="card"><h2>Organizations</h2><p><b>${org.name}</b> <span class="quiet">${org.environment}, id ${org.zgid}</span></p><ul class="plain">${lines}</ul></section>`;
}

function startOver(): Html {
  return html`<details class="card"><summary>Start over</summary><p>Everything is forgotten, tokens included, and the seed is loaded again.</p><form method="post" action="/sandbox/ui/reset"><button class="danger">Forget everything</button></form></details>`;
}
