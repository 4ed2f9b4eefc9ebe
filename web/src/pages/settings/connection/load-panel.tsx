import { Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { ZohoCard } from '../../../api/types.ts';
import { countText } from '../../../format/amounts.ts';
import { type LoadPace, loadPace, spanText } from '../../../format/load-pace.ts';
import { Ago } from '../../../pieces/moment.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { FactList } from '../fact-list.tsx';
import classes from '../integrations.module.css';

const loadedModules: {
  key: keyof ZohoCard['mirror'];
  label: string;
  to: '/people' | '/leads' | '/accounts' | '/deals' | null;
}[] = [
  { key: 'contacts', label: 'Contacts', to: '/people' },
  { key: 'leads', label: 'Leads', to: '/leads' },
  { key: 'accounts', label: 'Accounts', to: '/accounts' },
  { key: 'deals', label: 'Deals', to: '/deals' },
  { key: 'users', label: 'Users', to: null },
];

/** What was loaded from Zoho; while it is under way, how fast that goes and how long it takes. */
export function LoadPanel({ card }: { card: ZohoCard }) {
  const load = card.firstLoad;
  return (
    <Panel title="Loaded from Zoho" label="Loaded from Zoho" aside={loadState(card)}>
      {load?.error && <p className={classes.problem}>{load.error}</p>}
      {load?.state === 'running' ? (
        <RunningLoad steps={load.steps} />
      ) : (
        <FactList
          facts={loadedModules.map(({ key, label, to }) => ({
            name: label,
            value: <Loaded key={key} count={card.mirror[key]} to={to} />,
          }))}
        />
      )}
      {load !== null && load.state !== 'running' && <LeftOut steps={load.steps} />}
      <RolesLine roles={card.roles} />
    </Panel>
  );
}

function Loaded({ count, to }: { count: number; to: (typeof loadedModules)[number]['to'] }) {
  if (to === null) return <span>{countText(count)}</span>;
  return (
    <Link to={to} className="quiet-link">
      {countText(count)}
    </Link>
  );
}

function loadState({ firstLoad: load, state }: ZohoCard): ReactNode {
  if (load === null) return 'Not started';
  if (load.state === 'running') {
    return (
      <span>
        First load, began <Ago at={load.startedAt} />
      </span>
    );
  }
  if (load.state === 'failed') return 'The first load failed';
  return state === 'connected' ? 'Up to date' : 'As it was last';
}

type Step = NonNullable<ZohoCard['firstLoad']>['steps'][number];

function RunningLoad({ steps }: { steps: Step[] }) {
  const now = useNow(1_000);
  return (
    <>
      {steps.map((step) => (
        <LoadStep
          key={step.module}
          name={step.module}
          loaded={step.loaded}
          total={step.total}
          isDone={step.finishedAt !== null}
          isBegun={step.startedAt !== null}
          isLeftOut={step.problem !== null}
          note={step.problem ?? paceText(loadPace(step, now))}
        />
      ))}
    </>
  );
}

function LeftOut({ steps }: { steps: Step[] }) {
  const left = steps.filter((step) => step.problem !== null);
  if (left.length === 0) return null;
  return (
    <ul className={classes.leftOut}>
      {left.map((step) => (
        <li key={step.module}>
          <strong>{capital(step.module)}:</strong> {step.problem}
        </li>
      ))}
    </ul>
  );
}

function paceText(pace: LoadPace | null): string | null {
  if (pace === null) return null;
  const rate = `${countText(pace.perSecond)} a second`;
  return pace.secondsLeft === null ? rate : `${rate} · ${spanText(pace.secondsLeft)} left`;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

type LoadStepProps = {
  name: string;
  loaded: number;
  total: number | null;
  isDone: boolean;
  isBegun: boolean;
  isLeftOut: boolean;
  note: string | null;
};

function LoadStep({ name, loaded, total, isDone, isBegun, isLeftOut, note }: LoadStepProps) {
  const share = total === null || total === 0 ? 8 : (loaded / total) * 100;
  return (
    <div className={classes.loadStep}>
      <div className={classes.creditsHead}>
        <span>{capital(name)}</span>
        <span>{isLeftOut ? 'left out' : stepText(loaded, total, isBegun, isDone)}</span>
      </div>
      <Progress
        aria-label={`${name} loaded`}
        size="sm"
        color={isDone ? 'green' : 'indigo'}
        animated={isBegun && !isDone}
        value={isLeftOut || !isBegun ? 0 : isDone ? 100 : share}
      />
      {note !== null && <div className={classes.under}>{note}</div>}
    </div>
  );
}

function stepText(loaded: number, total: number | null, isBegun: boolean, isDone: boolean): string {
  if (!isBegun) return 'waits';
  const count = total === null ? countText(loaded) : `${countText(loaded)} of ${countText(total)}`;
  return isDone ? `${count} ✓` : count;
}

function RolesLine({ roles }: { roles: ZohoCard['roles'] }) {
  if (roles.dealsTotal === 0 || roles.dealsLoaded >= roles.dealsTotal) return null;
  return (
    <>
      <LoadStep
        name="Contact roles of deals"
        loaded={roles.dealsLoaded}
        total={roles.dealsTotal}
        isDone={false}
        isBegun
        isLeftOut={false}
        note={null}
      />
      <p className={classes.soft}>
        <strong>Roles still loading.</strong> Zoho gives contact roles deal by deal, so they follow after the rest.
        Meetings are published meanwhile, and links that the roles bring are added by themselves.
      </p>
    </>
  );
}

function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
