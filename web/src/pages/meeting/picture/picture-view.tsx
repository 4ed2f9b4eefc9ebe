import { useCallback, useMemo, useState } from 'react';
import type { CrmModule } from '../../../api/types.ts';
import { litBy, type Picture, type PictureNode } from './build-picture.ts';
import { DealColumn } from './deal-column.tsx';
import { PictureColumn } from './picture-column.tsx';
import { PictureLines } from './picture-lines.tsx';
import type { Light } from './picture-node.tsx';
import classes from './picture-view.module.css';

/** Four columns with lines between; pointing at a node lights its path and tells the reason below. */
export function PictureView({ picture, onAdd }: { picture: Picture; onAdd: (modules: CrmModule[]) => void }) {
  const [active, setActive] = useState<string | null>(null);
  const [layout, setLayout] = useState('');
  const lit = useMemo(() => (active === null ? null : litBy(picture, active)), [picture, active]);
  const light = useCallback(
    (id: string): Light => {
      if (lit === null) return 'plain';
      return lit.has(id) ? 'lit' : 'dim';
    },
    [lit],
  );
  const column = { light, onPoint: setActive, onLayout: setLayout };
  return (
    <div className={classes.container}>
      <div className={classes.columns}>
        <PictureLines edges={picture.edges} lit={lit} layout={`${layout} ${nodesOf(picture).length}`} />
        <PictureColumn {...column} title="Participants" nodes={picture.people} />
        <PictureColumn
          {...column}
          title="Contacts"
          nodes={picture.contacts}
          onAdd={() => onAdd(['contacts', 'leads'])}
          empty="Nobody in Zoho"
        />
        <PictureColumn
          {...column}
          title="Accounts"
          nodes={picture.accounts}
          onAdd={() => onAdd(['accounts'])}
          empty="No account"
        />
        <DealColumn {...column} nodes={picture.deals} onAdd={() => onAdd(['deals'])} />
      </div>
      <ReasonLine node={nodesOf(picture).find((node) => node.id === active)} />
    </div>
  );
}

const nodesOf = (picture: Picture): PictureNode[] => [
  ...picture.people,
  ...picture.contacts,
  ...picture.accounts,
  ...picture.deals,
];

/** The reason of what is pointed at; has its place always, so that nothing jumps. */
function ReasonLine({ node }: { node: PictureNode | undefined }) {
  return (
    <p className={classes.reason} data-active={node !== undefined || undefined} aria-live="polite">
      {node ? (
        <>
          <strong>{node.kind === 'considered' ? 'Not linked: ' : 'Why: '}</strong>
          <bdi>{node.reason}</bdi>
          {node.path !== '' && <bdi className={classes.path}>{node.path}</bdi>}
        </>
      ) : (
        'Point at a name to see why it is here. Open it to pin, exclude or change it.'
      )}
    </p>
  );
}
