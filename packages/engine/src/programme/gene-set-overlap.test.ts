import { expect, it } from 'vitest';
import { geneSetOverlap } from './gene-set-overlap.js';

const measured = Array.from({ length: 100 }, (_, g) => `G${String(g)}`);
const called = measured.slice(0, 10);
const collection = {
  name: 'mp',
  sets: [
    { name: 'none', description: '', genes: ['X'] },
    { name: 'five', description: '', genes: [...measured.slice(5, 15), 'G5', 'not measured'] },
    { name: 'one', description: '', genes: measured.slice(9, 19) },
  ],
};

it('tests overlap against the measured universe, best first', () => {
  const found = geneSetOverlap({ called, measured }, collection);
  expect(found.names).toEqual(['five', 'one', 'none']);
  expect(Array.from(found.sizes)).toEqual([10, 10, 0]);
  expect(Array.from(found.overlaps)).toEqual([5, 1, 0]);
  expect(Array.from(found.expected)).toEqual([1, 1, 0]);
  expect(found.genes[0]).toEqual(['G5', 'G6', 'G7', 'G8', 'G9']);
  // R: phyper(4, 10, 90, 10, lower.tail = FALSE) and phyper(0, 10, 90, 10, lower.tail = FALSE)
  expect(found.pValue[0]).toBeCloseTo(0.000671627748265, 14);
  expect(found.pValue[1]).toBeCloseTo(0.669523788913, 12);
  expect(found.pValue[2]).toBe(1);
});

it('refuses a called gene that was not measured', () => {
  expect(() => geneSetOverlap({ called: ['X'], measured }, collection)).toThrow(
    'Gene "X" was called but is not among the measured genes.',
  );
});
