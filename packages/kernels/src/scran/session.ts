import { InternalError, isRemnantError, type KernelControl, LimitError, throwIfAborted } from '@remnant/engine';
import type * as Module from 'scran.js';
import { inScope, type Keep } from './scope.js';

/** scran.js, loaded. */
export type Scran = typeof Module;

/** What a step runs with. */
export interface Session {
  readonly scran: Scran;
  readonly numberOfThreads: number;
  readonly keep: Keep;
}

/** One step as its caller asks for it. */
export interface Step {
  readonly name: string;
  /** Memory it will need, about. */
  readonly bytes: number;
  readonly control: KernelControl | undefined;
}

/** Runs one step in the memory of scran.js. */
export type RunStep = <T>(step: Step, work: (session: Session) => T) => Promise<T>;

/**
 * Loads scran.js when it is first needed. It starts its threads at once, because later it would wait for them in vain: also a step on
 * one thread reads its files on another.
 *
 * @param threads - threads a step may use
 */
export function startScran(threads: number): RunStep {
  let loaded: Promise<Scran> | null = null;
  return async ({ name, bytes, control = {} }, work) => {
    throwIfAborted(control);
    loaded ??= load(threads);
    const scran = await loaded;
    throwIfAborted(control);
    try {
      requireMemory(scran, bytes);
      return inScope((keep) => work({ scran, numberOfThreads: threads, keep }));
    } catch (error) {
      throw explained(name, error);
    }
  };
}

async function load(threads: number): Promise<Scran> {
  const scran = await import('scran.js');
  await scran.initialize({ numberOfThreads: threads });
  return scran;
}

/**
 * scran.js does not notice when there is no memory for an input, and writes it to address zero. Asking for as much in one piece first
 * either fails here or leaves the memory free for what follows.
 */
function requireMemory(scran: Scran, bytes: number): void {
  const probe = scran.createUint8WasmArray(Math.ceil(bytes));
  const { offset } = probe;
  if (offset === 0) throw outOfMemory(`${(bytes / 2 ** 30).toFixed(1)} GiB are not to be had`);
  probe.free();
}

function explained(name: string, error: unknown): unknown {
  if (isRemnantError(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/bad_alloc|bad_array_new_length|out of memory|Aborted|memory access/i.test(message)) return outOfMemory(message);
  return new InternalError(`scran.js failed at ${name}: ${message}`, error);
}

function outOfMemory(message: string): LimitError {
  return new LimitError(`The standard steps on cells ran out of memory (${message}).`, {
    hint: 'Draw fewer cells from every sample, or embed each sample alone.',
  });
}
