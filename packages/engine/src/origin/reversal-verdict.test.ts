import { expect, it } from 'vitest';
import { reversalVerdict } from './reversal-verdict.js';

const interval = (low: number | null, high: number | null) =>
  ({ value: 0.7, low, high, level: 0.9, method: '', status: 'ok', reasons: [] }) as const;

it.each([
  [0.85, 1.1, 'returned'],
  [0.8, 1.2, 'returned'],
  [0.75, 1.1, 'inconclusive'],
  [0.3, 0.6, 'partial'],
  [-0.1, 0.6, 'inconclusive'],
  [-0.2, 0.49, 'not returned'],
  [0.2, 0.45, 'not returned'],
  [1.1, 1.4, 'inconclusive'],
  [0.1, 1.9, 'inconclusive'],
  [null, null, 'inconclusive'],
])('%s to %s is %s', (low, high, verdict) => {
  expect(reversalVerdict(interval(low, high), 0.2)).toBe(verdict);
});
