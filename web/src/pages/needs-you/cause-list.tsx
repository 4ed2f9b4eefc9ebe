import type { NeedsYou, NeedsYouCause } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import { wordsOfCause } from '../../format/words.ts';
import classes from './needs-you.module.css';

/** The kinds of question with how many of each are open. */
export function CauseList({ causes, chosen, onChoose }: CauseListProps) {
  const total = causes.reduce((sum, { count }) => sum + count, 0);
  return (
    <nav className={classes.causes} aria-label="Kinds of questions">
      <CauseButton
        title="All"
        explanation="Every open question"
        count={total}
        isChosen={chosen === undefined}
        onClick={() => onChoose(undefined)}
      />
      {causes
        .filter(({ cause, count }) => count > 0 || cause === chosen)
        .map(({ cause, count }) => (
          <CauseButton
            key={cause}
            {...wordsOfCause(cause)}
            count={count}
            isChosen={chosen === cause}
            onClick={() => onChoose(cause)}
          />
        ))}
    </nav>
  );
}

type CauseListProps = {
  causes: NeedsYou['causes'];
  chosen: NeedsYouCause | undefined;
  onChoose: (cause: NeedsYouCause | undefined) => void;
};

type CauseButtonProps = {
  title: string;
  explanation: string;
  count: number;
  isChosen: boolean;
  onClick: () => void;
};

function CauseButton({ title, explanation, count, isChosen, onClick }: CauseButtonProps) {
  return (
    <button type="button" className={classes.cause} aria-pressed={isChosen} onClick={onClick}>
      <span className={classes.causeHead}>
        {title}
        <span className={classes.causeCount}>{countText(count)}</span>
      </span>
      <span className={classes.causeText}>{explanation}</span>
    </button>
  );
}
