import type { ValueScale } from '@remnant/engine';

/** Above this, a fractional value cannot be a log2 expression value. */
const largestLog2 = 50;

/** The scale of a table's values and why. */
export interface DetectedScale {
  readonly scale: ValueScale;
  readonly reason: string;
}

/**
 * Decides what the numbers of an expression table are:
 * whole numbers, none negative, are counts; fractional, none negative and above 50 are intensities; anything else is log2.
 */
export function detectScale(values: Float64Array): DetectedScale {
  let lowest = Infinity;
  let highest = -Infinity;
  let whole = true;
  for (const value of values) {
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    if (whole && value !== Math.floor(value)) whole = false;
  }
  const range = `from ${short(lowest)} to ${short(highest)}`;
  if (lowest >= 0 && whole) return { scale: 'counts', reason: `whole numbers ${range}` };
  if (lowest >= 0 && highest > largestLog2) return { scale: 'intensity', reason: `fractional numbers ${range}` };
  return { scale: 'log2', reason: `numbers ${range}` };
}

function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
