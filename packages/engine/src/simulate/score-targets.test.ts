import { describe, expect, it } from 'vitest';
import { type FoundTargets, scoreTargets } from './score-targets.js';
import { simulateStudy } from './simulate-study.js';

const { truth } = simulateStudy({ seed: 1, genes: 1000, cells: 20 });
const right: FoundTargets = {
  surfaceRanking: ['X', truth.marker.shared, truth.marker.notShared],
  sharedMarkers: [{ gene: truth.marker.notShared, shared: false }],
  shapes: [
    { patient: 'P01', verdict: 'two-state' },
    { patient: 'P03', verdict: 'cannot tell' },
  ],
  iron: [
    { patient: 'P01', axis: 'overload', verdict: 'raised' },
    { patient: 'P01', axis: 'starvation', verdict: 'lowered' },
    { patient: 'P07', axis: 'starvation', verdict: 'raised' },
    { patient: 'P02', axis: 'overload', verdict: 'no shift shown' },
  ],
};
const failed = (change: Partial<FoundTargets>): string[] =>
  scoreTargets(truth, { ...right, ...change }).flatMap(({ id, passed }) => (passed ? [] : [id]));

describe('scoreTargets', () => {
  it('passes the right answers', () => {
    expect(failed({})).toEqual([]);
    expect(scoreTargets(truth, right)).toHaveLength(5);
  });

  it('fails each wrong one on its own line', () => {
    expect(failed({ surfaceRanking: ['A', 'B', 'C', truth.marker.shared] })).toEqual(['marker-rank']);
    expect(failed({ sharedMarkers: [{ gene: truth.marker.notShared, shared: true }] })).toEqual(['marker-not-shared']);
    expect(failed({ shapes: [{ patient: 'P01', verdict: 'graded' }] })).toEqual(['switch-shape']);
    expect(failed({ iron: [{ patient: 'P01', axis: 'overload', verdict: 'lowered' }] })).toEqual(['iron-axes']);
    const shifted = (n: number): FoundTargets['iron'] => [
      ...right.iron.slice(0, 3),
      ...Array.from({ length: 12 }, (_, i) => ({
        patient: 'P02',
        axis: 'overload' as const,
        verdict: i < n ? ('raised' as const) : ('no shift shown' as const),
      })),
    ];
    expect(failed({ iron: shifted(3) })).toEqual([]);
    expect(failed({ iron: shifted(4) })).toEqual(['iron-null']);
    expect(failed({ iron: [] })).toEqual(['iron-axes']);
  });

  it('does not ask what was not looked at', () => {
    expect(scoreTargets(truth, { ...right, surfaceRanking: null, sharedMarkers: [], shapes: [] })).toHaveLength(2);
  });
});
