import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lineDiff } from '../../../format/line-diff.ts';
import classes from './block-question.module.css';

type Texts = { theirs: string; ours: string | null };

/** Our part of a description as somebody left it in Zoho beside how we wrote it, with what differs marked. */
export function BlockTexts({ texts }: { texts: Texts }) {
  const lines = lineDiff(texts.ours ?? '', texts.theirs);
  return (
    <div className={classes.texts}>
      <Text title="In Zoho now" lines={lines.filter(({ kind }) => kind !== 'removed')} />
      {texts.ours === null ? (
        <div className={classes.text}>
          <div className={classes.title}>Ours</div>
          <p className={classes.soft}>It is made anew from the meeting as it is here.</p>
        </div>
      ) : (
        <Text title="Ours" lines={lines.filter(({ kind }) => kind !== 'added')} />
      )}
    </div>
  );
}

function Text({ title, lines }: { title: string; lines: ReturnType<typeof lineDiff> }) {
  return (
    <div className={classes.text}>
      <div className={classes.title}>{title}</div>
      <div className={classes.lines} dir="auto">
        {lines.map(({ kind, text }, index) => {
          const Tag = kind === 'same' ? 'span' : 'mark';
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text have no other identity
            <Tag key={index} className={kind === 'same' ? classes.same : classes.other}>
              {text === '' ? ' ' : text}
            </Tag>
          );
        })}
      </div>
    </div>
  );
}

type BlockQuestionProps = {
  texts: Texts;
  canDecide: boolean;
  isBusy: boolean;
  onChoose: (choice: 'keep_theirs' | 'write_ours') => void;
};

/** Asks which of the two texts stands; they are compared in a window, which is wide enough for both. */
export function BlockQuestion({ texts, canDecide, isBusy, onChoose }: BlockQuestionProps) {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={dialog.open}>
        Compare both texts…
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        size={860}
        title="Which description stands?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <BlockTexts texts={texts} />
        {canDecide ? (
          <div className={classes.choices}>
            <Button variant="default" loading={isBusy} onClick={() => onChoose('keep_theirs')}>
              Keep theirs
            </Button>
            <Button variant="default" loading={isBusy} onClick={() => onChoose('write_ours')}>
              Write ours
            </Button>
          </div>
        ) : (
          <p className={classes.soft}>Your role may read. Ask a colleague to decide this.</p>
        )}
      </Modal>
    </>
  );
}
