/**
 * Rows of a CSV text that comes in pieces, the header first. Fields may be quoted; a quoted one may hold commas, line ends and
 * doubled quotes. Lines end with LF or CRLF; an empty line is no row. Holds one row at a time.
 */
export async function* parseCsv(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[], void> {
  const decoder = new TextDecoder('utf-8');
  const state: CsvState = { row: [], field: '', isQuoted: false, wasQuote: false, isTouched: false };
  for await (const piece of pieces) yield* takeText(state, decoder.decode(piece, { stream: true }));
  yield* takeText(state, decoder.decode());
  if (state.isTouched || state.row.length > 0) yield endRow(state);
}

type CsvState = {
  row: string[];
  field: string;
  isQuoted: boolean;
  /** The last character was a quote within a quoted field: its end, or the first of two. */
  wasQuote: boolean;
  isTouched: boolean;
};

function* takeText(state: CsvState, text: string): Generator<string[], void> {
  let plainFrom = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (state.isQuoted && !state.wasQuote) {
      if (sign !== QUOTE) continue;
      state.field += text.slice(plainFrom, at);
      plainFrom = at + 1;
      state.wasQuote = true;
      continue;
    }
    if (state.wasQuote && sign === QUOTE) {
      state.field += '"';
      plainFrom = at + 1;
      state.wasQuote = false;
      continue;
    }
    if (sign !== COMMA && sign !== LINE_FEED && sign !== QUOTE) {
      if (state.wasQuote) closeQuote(state);
      continue;
    }
    if (state.wasQuote) closeQuote(state);
    state.field += text.slice(plainFrom, at);
    plainFrom = at + 1;
    if (sign === QUOTE) {
      state.isQuoted = true;
      state.isTouched = true;
    } else if (sign === COMMA) endField(state);
    else if (!isEmptyLine(state)) yield endRow(state);
    else state.field = '';
  }
  state.field += text.slice(plainFrom);
  if (state.field !== '') state.isTouched = true;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;

function closeQuote(state: CsvState): void {
  state.isQuoted = false;
  state.wasQuote = false;
}

function isEmptyLine({ row, field, isTouched }: CsvState): boolean {
  return row.length === 0 && !isTouched && (field === '' || field === '\r');
}

function endField(state: CsvState): void {
  state.row.push(state.field);
  state.field = '';
  state.isTouched = true;
}

function endRow(state: CsvState): string[] {
  if (state.wasQuote) closeQuote(state);
  const last = state.field.endsWith('\r') ? state.field.slice(0, -1) : state.field;
  const row = [...state.row, last];
  state.row = [];
  state.field = '';
  state.isTouched = false;
  return row;
}
