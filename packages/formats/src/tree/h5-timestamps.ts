/**
 * Clears the times HDF5 writes into object headers, so that the same content gives the same bytes.
 * A version 2 object header starts with `OHDR`, holds four times when bit 5 of its flags is set, and ends with a
 * checksum (HDF5 File Format Specification 3.0, section IV.A.1.b). Only headers whose checksum is right are touched.
 *
 * @param bytes - a whole HDF5 file; changed in place
 */
export function clearTimestamps(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x4f); at !== -1; at = bytes.indexOf(0x4f, at + 1)) {
    if (at + 30 > bytes.length || view.getUint32(at, false) !== 0x4f484452 || bytes[at + 4] !== 2) continue;
    const end = checksumPlace(view, at);
    if (end === null || view.getUint32(end, true) !== lookup3(bytes, at, end)) continue;
    bytes.fill(0, at + 6, at + 22);
    view.setUint32(end, lookup3(bytes, at, end), true);
  }
}

/** Where the checksum of the header is; null when it stores no times or runs over the end of the file. */
function checksumPlace(view: DataView, at: number): number | null {
  const flags = view.getUint8(at + 5);
  if ((flags & 0x20) === 0) return null;
  const sizeAt = at + 22 + ((flags & 0x10) === 0 ? 0 : 4);
  const width = 1 << (flags & 3);
  const size =
    width === 1 ? view.getUint8(sizeAt) : width === 2 ? view.getUint16(sizeAt, true) : view.getUint32(sizeAt, true);
  const end = sizeAt + width + size;
  return end + 4 <= view.byteLength ? end : null;
}

/** The checksum of HDF5 metadata: Jenkins' lookup3 `hashlittle` with initial value 0, of `bytes[from … to)`. */
export function lookup3(bytes: Uint8Array, from: number, to: number): number {
  let length = to - from;
  let a = (0xdeadbeef + length) | 0;
  let b = a;
  let c = a;
  let at = from;
  for (; length > 12; length -= 12, at += 12) {
    a = (a + word(bytes, at, 4)) | 0;
    b = (b + word(bytes, at + 4, 4)) | 0;
    c = (c + word(bytes, at + 8, 4)) | 0;
    a = ((a - c) | 0) ^ rotate(c, 4);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotate(a, 6);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotate(b, 8);
    b = (b + a) | 0;
    a = ((a - c) | 0) ^ rotate(c, 16);
    c = (c + b) | 0;
    b = ((b - a) | 0) ^ rotate(a, 19);
    a = (a + c) | 0;
    c = ((c - b) | 0) ^ rotate(b, 4);
    b = (b + a) | 0;
  }
  if (length === 0) return c >>> 0;
  a = (a + word(bytes, at, Math.min(4, length))) | 0;
  b = (b + word(bytes, at + 4, Math.min(4, length - 4))) | 0;
  c = (c + word(bytes, at + 8, Math.min(4, length - 8))) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  return ((c ^ b) - rotate(b, 24)) >>> 0;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** Up to four bytes as a little-endian number; none when `length` is not positive. */
function word(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < length; i++) value |= (bytes[at + i] as number) << (8 * i);
  return value;
}
