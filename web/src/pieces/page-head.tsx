import { type ReactNode, useEffect } from 'react';
import classes from './page-head.module.css';

/** Name of the page, one sentence about it, and its actions; also names the browser's tab. */
export function PageHead({ title, about, actions }: { title: string; about?: ReactNode; actions?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Salescaling × Zoho CRM`;
  }, [title]);
  return (
    <header className={classes.head}>
      <div className={classes.words}>
        <h1 className={classes.title}>
          <bdi>{title}</bdi>
        </h1>
        {about !== undefined && <div className={classes.about}>{about}</div>}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
