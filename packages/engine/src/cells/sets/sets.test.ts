import { currentSymbol } from '@remnant/engine';
import { loadGeneTable } from '@remnant/formats';
import { describe, expect, it } from 'vitest';
import { cellCycleGenes } from './cell-cycle.js';
import { type CuratedGene, symbolsOf } from './curated-gene.js';
import { immediateEarlyGenes } from './immediate-early.js';
import { stressResponseGenes } from './stress-response.js';

const sets: Readonly<Record<string, readonly CuratedGene[]>> = {
  cellCycleGenes,
  immediateEarlyGenes,
  stressResponseGenes,
};

describe.each(Object.keys(sets))('%s', (name) => {
  const genes = sets[name] ?? [];

  it('has current symbols, each once', async () => {
    const table = await loadGeneTable('human');
    const symbols = symbolsOf(genes);
    expect(symbols.filter((symbol) => currentSymbol(table, symbol) !== symbol)).toEqual([]);
    expect(new Set(symbols).size).toBe(symbols.length);
  });

  it('gives every gene a reason and a citation', () => {
    for (const { gene, reason, doi } of genes) {
      expect(reason, gene).not.toBe('');
      expect(doi, gene).not.toEqual([]);
      for (const one of doi) expect(one).toMatch(/^10\.\d{4,}\/\S+$/);
    }
  });
});

describe('symbolsOf', () => {
  it('gives the 43 S-phase and 54 G2/M-phase genes of Tirosh 2016', () => {
    expect(symbolsOf(cellCycleGenes, 'S')).toHaveLength(43);
    expect(symbolsOf(cellCycleGenes, 'G2M')).toHaveLength(54);
    expect(symbolsOf(cellCycleGenes)).toHaveLength(97);
  });

  it('keeps what each stress is apart from the others', () => {
    const early = new Set(symbolsOf(immediateEarlyGenes));
    const cycle = new Set(symbolsOf(cellCycleGenes));
    const stress = symbolsOf(stressResponseGenes);
    expect(stress.filter((gene) => early.has(gene) || cycle.has(gene))).toEqual([]);
  });
});
