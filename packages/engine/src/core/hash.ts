import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** A SHA-256 fed piece by piece, for input too large to hold. */
export interface RunningHash {
  update(bytes: Uint8Array): void;
  /** 64 lower-case hexadecimal digits; the hash cannot be fed afterwards. */
  hex(): string;
}

/** Starts a SHA-256 that is fed piece by piece. */
export function createSha256(): RunningHash {
  const hash = sha256.create();
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => bytesToHex(hash.digest()),
  };
}

/** SHA-256 over texts and typed arrays in order; each part's length is part of the hash, so parts cannot run together. */
export function hashParts(parts: readonly (string | ArrayBufferView)[]): string {
  const hash = sha256.create();
  for (const part of parts) {
    const bytes =
      typeof part === 'string' ? utf8ToBytes(part) : new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    hash.update(utf8ToBytes(`${String(bytes.length)}:`));
    hash.update(bytes);
  }
  return bytesToHex(hash.digest());
}
