import type { Progress } from '@remnant/engine';

/** One step of a run as the page lists it. */
export interface Step {
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly startedMs: number;
  /** Null while it is under way. */
  readonly endedMs: number | null;
  /** Whether the engine says when it ends; other stages end when all their parts are done. */
  readonly announced: boolean;
}

/**
 * Takes up one report of progress. The engine opens and closes each step (`unit` is `step`); what is reported in between,
 * under whatever name, is how far the open step has come.
 *
 * @param steps - so far, in order
 * @param nowMs - a clock, in milliseconds
 */
export function advance(steps: readonly Step[], progress: Progress, nowMs: number): readonly Step[] {
  const { stage, done, total, unit } = progress;
  const last = steps.at(-1);
  const open = last?.endedMs === null ? last : null;
  if (unit === 'step') {
    if (open?.stage === stage && open.announced)
      return done < total ? steps : [...steps.slice(0, -1), ended(open, nowMs)];
    const next: Step = { stage, done: 0, total: 0, startedMs: nowMs, endedMs: null, announced: true };
    return [...closed(steps, nowMs), done < total ? next : ended(next, nowMs)];
  }
  if (open !== null && (open.announced || open.stage === stage)) {
    const moved = { ...open, done, total };
    return [...steps.slice(0, -1), !open.announced && done >= total ? ended(moved, nowMs) : moved];
  }
  const next: Step = { stage, done, total, startedMs: nowMs, endedMs: null, announced: false };
  return [...closed(steps, nowMs), done < total ? next : ended(next, nowMs)];
}

function closed(steps: readonly Step[], nowMs: number): readonly Step[] {
  return steps.map((step) => (step.endedMs === null ? ended(step, nowMs) : step));
}

function ended(step: Step, nowMs: number): Step {
  return { ...step, endedMs: nowMs };
}
