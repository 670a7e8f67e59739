import { FormatError, type LineOf, type Problem, problemsError } from '@remnant/engine';
import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';

/** A study file as plain data, with the line of each of its keys. */
export interface ParsedStudyFile {
  readonly document: unknown;
  readonly lineOf: LineOf;
}

/**
 * Parses YAML 1.2, or JSON, which is YAML too. Numbers stay as they were written (`001`, `1e3`), because in a sample list
 * they are names; only the version `remnant` is read as a number.
 *
 * @param text - content of the file
 * @param file - its name, for errors
 * @throws FormatError with line and column where the file is not valid YAML, holds a key twice or several documents
 */
export function parseStudyFile(text: string, file: string): ParsedStudyFile {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (yaml.errors.length > 0) {
    throw problemsError(
      yaml.errors.map((error) => yamlProblem(error, text, lines, file)),
      file,
    );
  }
  const version: unknown = isMap(yaml.contents) ? yaml.contents.get('remnant') : undefined;
  keepAsWritten(yaml);
  const document = toPlain(yaml, file);
  return {
    document: version === undefined ? document : { ...(document as object), remnant: version },
    lineOf: (path) => lineOfPath(yaml, path, lines),
  };
}

function yamlProblem(error: YAMLError, text: string, lines: LineCounter, file: string): Problem {
  const { line, col } = lines.linePos(error.pos[0]);
  const where = `line ${String(line)}, column ${String(col)}`;
  const details = { file, row: line };
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^:\n]*/.exec(text.slice(error.pos[0]))?.[0].trim() ?? '';
    return { message: `The key ${key} is given twice (${where}).`, details: { ...details, hint: 'Keep one of them.' } };
  }
  if (error.code === 'MULTIPLE_DOCS') {
    const hint = 'Keep one study per file and remove the line "---" between them.';
    return { message: `A second document starts here (${where}).`, details: { ...details, hint } };
  }
  const hint = 'Indent with spaces, and put texts that hold ": ", "#" or brackets between quotes.';
  return {
    message: `This is not valid YAML (${where}): ${error.message}.`.replace(/\.\.$/, '.'),
    details: { ...details, hint },
  };
}

function keepAsWritten(yaml: Document): void {
  visit(yaml, {
    Scalar(_key, node) {
      const isText = typeof node.value === 'string' || node.value === null;
      if (!isText && node.source !== undefined) node.value = node.source;
    },
  });
}

function toPlain(yaml: Document, file: string): unknown {
  try {
    return yaml.toJS();
  } catch (cause) {
    const hint = 'Write the values out instead of using & and *.';
    throw new FormatError('The aliases of this file cannot be resolved.', { file, hint }, cause);
  }
}

/** The line on which a key (or list item) stands; for a key that is missing, the line of what should hold it. */
function lineOfPath(yaml: Document, path: readonly PropertyKey[], lines: LineCounter): number | null {
  let node: unknown = yaml.contents;
  let offset: number | null = null;
  for (const step of path) {
    const next = child(node, step);
    if (next === null) break;
    node = next.node;
    offset = next.offset ?? offset;
  }
  return offset === null ? null : lines.linePos(offset).line;
}

function child(node: unknown, step: PropertyKey): { readonly node: unknown; readonly offset: number | null } | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    if (pair === undefined) return null;
    return { node: pair.value, offset: isScalar(pair.key) ? (pair.key.range?.[0] ?? null) : null };
  }
  if (!isSeq(node)) return null;
  const item = node.items[Number(step)];
  const range = (item as { readonly range?: readonly number[] | null } | undefined)?.range;
  return item === undefined ? null : { node: item, offset: range?.[0] ?? null };
}
