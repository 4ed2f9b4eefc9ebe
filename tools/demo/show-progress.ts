/** Says on standard error how far the demo is: a bar on a terminal, one line a phase elsewhere. */
export type Progress = { show(phase: string, done?: number, total?: number): void; clear(): void };

const WIDTH = 28;

export function openProgress(stream: NodeJS.WriteStream): Progress {
  let lastPhase = '';
  return {
    show(phase, done, total) {
      if (stream.isTTY) {
        stream.write(`\r\u001b[2K${barOf(done, total)} ${phase}${countOf(done, total)}`);
      } else if (phase !== lastPhase) {
        stream.write(`${phase}${total === undefined ? '' : ` (${total.toLocaleString('en')})`}\n`);
      }
      lastPhase = phase;
    },
    clear() {
      if (stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}

function barOf(done = 0, total = 0): string {
  const filled = total === 0 ? 0 : Math.min(WIDTH, Math.round((done / total) * WIDTH));
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
}

function countOf(done: number | undefined, total: number | undefined): string {
  if (done === undefined) return '';
  const count = done.toLocaleString('en');
  return total === undefined ? `  ${count}` : `  ${count} of ${total.toLocaleString('en')}`;
}
