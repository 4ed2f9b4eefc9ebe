import { Link, Outlet } from '@tanstack/react-router';
import { PageHead } from '../../pieces/page-head.tsx';
import classes from './settings-page.module.css';

const tabs = [
  { to: '/settings/integrations', label: 'Integrations' },
  { to: '/settings/comparison', label: 'Comparison' },
  { to: '/settings/history', label: 'History' },
  { to: '/settings/fields', label: 'Fields' },
  { to: '/settings/policy', label: 'Policy' },
  { to: '/settings/api-keys', label: 'API keys' },
] as const;

/** Settings of the organization. */
export function SettingsPage() {
  return (
    <>
      <PageHead title="Settings" />
      <nav className={classes.tabs} aria-label="Settings">
        {tabs.map(({ to, label }) => (
          <Link key={to} to={to} className={classes.tab} activeProps={{ 'data-active': true }}>
            {label}
          </Link>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
