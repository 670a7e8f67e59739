import { gzipSync } from 'fflate';

/** gzip without a time stamp: the same bytes for the same input, on every host and at any time. */
export function deterministicGzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 2, mtime: 0 });
}
