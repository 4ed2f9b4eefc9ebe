import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useRights } from '../../../api/session.ts';
import { countText } from '../../../format/amounts.ts';
import type { PictureNode } from './build-picture.ts';
import classes from './picture-column.module.css';
import { type Light, PictureNodeBox } from './picture-node.tsx';
import { QuickPersonActions } from './quick-person-actions.tsx';

export type ColumnProps = {
  nodes: PictureNode[];
  light: (id: string) => Light;
  onPoint: (id: string | null) => void;
  /** Told when other nodes are shown than before, so that the lines are measured again. */
  onLayout: (layout: string) => void;
};

type PictureColumnProps = ColumnProps & { title: string; empty?: string; onAdd?: () => void };

/** How many nodes a column shows before it folds. */
export const foldAbove = 12;

/** A column of the picture; a long one is folded. */
export function PictureColumn({ title, nodes, empty, onAdd, ...rest }: PictureColumnProps) {
  const [isUnfolded, setUnfolded] = useState(false);
  const shown = isUnfolded ? nodes : nodes.slice(0, foldAbove);
  return (
    <ColumnFrame title={title} count={nodes.length} {...(onAdd ? { onAdd } : {})}>
      <NodeList nodes={shown} {...rest} />
      {nodes.length === 0 && empty !== undefined && <p className={classes.empty}>{empty}</p>}
      {nodes.length > foldAbove && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isUnfolded}
          onClick={() => {
            setUnfolded(!isUnfolded);
            rest.onLayout(`${title} ${!isUnfolded}`);
          }}
        >
          {isUnfolded ? 'Show fewer' : `+ ${countText(nodes.length - foldAbove)} more`}
        </button>
      )}
    </ColumnFrame>
  );
}

/** Heading, count and the way to add; the rest is the caller's. */
export function ColumnFrame({ title, count, onAdd, children }: ColumnFrameProps) {
  const { canDecide } = useRights();
  return (
    <section className={classes.column} data-column={title} aria-label={title}>
      <h3 className={classes.head}>
        <span>
          {title} <span className={classes.count}>{countText(count)}</span>
        </span>
        {onAdd && canDecide && (
          <button type="button" className={classes.add} onClick={onAdd} title={`Link another: ${title}`}>
            <IconPlus size={14} role="img" aria-label={`Add to ${title}`} />
          </button>
        )}
      </h3>
      {children}
    </section>
  );
}

type ColumnFrameProps = { title: string; count: number; onAdd?: () => void; children: ReactNode };

/** Nodes one under another. */
export function NodeList({ nodes, light, onPoint }: Pick<ColumnProps, 'nodes' | 'light' | 'onPoint'>) {
  return (
    <ul className={classes.list}>
      {nodes.map((node) => (
        <PictureNodeBox key={node.id} node={node} light={light(node.id)} onPoint={onPoint}>
          {node.kind === 'person' && <QuickPersonActions participant={node.participant} />}
        </PictureNodeBox>
      ))}
    </ul>
  );
}
