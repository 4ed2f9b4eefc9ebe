/** One line on standard error that says how far a command is: rewritten on a terminal, left out elsewhere. */
export type Progress = {
  show(line: string): void;
  /** A line that stays. */
  note(line: string): void;
  end(): void;
};

export function openProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  const isTerminal = stream.isTTY === true;
  let shown = '';
  const clear = () => {
    if (isTerminal && shown !== '') stream.write('\r\u001b[K');
    shown = '';
  };
  return {
    show(line) {
      if (!isTerminal || line === shown) return;
      clear();
      shown = line.slice(0, Math.max(20, (stream.columns ?? 80) - 1));
      stream.write(shown);
    },
    note(line) {
      clear();
      stream.write(`${line}\n`);
    },
    end: clear,
  };
}
