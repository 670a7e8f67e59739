import { describe, expect, it } from 'vitest';
import { type AlteredClone, type CloneBranch, cloneTree, leavesOf } from './clone-tree.js';

const clone = (name: string, ...events: string[]): AlteredClone => ({ name, events });
const written = (branches: readonly CloneBranch[]): string =>
  branches
    .map(({ events, clone: name, branches: inner }) => `${events.join(' ')}>${name ?? `(${written(inner)})`}`)
    .join(', ');

describe('cloneTree', () => {
  it('puts what all clones share on one branch and what is their own on their own', () => {
    expect(written(cloneTree([clone('1', '+8q', '−13q', '−5q'), clone('2', '+8q', '−13q', '+7p')]))).toBe(
      '+8q −13q>(−5q>1, +7p>2)',
    );
  });

  it('nests sets within sets, and ends a branch in the clone that has nothing more', () => {
    const clones = [clone('1', '+8q'), clone('2', '+8q', '+7p', '+12p'), clone('3', '+8q', '+7p'), clone('4')];
    const tree = cloneTree(clones);
    expect(written(tree)).toBe('+8q>(+7p>(+12p>2, >3), >1), >4');
    expect([...leavesOf(tree)].sort()).toEqual(['1', '2', '3', '4']);
  });

  it('does not join clones that share nothing, nor invent a shared alteration', () => {
    expect(written(cloneTree([clone('1', '+8q'), clone('2', '−13q'), clone('3')]))).toBe('+8q>1, −13q>2, >3');
    expect(cloneTree([])).toEqual([]);
  });

  it('keeps every call when sets do not nest: the alteration stands on two branches', () => {
    const clones = [clone('1', '+8q', '+7p'), clone('2', '+8q', '−13q'), clone('3', '−13q', '+7p')];
    expect(written(cloneTree(clones))).toBe('+8q>(+7p>1, −13q>2), −13q +7p>3');
  });

  it('joins clones with the same calls in one fork', () => {
    expect(written(cloneTree([clone('1', '+8q'), clone('2', '+8q')]))).toBe('+8q>(>1, >2)');
  });
});
