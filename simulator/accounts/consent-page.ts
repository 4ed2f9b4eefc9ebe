import { environments } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import type { Choice } from './authorize.ts';
import { splitScopes } from './scopes.ts';

const style = `
  body { font: 15px/1.5 system-ui, sans-serif; background: #f4f5f7; margin: 0; color: #1d2433; }
  main { max-width: 34rem; margin: 6vh auto; background: #fff; border-radius: 10px; padding: 2rem 2.25rem; box-shadow: 0 2px 14px #0001; }
  .ribbon { background: #c2410c; color: #fff; text-align: center; padding: .35rem; font-weight: 600; letter-spacing: .04em; }
  h1 { font-size: 1.25rem; margin: 0 0 .25rem; } p { margin: .25rem 0 1rem; color: #4b5563; }
  label { display: block; font-weight: 600; margin: 1rem 0 .25rem; } select { width: 100%; padding: .5rem; font: inherit; }
  fieldset { border: 0; padding: 0; margin: 1rem 0 0; } legend { font-weight: 600; padding: 0; } fieldset label { display: inline; font-weight: 400; margin-right: 1rem; }
  ul { max-height: 11rem; overflow: auto; background: #f8fafc; border-radius: 6px; padding: .6rem 1.6rem; font-family: ui-monospace, monospace; font-size: .8rem; }
  button { font: inherit; font-weight: 600; padding: .6rem 1.4rem; border-radius: 6px; border: 1px solid #d1d5db; background: #fff; cursor: pointer; }
  button[value=allow] { background: #c2410c; border-color: #c2410c; color: #fff; } .actions { margin-top: 1.5rem; display: flex; gap: .75rem; }`;

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The page on which a person logs in (chooses who to be), chooses an org and allows or denies. */
export function consentPage(input: {
  world: World;
  dc: DataCentre;
  query: URLSearchParams;
  choices: Choice[];
}): string {
  const { query, choices, dc } = input;
  const hidden = [...query].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const options = choices.map((one) => `<option value="${escapeHtml(one.value)}">${escapeHtml(one.label)}</option>`);
  const orgs = environments.map(
    (one, index) =>
      `<label><input type="radio" name="environment" value="${one}"${index === 0 ? ' checked' : ''}> ${one}</label>`,
  );
  const scopes = splitScopes(query.get('scope') ?? '').map((scope) => `<li>${escapeHtml(scope)}</li>`);
  return page(
    'Allow access to Zoho CRM (sandbox)',
    `<h1>An application asks for access to your CRM</h1>
<p>This is the simulated accounts server of the data centre <b>${escapeHtml(dc.key)}</b>. No password is needed.</p>
<form method="post" action="/oauth/v2/auth">
${hidden.join('\n')}
<label for="user">Log in as</label>
<select id="user" name="user">${options.join('')}</select>
<fieldset><legend>Organization</legend>${orgs.join('')}</fieldset>
<label>It asks for</label><ul>${scopes.join('')}</ul>
<div class="actions"><button type="submit" name="decision" value="allow">Accept</button>
<button type="submit" name="decision" value="deny">Reject</button></div>
</form>`,
  );
}

/** The page that Zoho shows in place of the consent when the request is wrong. */
export function errorPage(reason: string): string {
  return page('Error', `<h1>This request cannot be granted</h1><p>${escapeHtml(reason)}</p>`);
}

/** The page behind the printed redirect address: shows the code to people who try things by hand. */
export function callbackPage(query: URLSearchParams): string {
  const rows = [...query].map(([name, value]) => `<li>${escapeHtml(name)} = ${escapeHtml(value)}</li>`);
  return page('Back from the consent', `<h1>The consent came back with</h1><ul>${rows.join('')}</ul>`);
}

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><div class="ribbon">SANDBOX</div><main>${content}</main></body></html>`;
}
