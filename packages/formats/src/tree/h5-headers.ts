import { lookup3 } from './lookup3.js';

/** Name of the one field of the compound type that stands for a boolean until {@link finishHeaders}; its length matters. */
export const booleanField = 'HDF5boolean';

/** The compound type `{HDF5boolean: int8}` as version 3 of the datatype message encodes it. */
const standIn = [
  ...[0x36, 1, 0, 0, 1, 0, 0, 0, ...Array.from(booleanField, (c) => c.charCodeAt(0)), 0, 0],
  ...[0x10, 8, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0],
];
/** The enumeration `{FALSE: 0, TRUE: 1}` over int8, h5py's boolean, in as many bytes. */
const boolean = [
  ...[0x38, 2, 0, 0, 1, 0, 0, 0, 0x10, 8, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0],
  ...[0x46, 0x41, 0x4c, 0x53, 0x45, 0, 0x54, 0x52, 0x55, 0x45, 0, 0, 1],
];

const continuation = 0x10;
const signatures = { header: 0x4f484452, continuation: 0x4f43484b };

/**
 * Finishes the object headers of a file written here, in place:
 *
 * - the times HDF5 writes are cleared, so that the same content gives the same bytes;
 * - the type that stands for booleans becomes the enumeration h5py and AnnData use, which h5wasm cannot write itself.
 *
 * Version 2 headers start with `OHDR`, hold four times when bit 5 of their flags is set, may go on in `OCHK` chunks, and end
 * with a checksum, as every chunk does (HDF5 File Format Specification 3.0, section IV.A.1.b). Only chunks whose checksum is
 * right are touched.
 *
 * @param bytes - a whole HDF5 file; changed in place
 */
export function finishHeaders(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x4f); at !== -1; at = bytes.indexOf(0x4f, at + 1)) {
    if (at + 30 > bytes.length || view.getUint32(at) !== signatures.header || bytes[at + 4] !== 2) continue;
    const flags = view.getUint8(at + 5);
    const hasTimes = (flags & 0x20) !== 0;
    const sizeAt = at + (hasTimes ? 22 : 6) + ((flags & 0x10) === 0 ? 0 : 4);
    const width = 1 << (flags & 3);
    const messages = sizeAt + width;
    const chunk = { from: at, messages, end: messages + sizeOf(view, sizeAt, width), ordered: (flags & 4) !== 0 };
    if (!isSound(bytes, chunk)) continue;
    if (hasTimes) bytes.fill(0, at + 6, at + 22);
    finishChunk(bytes, chunk);
  }
}

/** One chunk of an object header: its messages and where its checksum is. */
interface HeaderChunk {
  readonly from: number;
  readonly messages: number;
  readonly end: number;
  /** Whether messages carry their order of creation. */
  readonly ordered: boolean;
}

function sizeOf(view: DataView, at: number, width: number): number {
  if (width === 1) return view.getUint8(at);
  return width === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
}

function isSound(bytes: Uint8Array, { from, end }: HeaderChunk): boolean {
  if (end + 4 > bytes.length) return false;
  return new DataView(bytes.buffer, bytes.byteOffset + end, 4).getUint32(0, true) === lookup3(bytes, from, end);
}

function finishChunk(bytes: Uint8Array, chunk: HeaderChunk): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = chunk.ordered ? 6 : 4;
  for (let at = chunk.messages; at + head <= chunk.end; at += head + view.getUint16(at + 1, true)) {
    if (bytes[at] === continuation) finishContinuation(bytes, at + head, chunk.ordered);
  }
  for (let at = chunk.messages; at + standIn.length <= chunk.end; at++) {
    if (standIn.every((byte, k) => bytes[at + k] === byte)) bytes.set(boolean, at);
  }
  view.setUint32(chunk.end, lookup3(bytes, chunk.from, chunk.end), true);
}

function finishContinuation(bytes: Uint8Array, message: number, ordered: boolean): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = Number(view.getBigUint64(message, true));
  const end = from + Number(view.getBigUint64(message + 8, true)) - 4;
  const chunk = { from, messages: from + 4, end, ordered };
  if (end > bytes.length || view.getUint32(from) !== signatures.continuation || !isSound(bytes, chunk)) return;
  finishChunk(bytes, chunk);
}
