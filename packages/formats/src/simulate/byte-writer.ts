const newline = 0x0a;
const zero = 0x30;

/** Collects ASCII text as bytes; large tables of integers are written without making a string of each. */
export interface ByteWriter {
  text(value: string): void;
  /** A non-negative integer below 2^53, in decimal. */
  integer(value: number): void;
  finish(): Uint8Array<ArrayBuffer>;
}

/**
 * Makes a writer that grows as needed.
 *
 * @param expected - expected length in bytes
 */
export function createByteWriter(expected: number): ByteWriter {
  let bytes = new Uint8Array(Math.max(64, expected));
  let length = 0;
  const makeRoom = (more: number): void => {
    if (length + more <= bytes.length) return;
    const larger = new Uint8Array(2 * bytes.length + more);
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  const digits = new Uint8Array(16);
  return {
    text: (value) => {
      makeRoom(value.length);
      for (let i = 0; i < value.length; i++) bytes[length++] = value.charCodeAt(i);
    },
    integer: (value) => {
      makeRoom(digits.length);
      let rest = value;
      let n = 0;
      do {
        const next = Math.floor(rest / 10);
        digits[n++] = zero + (rest - 10 * next);
        rest = next;
      } while (rest > 0);
      while (n > 0) bytes[length++] = digits[--n] as number;
    },
    finish: () => bytes.slice(0, length),
  };
}

/** Lines of ASCII text as bytes, each ended by a line feed. */
export function asciiLines(lines: readonly string[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lines.reduce((sum, line) => sum + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) bytes[at++] = line.charCodeAt(i);
    bytes[at++] = newline;
  }
  return bytes;
}
