import { Alert, Button, TagsInput, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconBell, IconCircleCheck, IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useAlerts, useSaveAlerts, useTestAlerts } from '../../../api/connection.ts';
import { useRights } from '../../../api/session.ts';
import type { AlertSettings, RaisedAlert } from '../../../api/types.ts';
import { CopyField } from '../../../pieces/copy-field.tsx';
import { Moment, Until } from '../../../pieces/moment.tsx';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import classes from './connection.module.css';

/** Where administrators hear of trouble while nobody looks at these pages, and what they were told lately. */
export function AlertsPanel() {
  const { canAdminister } = useRights();
  const alerts = useAlerts(canAdminister);
  return (
    <Panel title={<span id="alerts">Alerts</span>} label="Alerts">
      {!canAdminister ? (
        <p className={classes.soft} style={{ margin: 0 }}>
          Only administrators see and change where alerts go.
        </p>
      ) : alerts.data ? (
        <AlertsBody saved={alerts.data} />
      ) : alerts.isError ? (
        <ProblemNote error={alerts.error} onRetry={() => void alerts.refetch()} />
      ) : (
        <BlockSkeleton height={230} />
      )}
    </Panel>
  );
}

function AlertsBody({ saved }: { saved: AlertSettings }) {
  const save = useSaveAlerts();
  const secret = save.data?.newSecret ?? null;
  return (
    <div className={classes.pair} style={{ marginBottom: 0 }}>
      <div className={classes.alerts}>
        <AlertForm key={`${saved.webhookUrl} ${saved.emails.join()}`} saved={saved} save={save} />
        {secret !== null && (
          <Alert
            color="green"
            title="Copy the signing secret now. It is not shown again."
            icon={<IconKey size={18} aria-hidden />}
          >
            <CopyField label="signing secret" value={secret} />
            <span className={classes.soft}>
              Each call carries <code>x-salescaling-signature: t=…,v1=…</code>, where v1 is the HMAC-SHA256 of “t.body”
              with this secret.
            </span>
          </Alert>
        )}
        <AlertTest isOff={saved.webhookUrl === null && saved.emails.length === 0} />
      </div>
      <RecentAlerts alerts={saved.recent} />
    </div>
  );
}

type AlertFormProps = { saved: AlertSettings; save: ReturnType<typeof useSaveAlerts> };

function AlertForm({ saved, save }: AlertFormProps) {
  const [webhookUrl, setWebhookUrl] = useState(saved.webhookUrl ?? '');
  const [emails, setEmails] = useState(saved.emails);
  const values = { webhookUrl: webhookUrl.trim() === '' ? null : webhookUrl.trim(), emails };
  const isChanged = values.webhookUrl !== saved.webhookUrl || emails.join() !== saved.emails.join();
  return (
    <form
      className={classes.alerts}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ ...values, renewSecret: false }, { onSuccess: () => showDone('Saved.') });
      }}
    >
      <TextInput
        label="Webhook"
        description="Called when the connection breaks or is back, and when changes or a comparison need you."
        placeholder="https://hooks.example.com/salescaling"
        value={webhookUrl}
        onChange={(event) => setWebhookUrl(event.currentTarget.value)}
      />
      <TagsInput
        label="E-mail"
        description={
          saved.canMail
            ? 'The same by e-mail.'
            : 'Nothing is mailed yet, because no mail server is configured: set SMTP_URL and SMTP_FROM, and start again.'
        }
        placeholder={emails.length === 0 ? 'crm-admins@company.com' : ''}
        splitChars={[',', ' ', ';']}
        value={emails}
        onChange={setEmails}
      />
      <div className={classes.alertActions}>
        <Button type="submit" size="xs" disabled={!isChanged} loading={save.isPending}>
          Save
        </Button>
        {saved.webhookUrl !== null && !isChanged && (
          <Button
            size="xs"
            variant="subtle"
            loading={save.isPending}
            onClick={() => save.mutate({ ...values, renewSecret: true })}
          >
            New signing secret
          </Button>
        )}
      </div>
    </form>
  );
}

function AlertTest({ isOff }: { isOff: boolean }) {
  const test = useTestAlerts();
  const results = test.data?.results ?? [];
  return (
    <>
      <div>
        <Button size="xs" variant="default" disabled={isOff} loading={test.isPending} onClick={() => test.mutate()}>
          Send a test
        </Button>
      </div>
      {test.data && (
        <ul className={classes.results} aria-label="What became of the test" aria-live="polite">
          {results.length === 0 && <li>There is nowhere to send it to.</li>}
          {results.map(({ target, problem }) => (
            <Delivery key={target} target={target} problem={problem} isDelivered={problem === null} nextAt={null} />
          ))}
        </ul>
      )}
    </>
  );
}

const kindWords: Record<RaisedAlert['kind'], string> = {
  connection_broken: 'Connection broken',
  connection_restored: 'Connection restored',
  channel_dead: 'Notifications failed',
  mirror_bound: 'Following changes slowed down',
  drift: 'Zoho differs',
  test: 'Test',
};

function RecentAlerts({ alerts }: { alerts: RaisedAlert[] }) {
  if (alerts.length === 0) {
    return (
      <p className={classes.soft} style={{ margin: 0 }}>
        No alert yet. When there is one, it stands here with where it was delivered, also if nobody is to be told.
      </p>
    );
  }
  return (
    <ul className={classes.recent} aria-label="Latest alerts">
      {alerts.map((alert) => (
        <li key={alert.id} className={classes.recentItem}>
          <IconBell size={16} aria-hidden />
          <div className={classes.recentWords}>
            <strong>{kindWords[alert.kind]}</strong> · <Moment at={alert.raisedAt} />
            <div>{alert.message}</div>
            {alert.deliveries.length === 0 && <div className={classes.soft}>Nobody was to be told.</div>}
            <ul className={classes.results} style={{ gap: 2 }}>
              {alert.deliveries.map(({ target, deliveredAt, nextAt, problem }) => (
                <Delivery
                  key={target}
                  target={target}
                  problem={problem}
                  isDelivered={deliveredAt !== null}
                  nextAt={nextAt}
                />
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ul>
  );
}

type DeliveryProps = { target: string; problem: string | null; isDelivered: boolean; nextAt: string | null };

function Delivery({ target, problem, isDelivered, nextAt }: DeliveryProps) {
  const name = target === 'webhook' ? 'Webhook' : target;
  if (isDelivered) {
    return (
      <li className={classes.recentItem}>
        <IconCircleCheck size={15} className={classes.good} aria-hidden />
        <span>
          <bdi>{name}</bdi>: delivered
        </span>
      </li>
    );
  }
  return (
    <li className={classes.recentItem}>
      <IconAlertTriangle size={15} className={problem === null ? classes.wait : classes.bad} aria-hidden />
      <span>
        <bdi>{name}</bdi>: {problem ?? 'on its way'}
        {nextAt !== null && (
          <>
            {' '}
            Tried again <Until at={nextAt} />.
          </>
        )}
      </span>
    </li>
  );
}
