import type { CsrMatrix } from '@remnant/engine';

type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Smaller arrays are cheaper to copy into a message than to share. */
const smallestShared = 16 * 1024;

/** Of buffers larger than this many bytes, views of less than that share are cut out. */
const largeBuffer = 64 * 1024 * 1024;
const smallPart = 1 / 8;

/** Whether this host lets threads share memory. A browser does so only on a cross-origin isolated page. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function';
}

/** A copy of `array` in memory that every worker can read without copying; `array` itself where there is none. */
export function shareable(array: Float64Array): Float64Array {
  return canShareMemory() ? (sharedView(array, new WeakMap()) as Float64Array) : array;
}

/**
 * A matrix in memory that every worker can read without copying, so that work on blocks of it takes no memory; the matrix itself
 * where there is none. Done once, right after reading.
 */
export function shareableMatrix(matrix: CsrMatrix): CsrMatrix {
  if (!canShareMemory()) return matrix;
  const shared = new WeakMap<ArrayBufferLike, SharedArrayBuffer>();
  return {
    ...matrix,
    indptr: sharedView(matrix.indptr, shared) as CsrMatrix['indptr'],
    indices: sharedView(matrix.indices, shared) as CsrMatrix['indices'],
    data: sharedView(matrix.data, shared) as CsrMatrix['data'],
  };
}

/**
 * Prepares payloads for being posted to several workers: large typed arrays are moved to shared memory once per buffer,
 * however many payloads and workers see them. A view of a small part of a very large buffer is cut out instead, so that blocks of a large
 * matrix do not take a second copy of it with them; without shared memory so is any view, because a message would carry the whole
 * buffer. The payloads themselves are left as they are.
 */
export function payloadSharer(): (payload: unknown) => unknown {
  const shared = new WeakMap<ArrayBufferLike, SharedArrayBuffer>();
  const share = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (isTypedArray(value)) return prepared(value, shared);
    // Long lists of texts or numbers hold no arrays: looking at the first element spares the walk.
    if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(share) : value;
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, share(part)]));
  };
  return share;
}

/** Buffers a result can hand over instead of copying: those it owns whole. */
export function transferables(result: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const collect = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isTypedArray(value)) {
      if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength)
        buffers.add(value.buffer);
    } else if (Array.isArray(value)) {
      if (typeof value[0] === 'object') value.forEach(collect);
    } else if (isPlainObject(value)) {
      Object.values(value).forEach(collect);
    }
  };
  collect(result);
  return [...buffers];
}

function prepared(array: TypedArray, shared: WeakMap<ArrayBufferLike, SharedArrayBuffer>): TypedArray {
  if (canShareMemory() && !isSmallPart(array)) {
    return array.buffer.byteLength < smallestShared ? array : sharedView(array, shared);
  }
  return array.byteLength < array.buffer.byteLength ? array.slice() : array;
}

/** A part that is not worth moving the whole buffer to shared memory, where it is not already. */
function isSmallPart({ buffer, byteLength }: TypedArray): boolean {
  if (buffer instanceof SharedArrayBuffer || buffer.byteLength < largeBuffer) return false;
  return byteLength < smallPart * buffer.byteLength;
}

function sharedView(array: TypedArray, shared: WeakMap<ArrayBufferLike, SharedArrayBuffer>): TypedArray {
  const { buffer, byteOffset, length } = array;
  if (buffer instanceof SharedArrayBuffer) return array;
  let copy = shared.get(buffer);
  if (copy === undefined) {
    copy = new SharedArrayBuffer(buffer.byteLength);
    new Uint8Array(copy).set(new Uint8Array(buffer));
    shared.set(buffer, copy);
  }
  const View = array.constructor as new (buffer: SharedArrayBuffer, byteOffset: number, length: number) => TypedArray;
  return new View(copy, byteOffset, length);
}

function isTypedArray(value: object): value is TypedArray {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
