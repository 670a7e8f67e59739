import { FormatError } from '@remnant/engine';

/** Field separators Remnant reads. */
export type Delimiter = ',' | '\t' | ';';

/** One row of fields with its place in the file. */
export interface Row {
  readonly fields: string[];
  /** Whether each field was in quotes: tells empty text from a missing value. */
  readonly quoted: boolean[];
  /** Row number in the file, from 1. */
  readonly row: number;
}

/** How text is cut into rows. */
export interface SplitOptions {
  readonly delimiter: Delimiter;
  /** Whether an empty line is a row of one empty cell; default they are skipped. */
  readonly blankLines?: 'skip' | 'keep';
}

/** Splits text into rows of fields by RFC 4180, with LF, CRLF or CR line ends. */
export function splitRows(text: string, file: string, options: SplitOptions): Row[] {
  const rows: Row[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const { fields, quoted, end, lines } = splitRow(text, at, options.delimiter, file, line);
    const blank = fields.length === 1 && fields[0] === '' && quoted[0] !== true;
    if (!blank || options.blankLines === 'keep') rows.push({ fields, quoted, row: line });
    at = end;
    line += lines;
  }
  return rows;
}

interface SplitRow {
  readonly fields: string[];
  readonly quoted: boolean[];
  /** Position after the row and its line end. */
  readonly end: number;
  /** Lines the row spans. */
  readonly lines: number;
}

function splitRow(text: string, start: number, delimiter: Delimiter, file: string, row: number): SplitRow {
  const fields: string[] = [];
  const quoted: boolean[] = [];
  let at = start;
  let lines = 1;
  for (;;) {
    quoted.push(text[at] === '"');
    const field = text[at] === '"' ? quotedField(text, at, file, row) : plainField(text, at, delimiter);
    fields.push(field.value);
    lines += field.lines;
    at = field.end;
    if (text[at] === delimiter) at++;
    else break;
  }
  if (text[at] === '\r' && text[at + 1] === '\n') return { fields, quoted, end: at + 2, lines };
  if (at < text.length && text[at] !== '\n' && text[at] !== '\r') {
    throw new FormatError('A quoted cell is followed by more text.', {
      file,
      row,
      column: String(fields.length),
      hint: 'Write a quote inside a cell twice: "".',
    });
  }
  return { fields, quoted, end: at + 1, lines };
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
}

function plainField(text: string, start: number, delimiter: Delimiter): Field {
  const separator = delimiter.charCodeAt(0);
  let end = start;
  for (; end < text.length; end++) {
    const char = text.charCodeAt(end);
    if (char === separator || char === 10 || char === 13) break;
  }
  return { value: text.slice(start, end), end, lines: 0 };
}

function quotedField(text: string, start: number, file: string, row: number): Field {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) throw new FormatError('A quoted cell is never closed.', { file, row });
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1, lines: value.split('\n').length - 1 };
    value += '"';
    from = quote + 2;
  }
}

/**
 * The separator of a table, from its header and first row: the one that cuts both into the same number of fields
 * (or the header into one fewer), and the most fields when several do.
 */
export function guessDelimiter(text: string): Delimiter {
  const [header = '', row] = firstLines(text);
  const delimiters: readonly Delimiter[] = [',', '\t', ';'];
  const scored = delimiters.map((delimiter) => {
    const inHeader = countOutsideQuotes(header, delimiter);
    const inRow = row === undefined ? inHeader : countOutsideQuotes(row, delimiter);
    const agrees = inHeader === inRow || inHeader + 1 === inRow;
    return { delimiter, score: (agrees && inRow > 0 ? 1e6 : 0) + inHeader };
  });
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function firstLines(text: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length && lines.length < 2; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? text.length : end).replace(/\r$/, '');
    if (line !== '') lines.push(line);
    at = end === -1 ? text.length : end + 1;
  }
  return lines;
}

function countOutsideQuotes(line: string, char: string): number {
  let count = 0;
  let inside = false;
  for (const c of line) {
    if (c === '"') inside = !inside;
    else if (c === char && !inside) count++;
  }
  return count;
}
