import type { ReactNode } from 'react';
import classes from './panel.module.css';

/** A bordered part of a page with its heading and what can be done with it. */
export function Panel({
  title,
  aside,
  children,
  isFlush = false,
  label,
}: {
  title?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  isFlush?: boolean;
  label?: string;
}) {
  return (
    <section className={classes.panel} aria-label={label}>
      {title !== undefined && (
        <header className={classes.head}>
          <h2 className={classes.title}>{title}</h2>
          {aside !== undefined && <div className={classes.aside}>{aside}</div>}
        </header>
      )}
      <div className={isFlush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
