import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
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
