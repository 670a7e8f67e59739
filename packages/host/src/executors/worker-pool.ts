import { AbortedError } from '@remnant/engine';
import type { WorkerLane } from './worker-lane.js';

/** Workers that are started when first needed and handed out one payload at a time, in the order they were asked for. */
export interface WorkerPool {
  take(): Promise<WorkerLane>;
  /** Hands a worker back. A lost one is replaced when next needed. */
  give(lane: WorkerLane): void;
  /** Ends every worker; what they were working on and what waits for one is aborted. */
  close(): void;
}

interface Waiting {
  readonly resolve: (lane: WorkerLane) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes a pool of at most `size` workers.
 *
 * @param start - starts one worker
 */
export function workerPool(size: number, start: () => WorkerLane): WorkerPool {
  const idle: WorkerLane[] = [];
  const all = new Set<WorkerLane>();
  const waiting: Waiting[] = [];
  let closed = false;
  const started = (): WorkerLane => {
    const lane = start();
    all.add(lane);
    return lane;
  };
  const idleOrNew = (): WorkerLane | null => {
    for (let lane = idle.pop(); lane !== undefined; lane = idle.pop()) {
      if (lane.alive) return lane;
      all.delete(lane);
    }
    return all.size < size ? started() : null;
  };
  return {
    take: () =>
      new Promise((resolve, reject) => {
        if (closed) throw new AbortedError();
        const lane = idleOrNew();
        if (lane === null) waiting.push({ resolve, reject });
        else resolve(lane);
      }),
    give: (lane) => {
      if (!lane.alive) all.delete(lane);
      if (closed) return;
      const next = waiting.shift();
      if (next !== undefined) next.resolve(lane.alive ? lane : started());
      else if (lane.alive) idle.push(lane);
    },
    close: () => {
      closed = true;
      for (const lane of all) lane.terminate(new AbortedError());
      for (const { reject } of waiting) reject(new AbortedError());
      waiting.length = 0;
    },
  };
}
