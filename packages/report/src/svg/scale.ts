import { log10, pow } from '@remnant/engine';

/** A linear map from values to pixels. */
export interface Scale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
  /** Where a value stands, in pixels; outside the range when the value is outside the domain. */
  readonly at: (value: number) => number;
}

/** The linear scale that takes `domain` to `range`. A domain of no width maps to the middle of the range. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [low, high] = domain;
  const [start, end] = range;
  const width = high - low;
  return {
    domain,
    range,
    at: (value) => (width === 0 ? (start + end) / 2 : start + ((value - low) / width) * (end - start)),
  };
}

/** Smallest and largest finite value; null when there is none. */
export function extent(values: Iterable<number>): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** Widens a domain by a share of its width on each side; a domain of no width is widened by one. */
export function padded(domain: readonly [number, number], share: number): readonly [number, number] {
  const [low, high] = domain;
  const margin = high > low ? (high - low) * share : 1;
  return [low - margin, high + margin];
}

/** Tick values with the decimals needed to write them. */
export interface Ticks {
  readonly values: readonly number[];
  readonly decimals: number;
}

/** About `count` ticks at 1, 2 or 5 times a power of ten, inside the domain. */
export function niceTicks(domain: readonly [number, number], count: number): Ticks {
  const [low, high] = domain;
  if (!(high > low)) return { values: [low], decimals: Number.isInteger(low) ? 0 : 2 };
  const { mantissa, exponent } = niceStep((high - low) / count);
  const decimals = Math.max(0, -exponent);
  const toValue = (index: number): number =>
    exponent >= 0 ? index * mantissa * pow(10, exponent) : (index * mantissa) / pow(10, -exponent);
  const step = toValue(1);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => toValue(first + i) + 0);
  return { values, decimals };
}

function niceStep(rough: number): { readonly mantissa: number; readonly exponent: number } {
  const exponent = Math.floor(log10(rough) + 1e-9);
  const share = rough / pow(10, exponent);
  if (share <= 1.5) return { mantissa: 1, exponent };
  if (share <= 3.5) return { mantissa: 2, exponent };
  if (share <= 7.5) return { mantissa: 5, exponent };
  return { mantissa: 1, exponent: exponent + 1 };
}
