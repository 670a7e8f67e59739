import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';

/** Median and range of one measured quantity. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Runs one measurement in a process of its own and adds its wall time. The process prints one JSON object. */
export function timeProcess<R>(command: string, args: readonly string[]): R & { readonly wall: number } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
  return { ...(JSON.parse(stdout) as R), wall };
}

/** Median, lowest and highest of one quantity over the runs, which are odd in number. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const round = (value: number | undefined): number => Math.round((value ?? NaN) * 10) / 10;
  return { median: round(sorted[(sorted.length - 1) / 2]), lowest: round(sorted[0]), highest: round(sorted.at(-1)) };
}

/** What the machine is, without its name. */
export function machine(): Record<string, unknown> {
  return {
    machine: { cores: cpus().length, model: cpus()[0]?.model, platform: `${process.platform} ${process.arch}` },
    loadAverage: Math.round(10 * (loadavg()[0] ?? 0)) / 10,
  };
}
