import { IconExternalLink, IconFlask, IconShieldCheck } from '@tabler/icons-react';
import type { Session } from '../api/types.ts';
import classes from './kind-note.module.css';

/** Says plainly which of the two this is: the sandbox or a real Zoho. */
export function KindNote({ session }: { session: Session }) {
  if (session.sandboxUrl !== null) {
    return (
      <a className={classes.note} href={session.sandboxUrl} target="_blank" rel="noreferrer" title="Open the sandbox">
        <IconFlask size={17} aria-hidden />
        <span className={classes.words}>
          <strong>Sandbox</strong>
          <span>
            A Zoho CRM on this machine. Nothing reaches a real one.{' '}
            <span className={classes.open}>
              Open it <IconExternalLink size={12} aria-hidden />
            </span>
          </span>
        </span>
      </a>
    );
  }
  return (
    <div className={classes.note} title="Connected to a real Zoho CRM">
      <IconShieldCheck size={17} aria-hidden />
      <span className={classes.words}>
        <strong>Real Zoho</strong>
        <span>What is published here appears in your Zoho CRM.</span>
      </span>
    </div>
  );
}
