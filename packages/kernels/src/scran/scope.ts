/** Something in the memory of a module that has to be given back. */
export interface Freeable {
  free(): void;
}

/** Takes charge of an object and returns it. */
export type Keep = <F extends Freeable>(object: F) => F;

/** Runs work that owns memory of a module: what it keeps is freed when the work ends, however it ends, the latest first. */
export function inScope<T>(work: (keep: Keep) => T): T {
  const kept: Freeable[] = [];
  try {
    return work((object) => {
      kept.push(object);
      return object;
    });
  } finally {
    for (const object of kept.reverse()) object.free();
  }
}
