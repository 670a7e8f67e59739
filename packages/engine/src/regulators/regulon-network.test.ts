import { describe, expect, it } from 'vitest';
import { prepareNetwork, regulonSize, selectRegulons, transposeNetwork } from './regulon-network.js';

const genes = ['A', 'B', 'C', 'D', 'E'];
const edge = (source: string, target: string, weight = 1) => ({ source, target, weight });

describe('prepareNetwork', () => {
  it('keeps measured targets, the first of repeated edges, and counts the rest', () => {
    const network = prepareNetwork(
      [
        edge('Y', 'E', -1),
        edge('Y', 'A'),
        edge('Y', 'A', -1),
        edge('Y', 'not measured'),
        edge('X', 'B', 0.5),
        edge('X', 'C'),
        edge('X', 'D', 0),
        edge('Z', 'A'),
      ],
      genes,
      { minimumSize: 2 },
    );
    expect(network.regulators).toEqual(['X', 'Y']);
    expect([...network.indptr]).toEqual([0, 2, 4]);
    expect([...network.indices]).toEqual([1, 2, 0, 4]);
    expect([...network.weights]).toEqual([0.5, 1, 1, -1]);
    expect(network.dropped).toEqual({
      duplicates: 1,
      unmeasured: 1,
      zeroWeight: 1,
      small: [{ regulator: 'Z', nTargets: 1 }],
    });
    expect(regulonSize(network, 0)).toBe(2);
  });

  it('does not depend on the order of the edges', () => {
    const edges = [edge('X', 'C'), edge('Y', 'A'), edge('X', 'A', -1), edge('Y', 'B')];
    expect(prepareNetwork([...edges].reverse(), genes, { minimumSize: 1 })).toEqual(
      prepareNetwork(edges, genes, { minimumSize: 1 }),
    );
  });

  it('warns when no regulon is measured, as with gene ids of another kind', () => {
    const network = prepareNetwork([edge('X', 'A')], ['ENSG00000000001'], { minimumSize: 1 });
    expect(network.regulators).toEqual([]);
    expect(network.warnings[0]?.message).toContain('1 of 1 edges lead to genes that were not measured');
  });

  it('refuses weights that are no numbers, naming the row', () => {
    expect(() => prepareNetwork([edge('X', 'A'), edge('X', 'B', NaN)], genes)).toThrow(/row 3, column "weight".*X → B/);
  });

  it('refuses repeated genes and a bad minimum', () => {
    expect(() => prepareNetwork([], ['A', 'A'])).toThrow(/occurs twice/);
    expect(() => prepareNetwork([], genes, { minimumSize: 0 })).toThrow(/minimumSize/);
  });
});

describe('views of a network', () => {
  const network = prepareNetwork([edge('X', 'A'), edge('X', 'C', -1), edge('Y', 'A', 2)], genes, { minimumSize: 1 });

  it('transposes', () => {
    const { indptr, indices, weights } = transposeNetwork(network);
    expect([...indptr]).toEqual([0, 2, 2, 3, 3, 3]);
    expect([...indices]).toEqual([0, 1, 0]);
    expect([...weights]).toEqual([1, 2, -1]);
  });

  it('selects regulators and targets', () => {
    const selected = selectRegulons(network, [1, 0], (gene) => gene === 0);
    expect(selected.regulators).toEqual(['Y', 'X']);
    expect([...selected.weights]).toEqual([2, 1]);
  });
});
