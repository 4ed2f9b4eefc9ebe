import { routes } from './api/routes.ts';
import { knownGaps, questionsWithoutSwitch } from './known-gaps.ts';
import { switches } from './metadata/behaviour.ts';
import { faultKinds } from './world/faults.ts';

const accounts: readonly [string, string][] = [
  ['GET /oauth/v2/auth', 'Login and consent page; POST of its form answers it'],
  [
    'POST /oauth/v2/token',
    'authorization_code and refresh_token, by form, multipart or query; secret in body or basic authentication; PKCE',
  ],
  ['POST /oauth/v2/token/revoke', 'Ends a refresh or access token'],
  ['POST /oauth/v2/introspect', 'State of a token'],
  ['GET /oauth/serverinfo', 'Accounts server of each data centre'],
  ['GET /oauth/user/info', 'Who consented'],
];

/** The text of SUPPORTED.md: operations, gaps, switches and faults, from the code's own lists. */
export function supportedText(): string {
  const composite = { method: 'POST', pattern: '/__composite_requests', title: 'Composite requests' };
  const operations = [...routes, composite].map((route) => [`${route.method} ${pathOf(route.pattern)}`, route.title]);
  return [
    '# What the simulated Zoho CRM supports',
    'Written by `npm run -s simulator -- --supported`; a test keeps it true.',
    '## Accounts server',
    table(['call', 'what'], accounts),
    '## API',
    'Every path is served under `/crm/v8`; `v6` and `v7` answer alike, `v2` to `v4` need no `fields` in lists.',
    table(['call', 'operation'], operations),
    '## Not supported',
    table(
      ['what', 'instead'],
      knownGaps.map((gap) => [gap.what, gap.instead]),
    ),
    '## Switches',
    'Behaviours of Zoho that nobody has confirmed, or that differ between orgs: `POST /sandbox/switches {"name": value}`.',
    table(
      ['switch', 'default', 'values', 'meaning'],
      switches.map((one) => [one.name, String(one.default), one.values?.join(', ') ?? typeof one.default, one.meaning]),
    ),
    'Open questions that need no switch:',
    table(
      ['question', 'here'],
      questionsWithoutSwitch.map((one) => [one.question, one.answer]),
    ),
    '## Faults',
    '`POST /sandbox/faults {"rules": [{"match": {"method", "path", "module"}, "kind", "count", "probability", "seed", "delayMs"}]}`.',
    table(['kind', 'what it does'], Object.entries(faultKinds)),
    '',
  ].join('\n\n');
}

function pathOf(pattern: string): string {
  const named = pattern.replace(/:(\w+)/g, '{$1}');
  return named.startsWith('/bulk/') ? named.replace('/bulk/', '/crm/bulk/v8/') : named;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
