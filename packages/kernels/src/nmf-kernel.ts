import {
  InternalError,
  metaProgrammeTasks,
  metaProgrammeTasksOn,
  type NmfKernel,
  type OpenNmfKernel,
  sweepTolerance,
  type TaskRegistry,
} from '@remnant/engine';
import { nmfWasm } from './nmf-wasm.js';

/** What assembly/nmf.ts exports; addresses in bytes. */
interface NmfExports {
  multiply(
    indptr: number,
    indices: number,
    data: number,
    nMajors: number,
    factor: number,
    out: number,
    stride: number,
  ): void;
  gram(factor: number, nRows: number, out: number, stride: number): void;
  descend(
    factor: number,
    nRows: number,
    gram: number,
    products: number,
    stride: number,
    sweeps: number,
    tolerance: number,
    scratch: number,
  ): void;
}

/** Bytes at the start of the memory where two rows of scratch lie: strides of up to 256. */
const reservedBytes = 4096;
const pageBytes = 65536;

let compiled: WebAssembly.Module | null = null;

/** Whether this host runs WebAssembly with SIMD. */
export function canRunWasmNmf(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(bytesOf(nmfWasm));
}

/**
 * Opens the SIMD kernel of non-negative matrix factorisation: engine's specification to the byte, several times as fast. Every opened
 * kernel has memory of its own, which goes when the kernel is let go.
 *
 * @param bytes - room for everything taken with `floats` and `integers`, sixteen bytes of slack for each
 * @throws InternalError when more is taken than was asked for
 */
export const openWasmNmfKernel: OpenNmfKernel = (bytes: number): NmfKernel => {
  compiled ??= new WebAssembly.Module(bytesOf(nmfWasm));
  const memory = new WebAssembly.Memory({ initial: Math.ceil((reservedBytes + bytes) / pageBytes) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const wasm = exports as unknown as NmfExports;
  let taken = reservedBytes;
  const take = (length: number): number => {
    const start = taken;
    taken += Math.ceil(length / 16) * 16;
    if (taken > memory.buffer.byteLength) throw new InternalError('An NMF kernel was opened with too little memory.');
    return start;
  };
  return {
    floats: (length) => new Float64Array(memory.buffer, take(8 * length), length),
    integers: (length) => new Uint32Array(memory.buffer, take(4 * length), length),
    multiply: ({ indptr, indices, data }, factor, out, stride) => {
      const [starts, places, values] = [indptr.byteOffset, indices.byteOffset, data.byteOffset];
      wasm.multiply(starts, places, values, indptr.length - 1, factor.byteOffset, out.byteOffset, stride);
    },
    gram: (factor, out, stride) => {
      wasm.gram(factor.byteOffset, factor.length / stride, out.byteOffset, stride);
    },
    descend: (factor, { gram, products, stride }, sweeps) => {
      const [square, right] = [gram.byteOffset, products.byteOffset];
      wasm.descend(factor.byteOffset, factor.length / stride, square, right, stride, sweeps, sweepTolerance, 0);
    },
  };
};

/** Engine's block tasks of the meta-programmes on the fastest kernel this host runs. The results are the same bytes on each. */
export function fastMetaProgrammeTasks(): TaskRegistry {
  return canRunWasmNmf() ? metaProgrammeTasksOn(openWasmNmfKernel) : metaProgrammeTasks;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
