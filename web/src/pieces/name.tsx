import classes from './name.module.css';

/** A name from outside: any script, any length. One line, cut with an ellipsis, whole in the tooltip. */
export function Name({ children, lines = 1 }: { children: string; lines?: 1 | 2 }) {
  return (
    <bdi className={lines === 1 ? classes.one : classes.two} title={children}>
      {children}
    </bdi>
  );
}
