import { describe, expect, it } from 'vitest';
import { createRng, shuffleInPlace } from './rng.js';

describe('createRng', () => {
  it('gives pinned numbers for a seed and a label', () => {
    const rng = createRng(1, 'a');
    expect(rng.uniform()).toBe(0.20029325646417107);
    expect(rng.normal()).toBe(-0.081127133191591);
    expect(rng.integer(10)).toBe(6);
  });

  it('splits into streams that do not depend on what was drawn before', () => {
    const fresh = createRng(7, 'x').split('part', 3).uniform();
    const used = createRng(7, 'x');
    used.uniform();
    expect(used.split('part', 3).uniform()).toBe(fresh);
    expect(used.split('part', 4).uniform()).not.toBe(fresh);
    expect(createRng(8, 'x').split('part', 3).uniform()).not.toBe(fresh);
  });

  it('has the moments of the uniform and the normal', () => {
    const rng = createRng(3, 'moments');
    const n = 200_000;
    let u = 0;
    let z = 0;
    let z2 = 0;
    let z4 = 0;
    for (let i = 0; i < n; i++) {
      u += rng.uniform();
      const x = rng.normal();
      z += x;
      z2 += x * x;
      z4 += x ** 4;
    }
    expect(Math.abs(u / n - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(z / n)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(z2 / n - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(z4 / n - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });

  it('shuffles every order about equally often', () => {
    const rng = createRng(5, 'shuffle');
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const items = ['a', 'b', 'c'];
      shuffleInPlace(items, rng);
      seen.set(items.join(''), (seen.get(items.join('')) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
