import { AppShell, Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiProblem, isUnreachable } from '../api/api-problem.ts';
import { useSession } from '../api/session.ts';
import { ProblemNote } from '../pieces/page-states.tsx';
import { ConnectionChip } from './connection-chip.tsx';
import classes from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SignedOut } from './signed-out.tsx';
import { StopBanner } from './stop-banner.tsx';
import { TopSearch } from './top-search.tsx';

/** What stands around every page: navigation, search, connection, person; and the page for the signed out. */
export function Frame() {
  const session = useSession();
  const [isOpen, menu] = useDisclosure(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a phone closes when the page changes
  useEffect(() => menu.close(), [path]);

  if (session.error instanceof ApiProblem && session.error.status === 401) return <SignedOut />;
  if (session.data === undefined && session.isError && !isUnreachable(session.error)) {
    return <ProblemNote error={session.error} onRetry={() => void session.refetch()} />;
  }
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: { base: 260, sm: 62, lg: 208 }, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={0}
      classNames={{ header: classes.header, navbar: classes.navbar, main: classes.main }}
    >
      <AppShell.Header>
        <a href="#page" className="skip-link">
          Skip to the page
        </a>
        <Burger
          opened={isOpen}
          onClick={menu.toggle}
          hiddenFrom="sm"
          size="sm"
          aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
        />
        <Link to="/" className={classes.brand} aria-label="Salescaling × Zoho CRM: start">
          <img src="/icon.svg" width={26} height={26} alt="" />
          <span className={classes.wordmark}>Salescaling</span>
        </Link>
        <TopSearch />
        <div className={classes.right}>
          {session.data && <ConnectionChip session={session.data} />}
          {session.data && <PersonMenu session={session.data} />}
        </div>
      </AppShell.Header>
      <AppShell.Navbar aria-label="Main">
        <Navigation session={session.data} />
      </AppShell.Navbar>
      <AppShell.Main>
        <StopBanner session={session.data} isUnreachable={isUnreachable(session.error)} />
        <div id="page" className={classes.page} tabIndex={-1}>
          <Outlet />
        </div>
      </AppShell.Main>
    </AppShell>
  );
}
