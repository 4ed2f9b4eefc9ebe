import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { MeetingFilters } from './api/meetings.ts';
import type { RecordFilters } from './api/records.ts';
import type { CrmModule } from './api/types.ts';
import { Frame } from './frame/frame.tsx';
import { NotFound, PageFailed } from './frame/not-found.tsx';
import { MeetingsPage } from './pages/meetings/meetings-page.tsx';

type Search = Record<string, string>;

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/first-run/start-page.tsx'), 'StartPage'),
});

const meetingFilterNames = [
  'state',
  'q',
  'module',
  'crmId',
  'links',
  'activityType',
  'owner',
  'smartCategory',
  'stage',
  'from',
  'to',
] as const satisfies (keyof MeetingFilters)[];

const meetings = createRoute({
  getParentRoute: () => root,
  path: '/meetings',
  validateSearch: (search: Search) => pick(search, meetingFilterNames) as MeetingFilters,
  component: MeetingsPage,
});

const meeting = createRoute({
  getParentRoute: () => root,
  path: '/meetings/$externalId',
  component: lazyRouteComponent(() => import('./pages/meeting/meeting-page.tsx'), 'MeetingPage'),
});

const needsYou = createRoute({
  getParentRoute: () => root,
  path: '/needs-you',
  component: lazyRouteComponent(() => import('./pages/needs-you/needs-you-page.tsx'), 'NeedsYouPage'),
});

const recordList = lazyRouteComponent(() => import('./pages/records/record-list-page.tsx'), 'RecordListPage');
const record = lazyRouteComponent(() => import('./pages/records/record-page.tsx'), 'RecordPage');

function recordListRoute<const Path extends string>(path: Path, module: CrmModule) {
  return createRoute({
    getParentRoute: () => root,
    path,
    staticData: { module },
    validateSearch: (search: Search) => pick(search, ['q', 'open']) as RecordFilters,
    component: recordList,
  });
}

function recordRoute<const Path extends string>(path: Path, module: CrmModule) {
  return createRoute({ getParentRoute: () => root, path, staticData: { module }, component: record });
}

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  validateSearch: (search: Search) =>
    pick(search, ['from', 'to', 'quietDays', 'cascaded']) as {
      from?: string;
      to?: string;
      quietDays?: string;
      cascaded?: string;
    },
  component: lazyRouteComponent(() => import('./pages/analytics/analytics-page.tsx'), 'AnalyticsPage'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-page.tsx'), 'SettingsPage'),
});

const settingsStart = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/settings/integrations' });
  },
});

const integrations = createRoute({
  getParentRoute: () => settings,
  path: '/integrations',
  validateSearch: (search: Search) =>
    pick(search, ['connected', 'connect_error', 'replace', 'old_org', 'new_org']) as {
      connected?: string;
      connect_error?: string;
      replace?: string;
      old_org?: string;
      new_org?: string;
    },
  component: lazyRouteComponent(() => import('./pages/settings/integrations-page.tsx'), 'IntegrationsPage'),
});

const connection = createRoute({
  getParentRoute: () => settings,
  path: '/integrations/zoho',
  component: lazyRouteComponent(() => import('./pages/settings/connection/connection-page.tsx'), 'ConnectionPage'),
});

const comparison = createRoute({
  getParentRoute: () => settings,
  path: '/comparison',
  validateSearch: (search: Search) => pick(search, ['kind']) as { kind?: string },
  component: lazyRouteComponent(() => import('./pages/settings/comparison/comparison-page.tsx'), 'ComparisonPage'),
});

const fields = createRoute({
  getParentRoute: () => settings,
  path: '/fields',
  component: lazyRouteComponent(() => import('./pages/settings/fields/fields-page.tsx'), 'FieldsPage'),
});

const canary = createRoute({
  getParentRoute: () => settings,
  path: '/integrations/zoho/mail-test',
  component: lazyRouteComponent(() => import('./pages/settings/canary/canary-page.tsx'), 'CanaryPage'),
});

const leave = createRoute({
  getParentRoute: () => settings,
  path: '/integrations/zoho/leave',
  component: lazyRouteComponent(() => import('./pages/settings/leave/leave-page.tsx'), 'LeavePage'),
});

const history = createRoute({
  getParentRoute: () => settings,
  path: '/history',
  component: lazyRouteComponent(() => import('./pages/settings/history/history-page.tsx'), 'HistoryPage'),
});

const backfill = createRoute({
  getParentRoute: () => settings,
  path: '/history/$id',
  component: lazyRouteComponent(() => import('./pages/settings/history/backfill-page.tsx'), 'BackfillPage'),
});

const policy = createRoute({
  getParentRoute: () => settings,
  path: '/policy',
  component: lazyRouteComponent(() => import('./pages/settings/policy-page.tsx'), 'PolicyPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: '/api-keys',
  component: lazyRouteComponent(() => import('./pages/settings/api-keys-page.tsx'), 'ApiKeysPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    meetings,
    meeting,
    needsYou,
    recordListRoute('/accounts', 'accounts'),
    recordRoute('/accounts/$id', 'accounts'),
    recordListRoute('/deals', 'deals'),
    recordRoute('/deals/$id', 'deals'),
    recordListRoute('/people', 'contacts'),
    recordRoute('/people/$id', 'contacts'),
    recordListRoute('/leads', 'leads'),
    recordRoute('/leads/$id', 'leads'),
    analytics,
    settings.addChildren([
      settingsStart,
      integrations,
      connection,
      canary,
      leave,
      comparison,
      fields,
      history,
      backfill,
      policy,
      apiKeys,
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: PageFailed,
  // Record ids have 19 digits: the address is read as text, never as numbers.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined);
    const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
    return text === '' ? '' : `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface StaticDataRouteOption {
    module?: CrmModule;
  }
}

function pick<Key extends string>(search: Search, keys: readonly Key[]): Partial<Record<Key, string>> {
  const picked: Partial<Record<Key, string>> = {};
  for (const key of keys) {
    const value = search[key];
    if (value !== undefined) picked[key] = value;
  }
  return picked;
}
