import { decompressBlosc } from './blosc.js';
import { decompressFramedLz4 } from './lz4.js';
import { decompressZstd } from './zstd.js';

export { decompressBlosc, decompressFramedLz4, decompressZstd };

/** Decompression by the name Zarr gives the codec. The WebAssembly ones of zarrita cannot run under the app's policy. */
export const zarrDecoders: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  zstd: decompressZstd,
  blosc: decompressBlosc,
  lz4: decompressFramedLz4,
  'numcodecs.zstd': decompressZstd,
  'numcodecs.blosc': decompressBlosc,
  'numcodecs.lz4': decompressFramedLz4,
};
