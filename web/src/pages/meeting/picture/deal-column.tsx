import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { countText } from '../../../format/amounts.ts';
import type { PictureNode } from './build-picture.ts';
import classes from './picture-column.module.css';
import { ColumnFrame, type ColumnProps, foldAbove, NodeList } from './picture-column.tsx';

type Kind = 'all' | 'open' | 'closed' | 'inZoho' | 'notLinked';

const kinds: { value: Kind; label: string; fits: (node: PictureNode) => boolean }[] = [
  { value: 'all', label: 'All', fits: () => true },
  { value: 'open', label: 'Open', fits: (node) => node.kind === 'linked' && node.association.facts.isOpen === true },
  {
    value: 'closed',
    label: 'Closed',
    fits: (node) => node.kind === 'linked' && node.association.facts.isOpen === false,
  },
  { value: 'inZoho', label: 'Shown in Zoho', fits: (node) => node.kind === 'linked' && node.association.published },
  { value: 'notLinked', label: 'Not linked', fits: (node) => node.kind === 'considered' },
];

/** After unfolding so many are drawn at once; more come on request. */
const batch = 60;

/** Deals: an account can have hundreds, so more than twelve are folded, with filters once unfolded. */
export function DealColumn({ nodes, onAdd, onLayout, ...rest }: ColumnProps & { onAdd: () => void }) {
  const [limit, setLimit] = useState(foldAbove);
  const [kind, setKind] = useState<Kind>('all');
  const [words, setWords] = useState('');
  const isUnfolded = limit > foldAbove;
  const fitting = isUnfolded ? nodes.filter((node) => fits(node, kind, words)) : nodes;
  const shown = fitting.slice(0, limit);
  const hidden = fitting.length - shown.length;
  const change = (work: () => void, layout: string) => {
    work();
    onLayout(layout);
  };
  return (
    <ColumnFrame title="Deals" count={nodes.length} onAdd={onAdd}>
      {isUnfolded && (
        <div className={classes.filters}>
          <TextInput
            size="xs"
            aria-label="Words in the deal's name or stage"
            placeholder="Name or stage"
            value={words}
            onChange={(event) => {
              const value = event.currentTarget.value;
              change(() => setWords(value), `words ${value}`);
            }}
          />
          <Select
            size="xs"
            aria-label="Which deals"
            allowDeselect={false}
            data={kinds.map(({ value, label }) => ({ value, label }))}
            value={kind}
            onChange={(value) =>
              change(() => setKind(kinds.find((item) => item.value === value)?.value ?? 'all'), `kind ${value}`)
            }
          />
        </div>
      )}
      <NodeList nodes={shown} {...rest} />
      {nodes.length === 0 && <p className={classes.empty}>No deal</p>}
      {nodes.length > 0 && fitting.length === 0 && <p className={classes.empty}>No deal fits</p>}
      {hidden > 0 && (
        <button
          type="button"
          className={classes.more}
          onClick={() => change(() => setLimit(limit + batch), `limit ${limit}`)}
        >
          + {countText(hidden)} more
        </button>
      )}
      {isUnfolded && (
        <button
          type="button"
          className={classes.more}
          onClick={() =>
            change(() => {
              setLimit(foldAbove);
              setKind('all');
              setWords('');
            }, 'folded')
          }
        >
          Show fewer
        </button>
      )}
    </ColumnFrame>
  );
}

function fits(node: PictureNode, kind: Kind, words: string): boolean {
  const isKind = kinds.find((item) => item.value === kind)?.fits(node) ?? true;
  if (!isKind) return false;
  const stage = node.kind === 'linked' ? (node.association.facts.stage ?? '') : '';
  return `${node.name} ${stage}`.toLocaleLowerCase().includes(words.trim().toLocaleLowerCase());
}
