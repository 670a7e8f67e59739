import { FormatError, LimitError } from '@remnant/engine';
import { inflateSync } from 'fflate';
import { crc32 } from './crc32.js';

/** Deflate cannot shrink data more than this (RFC 1951). */
const largestRatio = 1032;
const largestInput = 2 ** 30;

/** Whether bytes start as gzip, whatever the file is called. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses gzip, checking length and CRC-32 of every member (RFC 1952).
 * Files of several members (bgzip, `cat a.gz b.gz`) are read whole, which neither fflate nor a browser's own stream does.
 *
 * @throws FormatError when the file is truncated or damaged
 * @throws LimitError when it is too large to be held decompressed
 */
export function gunzip(bytes: Uint8Array, file: string): Uint8Array {
  if (bytes.length > largestInput) throw tooLarge(bytes, file);
  const whole = inflateMember(bytes);
  if (whole !== null) return whole;
  const parts = inflateMembers(bytes);
  if (parts === null) throw truncated(file);
  return concatenate(parts);
}

/** The error for gzip data that stop early or fail their checksum. */
export function truncated(file: string): FormatError {
  return new FormatError('This gzip file is truncated or damaged.', {
    file,
    hint: 'Its end is missing or its checksum is wrong: copy or download it again, and check it with "gzip -t".',
  });
}

/** Uncompressed size written at the end of a gzip file (modulo 4 GiB; of the last member). */
export function gzipSize(tail: Uint8Array): number {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  return tail.length < 4 ? 0 : view.getUint32(tail.length - 4, true);
}

function inflateMembers(bytes: Uint8Array): Uint8Array[] | null {
  const starts = [...memberStarts(bytes), bytes.length];
  const parts: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const next = firstMember(bytes, from, starts);
    if (next === null) return null;
    parts.push(next.data);
    from = next.end;
  }
  return parts;
}

function firstMember(
  bytes: Uint8Array,
  from: number,
  starts: readonly number[],
): { readonly data: Uint8Array; readonly end: number } | null {
  for (const end of starts) {
    if (end <= from) continue;
    const data = inflateMember(bytes.subarray(from, end));
    if (data !== null) return { data, end };
  }
  return null;
}

/** Positions that look like the start of a further member; the checksum decides which are. */
function memberStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let i = bytes.indexOf(0x1f, 1); i !== -1; i = bytes.indexOf(0x1f, i + 1)) {
    if (bytes[i + 1] === 0x8b && bytes[i + 2] === 8 && ((bytes[i + 3] ?? 0xff) & 0xe0) === 0) starts.push(i);
  }
  return starts;
}

/** One member decompressed, or null when these bytes are not exactly one sound member. */
function inflateMember(bytes: Uint8Array): Uint8Array | null {
  const start = headerLength(bytes);
  if (start === null || bytes.length < start + 8) return null;
  const size = gzipSize(bytes);
  if (size > (bytes.length + 64) * largestRatio) return null;
  try {
    const data = inflateSync(bytes.subarray(start, -8), new Uint8Array(size));
    const checksum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 4).getUint32(0, true);
    return data.length === size && crc32(data) === checksum ? data : null;
  } catch {
    return null;
  }
}

function headerLength(bytes: Uint8Array): number | null {
  if (!isGzip(bytes) || bytes.length < 18 || bytes[2] !== 8) return null;
  const flags = bytes[3] as number;
  let at = 10;
  if (flags & 4) at += 2 + ((bytes[10] as number) | ((bytes[11] as number) << 8));
  for (const flag of [8, 16]) {
    if (flags & flag) {
      const end = bytes.indexOf(0, at);
      if (end === -1) return null;
      at = end + 1;
    }
  }
  return flags & 2 ? at + 2 : at;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function tooLarge(bytes: Uint8Array, file: string): LimitError {
  return new LimitError('This gzip file is too large to be decompressed at once.', {
    file,
    expected: 'at most 1 GiB compressed',
    found: `${(bytes.length / 2 ** 30).toFixed(1)} GiB`,
    hint: 'Give the counts as .h5ad or 10x .h5.',
  });
}
