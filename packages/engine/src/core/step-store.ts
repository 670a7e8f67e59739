/**
 * Keeps finished steps so that a stopped run resumes where it was. Keys are hashes of everything a step depends on;
 * values are plain data with typed arrays. A host without storage passes none and every step is computed.
 */
export interface StepStore {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}
