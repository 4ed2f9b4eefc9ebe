import type { Reply } from '../http/failure.ts';
import { isObject } from '../json.ts';
import { isAdministrator } from '../world/org.ts';
import { framed, goTo, type Page, pager } from './frame.ts';
import { type Html, html } from './html.ts';
import { pickPage } from './pick-page.ts';
import { control } from './tool-pages.ts';
import { hrefWith, pageNumber, type Visit, viewerCookie } from './visit.ts';

const peoplePerPage = 50;

/** The users; the person looking can choose which of them to be. */
export async function peoplePage(visit: Visit): Promise<Page> {
  const { query, viewer, dc } = visit;
  const org = dc.orgs.get('production') ?? visit.org;
  const q = (query.get('q') ?? '').trim().toLowerCase();
  const page = pageNumber(query);
  const { rows, total } = await pickPage(org.users.rows(), {
    offset: (page - 1) * peoplePerPage,
    size: peoplePerPage,
    isMatch: (user) => `${user.full_name} ${user.email}`.toLowerCase().includes(q),
  });
  const lines = rows.map((user): Html => {
    const isViewer = user.id === viewer.id;
    const choose = html`<form method="post" action="/sandbox/ui/people"><button name="user" value="${user.id}">Be ${String(user.first_name ?? user.full_name)}</button></form>`;
    const state = user.status === 'active' ? choose : html`<span class="quiet">${String(user.status)}</span>`;
    const turn = user.status === 'active' ? 'inactive' : 'active';
    const turnForm = html`<form method="post" action="/sandbox/ui/people"><input type="hidden" name="status" value="${turn}"><button class="plain" name="email" value="${String(user.email)}">${turn === 'active' ? 'Activate' : 'Deactivate'}</button></form>`;
    return html`<tr><td class="name" dir="auto">${String(user.full_name)}${isAdministrator(org, user) && html` <span class="chip">administrator</span>`}</td><td data-label="E-mail">${String(user.email)}</td><td data-label="Zone">${String(user.time_zone)}</td><td>${isViewer ? html`<b>You</b>` : state}</td><td>${!isViewer && turnForm}</td></tr>`;
  });
  const body = html`<div class="head"><h1>People</h1><span class="quiet">${total.toLocaleString('en')} users</span><form class="search" role="search"><input type="search" name="q" value="${query.get('q') ?? ''}" placeholder="Name or address" aria-label="Search"><button>Search</button></form></div>
<p class="quiet">What you change on these pages is changed by this user, and times are shown in this user's zone.</p>
<div class="scroll"><table class="cards"><thead><tr><th>Name</th><th>E-mail</th><th>Zone</th><th></th><th></th></tr></thead><tbody>${lines}</tbody></table></div>
${pager({ page, size: peoplePerPage, total, shown: rows.length, hrefOf: (to) => hrefWith('/sandbox/ui/people', query, { page: to }) })}`;
  return { title: 'People', body, tab: 'people' };
}

/** Remembers in a cookie who the person wants to be, or activates or deactivates a user. */
export async function changePeopleFromPage(visit: Visit): Promise<Reply> {
  const email = visit.form.get('email');
  if (email === null) return chooseViewer(visit);
  const reply = control(visit, 'POST', 'people', { users: [{ email, status: visit.form.get('status') ?? '' }] });
  if (reply.status === 200) return goTo('/sandbox/ui/people');
  const text = isObject(reply.body) ? String(reply.body.error) : 'Nothing was changed.';
  return framed(visit, { ...(await peoplePage(visit)), status: 400, notice: { text, isError: true } });
}

async function chooseViewer(visit: Visit): Promise<Reply> {
  const id = visit.form.get('user') ?? '';
  const user = visit.dc.orgs.get('production')?.users.get(id);
  if (user?.status === 'active') {
    return goTo('/sandbox/ui/people', {
      'Set-Cookie': `${viewerCookie}=${user.id}; Path=/; SameSite=Strict; HttpOnly`,
    });
  }
  const page = await peoplePage(visit);
  return framed(visit, {
    ...page,
    status: 400,
    notice: { text: 'There is no active user with that id.', isError: true },
  });
}
