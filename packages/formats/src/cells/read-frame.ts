import { type Column, FormatError, isRemnantError } from '@remnant/engine';
import {
  type ArrayNode,
  getArray,
  type GroupNode,
  type RecordField,
  textAttribute,
  textsAttribute,
  type TreeNode,
} from '../tree/node.js';

/** A data frame of an AnnData file: names of its rows and the columns that could be read. */
export interface Frame {
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  /** Columns of kinds that are not read, such as dates. */
  readonly skipped: readonly string[];
}

const description = 'Read from the input file.';
/** Lists of `uns` longer than this are data of another tool, and records nested deeper too. */
const longestList = 1000;
const deepestRecord = 8;

/**
 * Reads a data frame in any encoding of AnnData: compound arrays with categories in `uns` (before 0.7),
 * groups with `__categories` (0.7), groups with categorical and nullable columns (since 0.8).
 *
 * @param uns - where old files keep categories
 */
export async function readFrame(node: TreeNode, uns: GroupNode | null, file: string): Promise<Frame> {
  return node.kind === 'array' ? readRecords(node, uns, file) : readFrameGroup(node, file);
}

async function readFrameGroup(group: GroupNode, file: string): Promise<Frame> {
  const keys = await group.keys();
  const index = textAttribute(group.attributes, '_index') ?? (keys.includes('_index') ? '_index' : 'index');
  const names = await readColumn(group, index);
  if (names === null) {
    throw new FormatError(`"${group.path}" has no row names.`, { file, expected: `an array "${index}"` });
  }
  const ordered = textsAttribute(group.attributes, 'column-order');
  const wanted = ordered.length > 0 ? ordered : keys.filter((key) => key !== index && key !== '__categories');
  const columns: Column[] = [];
  const skipped: string[] = [];
  for (const name of wanted) {
    const column = await readColumn(group, name);
    if (column === null) skipped.push(name);
    else columns.push(column);
  }
  return { names: textsOfColumn(names), columns, skipped };
}

function textsOfColumn(column: Column): string[] {
  return column.kind === 'text' ? column.values.map((value) => value ?? '') : Array.from(column.values, String);
}

/** One column, or null when its kind is not read. */
async function readColumn(group: GroupNode, name: string): Promise<Column | null> {
  const node = await group.get(name);
  if (node === null) return null;
  if (node.kind === 'group') return readEncodedColumn(node, name);
  const categories = await getArray(group, `__categories/${name}`);
  return categories === null ? readPlainColumn(node, name) : readCategorical(name, node, categories);
}

async function readEncodedColumn(group: GroupNode, name: string): Promise<Column | null> {
  const codes = await getArray(group, 'codes');
  const categories = await getArray(group, 'categories');
  if (codes !== null && categories !== null) return readCategorical(name, codes, categories);
  const values = await getArray(group, 'values');
  const mask = await getArray(group, 'mask');
  if (values === null || mask === null) return null;
  const column = await readPlainColumn(values, name);
  return column === null ? null : masked(column, await mask.numbers());
}

async function readPlainColumn(node: ArrayNode, name: string): Promise<Column | null> {
  switch (node.holds) {
    case 'texts':
      return { kind: 'text', name, description, values: await node.texts() };
    case 'booleans':
      return { kind: 'text', name, description, values: Array.from(await node.numbers(), booleanText) };
    case 'numbers':
      return node.shape.length === 1
        ? { kind: 'number', name, description, values: Float64Array.from(await node.numbers()) }
        : null;
    default:
      return null;
  }
}

async function readCategorical(name: string, codes: ArrayNode, categories: ArrayNode): Promise<Column> {
  const column = await readPlainColumn(categories, name);
  return decodeCategories(name, await codes.numbers(), column === null ? [] : textsOfColumn(column));
}

function decodeCategories(name: string, codes: ArrayLike<number>, categories: readonly string[]): Column {
  return { kind: 'text', name, description, values: Array.from(codes, (code) => categories[code] ?? null) };
}

function masked(column: Column, mask: ArrayLike<number>): Column {
  if (column.kind === 'text') return { ...column, values: column.values.map((v, i) => (mask[i] === 1 ? null : v)) };
  return { ...column, values: column.values.map((v, i) => (mask[i] === 1 ? NaN : v)) };
}

async function readRecords(node: ArrayNode, uns: GroupNode | null, file: string): Promise<Frame> {
  const fields = await node.records();
  const index = fields.find((field) => field.name === 'index' || field.name === '_index') ?? fields[0];
  if (index?.holds !== 'texts') throw new FormatError(`"${node.path}" has no row names.`, { file });
  const columns: Column[] = [];
  for (const field of fields) {
    if (field !== index) columns.push(await recordColumn(field, uns));
  }
  return { names: index.texts, columns, skipped: [] };
}

async function recordColumn(field: RecordField, uns: GroupNode | null): Promise<Column> {
  const { name, numbers } = field;
  if (field.holds === 'texts') return { kind: 'text', name, description, values: field.texts };
  if (field.holds === 'booleans') {
    return { kind: 'text', name, description, values: Array.from(numbers, booleanText) };
  }
  const categories = uns === null ? null : await getArray(uns, `${name}_categories`);
  if (categories === null) return { kind: 'number', name, description, values: numbers };
  return decodeCategories(name, numbers, await categories.texts());
}

/** Booleans as pandas prints them. */
function booleanText(value: number): string {
  return value === 0 ? 'False' : 'True';
}

/** Scalars, texts, short lists, and records of these, as deep as they go; anything else of `uns` is not read. */
export async function readUns(group: GroupNode, depth = 0): Promise<Record<string, unknown>> {
  const uns: Record<string, unknown> = {};
  for (const key of await group.keys()) {
    const node = await known(group.get(key));
    if (node?.kind === 'group') {
      const isRecord = textAttribute(node.attributes, 'encoding-type') === 'dict';
      if (isRecord && depth < deepestRecord) uns[key] = await readUns(node, depth + 1);
    } else {
      const value = node === null ? null : await readUnsValue(node);
      if (value !== null) uns[key] = value;
    }
  }
  return uns;
}

async function readUnsValue(node: ArrayNode): Promise<unknown> {
  if (node.shape.length > 1 || (node.shape[0] ?? 1) > longestList) return null;
  const values = node.holds === 'texts' ? await node.texts() : await readNumbers(node);
  return values === null || node.shape.length > 0 ? values : values[0];
}

/** A node, or null when it is of a type that is not read: what is in `uns` must not keep the rest from being read. */
async function known(opening: Promise<TreeNode | null>): Promise<TreeNode | null> {
  try {
    return await opening;
  } catch (error) {
    if (isRemnantError(error, 'unsupported', 'format')) return null;
    throw error;
  }
}

async function readNumbers(node: ArrayNode): Promise<(number | boolean)[] | null> {
  if (node.holds !== 'numbers' && node.holds !== 'booleans') return null;
  const numbers = Array.from(await node.numbers());
  return node.holds === 'booleans' ? numbers.map((value) => value !== 0) : numbers;
}
