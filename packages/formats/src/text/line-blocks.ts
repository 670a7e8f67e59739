import { InternalError, isRemnantError } from '@remnant/engine';
import type { OpenFile } from '../source.js';
import { gunzip, gzipSize, isGzip } from './gunzip.js';

/** Pieces of decompressed text, each of whole lines, in order. A piece is good until the next one is asked for. */
export type LineBlocks = AsyncIterable<Uint8Array>;

const partBytes = 2 ** 18;
const blockBytes = 2 ** 22;
/** A first block holds a header and rows, however long they are. */
const fewestLines = 3;

/**
 * Reads text, gzip or not, block by block, so that a file larger than memory can be read. The first block holds at least
 * three lines where there are as many.
 * The reading function may be called twice: where the host's own decompression gives up (browsers stop after the first
 * of several gzip members) everything is decompressed at once and read again, which also names what is wrong.
 */
export async function readLines<T>(
  input: OpenFile,
  file: string,
  read: (blocks: LineBlocks) => Promise<T>,
): Promise<T> {
  if (!isGzip(await input.read(0, 2))) return read(wholeLines(partsOf(input)));
  try {
    return await read(wholeLines(decompressed(input)));
  } catch (error) {
    if (isRemnantError(error) && error.code !== 'internal') throw error;
  }
  return read(wholeLines(once(gunzip(await input.read(0, input.size), file))));
}

/** The beginning of a text and how many bytes of the file it took. */
export interface Beginning {
  readonly text: Uint8Array;
  readonly fileBytes: number;
}

/**
 * The beginning of a text, gzip or not: about 4 MiB, more where the first lines are longer.
 *
 * @throws FormatError when a gzip file is damaged so early that this part cannot be read
 */
export async function beginningOf(input: OpenFile, file: string): Promise<Beginning> {
  const progress = { fileBytes: 0 };
  const parts = isGzip(await input.read(0, 2)) ? inflated(input, progress) : partsOf(input, progress);
  try {
    for await (const text of wholeLines(parts)) return { text, fileBytes: progress.fileBytes };
  } catch {
    return { text: gunzip(await input.read(0, input.size), file), fileBytes: input.size };
  }
  return { text: new Uint8Array(0), fileBytes: input.size };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function* partsOf(
  input: OpenFile,
  progress: { fileBytes: number } = { fileBytes: 0 },
): AsyncGenerator<Uint8Array> {
  while (progress.fileBytes < input.size) {
    const part = await input.read(progress.fileBytes, partBytes);
    if (part.length === 0) return;
    progress.fileBytes += part.length;
    yield part;
  }
}

/** Decompressed pieces; fails unless they add up to the size written at the end of the file. */
async function* decompressed(input: OpenFile): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const part of inflated(input)) {
    size += part.length;
    yield part;
  }
  // Sends `readLines` down its second path; no user sees it.
  if (size % 2 ** 32 !== gzipSize(await input.read(input.size - 4, 4))) {
    throw new InternalError('The decompressed size is not the one written in the file.');
  }
}

async function* inflated(
  input: OpenFile,
  progress: { fileBytes: number } = { fileBytes: 0 },
): AsyncGenerator<Uint8Array> {
  const parts = partsOf(input, progress);
  const stream = new ReadableStream<BufferSource>({
    pull: async (controller) => {
      const next = await parts.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value as Uint8Array<ArrayBuffer>);
    },
  });
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
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

/** Regroups pieces into blocks that end at a line end (or at the end of the text), all in one buffer. */
async function* wholeLines(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let buffer = new Uint8Array(2 * partBytes);
  let size = 0;
  let lines = 0;
  for await (const part of parts) {
    if (size + part.length > buffer.length) buffer = grown(buffer, size, part.length);
    buffer.set(part, size);
    size += part.length;
    if (lines < fewestLines) lines += lineEnds(part, fewestLines);
    if (size < blockBytes || lines < fewestLines) continue;
    const end = buffer.lastIndexOf(10, size - 1) + 1;
    if (end === 0) continue;
    yield buffer.subarray(0, end);
    buffer.copyWithin(0, end, size);
    size -= end;
  }
  if (size > 0) yield buffer.subarray(0, size);
}

function grown(buffer: Uint8Array, size: number, more: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(2 * buffer.length, size + more));
  larger.set(buffer.subarray(0, size));
  return larger;
}

function lineEnds(bytes: Uint8Array, enough: number): number {
  let n = 0;
  for (let at = bytes.indexOf(10); at !== -1 && n < enough; at = bytes.indexOf(10, at + 1)) n++;
  return n;
}
