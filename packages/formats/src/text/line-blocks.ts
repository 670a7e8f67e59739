import { InternalError, isRemnantError } from '@remnant/engine';
import { gunzip, gzipSize, isGzip } from './gunzip.js';

/** Pieces of decompressed text, each of whole lines, in order. */
export type LineBlocks = AsyncIterable<Uint8Array>;

const inputBytes = 2 ** 16;
const blockBytes = 2 ** 22;

/**
 * Reads text, gzip or not, block by block, so that a file larger than memory once decompressed can be read.
 * The reading function may be called twice: where the host's own decompression gives up (browsers stop after the first
 * of several gzip members) everything is decompressed at once and read again, which also names what is wrong.
 */
export async function readLines<T>(
  bytes: Uint8Array,
  file: string,
  read: (blocks: LineBlocks) => Promise<T>,
): Promise<T> {
  if (!isGzip(bytes)) return read(wholeLines(once(bytes)));
  try {
    return await read(wholeLines(decompressed(bytes)));
  } catch (error) {
    if (isRemnantError(error) && error.code !== 'internal') throw error;
  }
  return read(wholeLines(once(gunzip(bytes, file))));
}

/**
 * The beginning of a text, up to about 4 MiB, from the beginning of its file.
 *
 * @param size - size of the whole file: the end of a part of a gzip file is missing by intent, that of a whole one is not
 * @throws FormatError when the whole file was given and is truncated or damaged
 */
export async function beginningOf(bytes: Uint8Array, size: number, file: string): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  const parts: Uint8Array[] = [];
  let decompressedSize = 0;
  try {
    for await (const part of inflated(bytes)) {
      parts.push(part);
      decompressedSize += part.length;
      if (decompressedSize > blockBytes) break;
    }
  } catch {
    if (bytes.length === size) return gunzip(bytes, file);
  }
  return joined(parts);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Decompressed pieces; fails unless they add up to the size written at the end of the file. */
async function* decompressed(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of inflated(bytes)) {
    size += part.length;
    yield part;
  }
  // Sends `readLines` down its second path; no user sees it.
  if (size % 2 ** 32 !== gzipSize(bytes.subarray(-4))) {
    throw new InternalError('The decompressed size is not the one written in the file.');
  }
}

async function* inflated(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  let at = 0;
  const input = new ReadableStream<BufferSource>({
    pull: (controller) => {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(at, (at += inputBytes)) as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = input.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Regroups pieces into blocks that end at a line end (or at the end of the text). */
async function* wholeLines(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const part of parts) {
    held.push(part);
    size += part.length;
    if (size < blockBytes) continue;
    const block = joined(held);
    const end = block.lastIndexOf(10) + 1;
    if (end > 0) yield block.subarray(0, end);
    held = end < block.length ? [block.subarray(end)] : [];
    size = block.length - end;
  }
  if (size > 0) yield joined(held);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
