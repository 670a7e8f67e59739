import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { StepStore } from '@remnant/engine';
import { sha256Of } from './sha256.js';
import { writeAtomically } from './write-atomically.js';

/** A step store that knows which steps it gave or took, so that the others can be cleared away. */
export interface FolderStepStore extends StepStore {
  /** File names of the steps used so far. */
  readonly used: ReadonlySet<string>;
}

/** Bytes of the checksum in front of each step: SHA-256 in hexadecimal. */
const checksumLength = 64;

/**
 * Keeps finished steps as files of a folder, one per key, in the format of `structuredClone` (`v8.serialize`).
 * A file that is damaged or was written by another version of Node counts as absent and is computed again.
 * The folder is made when the first step is kept.
 */
export function stepStore(folder: string): FolderStepStore {
  const used = new Set<string>();
  const fileOf = (key: string): string => {
    const name = `${/^[\w-]{1,100}$/.test(key) ? key : sha256Of(key)}.step`;
    used.add(name);
    return join(folder, name);
  };
  return {
    used,
    get: async (key) => readStep(fileOf(key)),
    put: async (key, value) => {
      const content = serialize(value);
      await writeAtomically(fileOf(key), Buffer.concat([Buffer.from(sha256Of(content)), content]));
    },
  };
}

async function readStep(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return undefined;
  const content = bytes.subarray(checksumLength);
  if (sha256Of(content) === bytes.toString('latin1', 0, checksumLength)) {
    try {
      return deserialize(content);
    } catch {
      // Written by another version of Node: computed again.
    }
  }
  await rm(path, { force: true });
  return undefined;
}
