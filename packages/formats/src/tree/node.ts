/** Numbers as an array holds them; 64-bit integers arrive as doubles, checked to be exact. */
export type NumberArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Attributes of a node as plain values. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One field of a compound array, as HDF5 files of anndata before 0.7 hold whole data frames. */
export interface RecordField {
  readonly name: string;
  readonly holds: 'numbers' | 'booleans' | 'texts';
  /** Values per record; above 1 for embeddings. */
  readonly width: number;
  readonly numbers: Float64Array;
  readonly texts: readonly string[];
}

/** An array of a hierarchical file, HDF5 or Zarr. Nothing is read before it is asked for. */
export interface ArrayNode {
  readonly kind: 'array';
  readonly path: string;
  readonly shape: readonly number[];
  /** Rows stored together; null when the array is stored in one piece. */
  readonly chunkRows: number | null;
  readonly holds: 'numbers' | 'booleans' | 'texts' | 'records' | 'other';
  readonly bytesPerValue: number;
  readonly attributes: Attributes;
  /** Numbers of the rows `[from, to)`, row-major; all rows by default. Booleans are 0 and 1. */
  numbers(from?: number, to?: number): Promise<NumberArray>;
  /** Hands over the numbers of the rows `[from, to)` without copying them: they are good until `use` returns. */
  look(from: number, to: number, use: (numbers: NumberArray) => void): Promise<void>;
  texts(): Promise<string[]>;
  records(): Promise<RecordField[]>;
}

/** A group of a hierarchical file. */
export interface GroupNode {
  readonly kind: 'group';
  readonly path: string;
  readonly attributes: Attributes;
  keys(): Promise<string[]>;
  /** The child of this name, or null. A name may be a path. */
  get(name: string): Promise<TreeNode | null>;
}

/** A node of a hierarchical file. */
export type TreeNode = ArrayNode | GroupNode;

/** An open hierarchical file; closed by whoever opened it. */
export interface Tree {
  readonly root: GroupNode;
  close(): void;
}

/** The array at a path, or null when there is none or it is a group. */
export async function getArray(group: GroupNode, name: string): Promise<ArrayNode | null> {
  const node = await group.get(name);
  return node?.kind === 'array' ? node : null;
}

/** The group at a path, or null when there is none or it is an array. */
export async function getGroup(group: GroupNode, name: string): Promise<GroupNode | null> {
  const node = await group.get(name);
  return node?.kind === 'group' ? node : null;
}

/** An attribute as text, or null. */
export function textAttribute(attributes: Attributes, name: string): string | null {
  const value = attributes[name];
  return typeof value === 'string' ? value : null;
}

/** An attribute as a list of numbers, or null. */
export function numbersAttribute(attributes: Attributes, name: string): number[] | null {
  const value = attributes[name];
  return Array.isArray(value) && value.every((v) => typeof v === 'number') ? value : null;
}

/** An attribute as a list of texts; empty when it is absent or of another type. */
export function textsAttribute(attributes: Attributes, name: string): string[] {
  const value = attributes[name];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) && value.every((v) => typeof v === 'string') ? value : [];
}
