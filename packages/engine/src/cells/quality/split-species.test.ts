import { describe, expect, it } from 'vitest';
import { inlineContext } from '../../../../../tests/support/inline-context.js';
import { createRng, type Rng } from '../../core/rng.js';
import { createGeneTable, type GeneTable, type Organism } from '../../data/gene-table.js';
import { callBarnyard } from './barnyard.js';
import { readGeneSpecies } from './gene-species.js';
import { csrFromRows, drawCounts, randomProfile } from './planted-cells.test-helper.js';
import { qualityTasks } from './quality-tasks.js';
import { splitSpecies, type SpeciesSplit, type SplitSpeciesOptions } from './split-species.js';

const genes = ['GRCh38_CD44', 'GRCh38_MT-ND1', 'mm10___Cd44', 'GFP'];
const context = inlineContext(qualityTasks);
const split = (
  rows: readonly (readonly number[])[],
  options: Partial<SplitSpeciesOptions> = {},
): Promise<SpeciesSplit> =>
  splitSpecies({ counts: csrFromRows(rows, genes.length), genes }, { tumour: 'human', ...options }, context);

function tableOf(organism: Organism, symbols: readonly string[]): GeneTable {
  return createGeneTable({
    organism,
    source: 'test',
    symbols,
    ensemblIds: symbols.map(() => ''),
    chromosomes: symbols.map(() => ''),
    starts: new Uint32Array(symbols.length),
    lengths: new Uint32Array(symbols.length),
    synonyms: symbols.map(() => []),
  });
}

describe('splitSpecies', () => {
  it('keeps cells with more than three quarters of their counts on human genes, and drops mouse genes and prefixes', async () => {
    const found = await split([
      [76, 0, 24, 0],
      [75, 0, 25, 0],
      [0, 0, 100, 0],
      [60, 40, 0, 500],
    ]);
    expect(Array.from(found.kept)).toEqual([1, 0, 0, 1]);
    expect(found.genes).toEqual(['CD44', 'MT-ND1', 'GFP']);
    expect(Array.from(found.geneColumns)).toEqual([0, 1, 3]);
    expect(Array.from(found.tumourFraction!)).toEqual([0.76, 0.75, 0, 1]);
    expect(found.geneSpecies).toEqual({ how: 'genome prefix', counts: { human: 2, mouse: 1, unknown: 1 } });
  });

  it('takes the mouse for the tumour when asked', async () => {
    const found = await split([[10, 0, 90, 0]], { tumour: 'mouse' });
    expect(Array.from(found.kept)).toEqual([1]);
    expect(found.genes).toEqual(['Cd44', 'GFP']);
  });

  it('lets empty droplets pass unjudged', async () => {
    const rows = [
      [1, 0, 9, 0],
      [10, 0, 90, 0],
    ];
    const found = await split(rows, { emptyAtOrBelow: 10 });
    expect(Array.from(found.kept)).toEqual([1, 0]);
    expect(found.barnyard!.calls).toEqual(['not-judged', 'host']);
  });

  it('says when there is one species only, and changes nothing but prefixes', async () => {
    const counts = csrFromRows([[1, 2]]);
    const prefixed = ['GRCh38_CD44', 'GRCh38_TP53'];
    const found = await splitSpecies({ counts, genes: prefixed }, { tumour: 'human' }, context);
    expect(found).toMatchObject({ status: 'not-mixed', genes: ['CD44', 'TP53'], barnyard: null, warnings: [] });
    expect(found.reasons).toEqual(['2 genes are human, 0 of the other species']);
    expect(Array.from(found.kept)).toEqual([1]);
    const host = await splitSpecies({ counts, genes: ['Cd44', 'Trp53'] }, { tumour: 'human' }, context);
    expect(host.warnings[0]).toMatchObject({ code: 'wrong-species' });
  });

  it('refuses a share outside its range', async () => {
    await expect(split([[1, 1, 1, 1]], { minimumFraction: 1 })).rejects.toThrow(/minimumFraction/);
  });
});

describe('readGeneSpecies', () => {
  it('reads Ensembl ids', () => {
    const { species, how } = readGeneSpecies(['ENSG00000026508', 'ENSMUSG00000005087.1', 'ERCC-00002']);
    expect(species.slice(0, 2)).toEqual(['human', 'mouse']);
    expect(how).toBe('Ensembl id');
  });

  it('reads symbols by the one table that lists them, else by their spelling', () => {
    const geneTables = [tableOf('human', ['CD44', 'C8orf4']), tableOf('mouse', ['Cd44', 'H2-K1'])];
    const names = ['CD44', 'Cd44', 'H2-K1', 'Zzz3', 'ZZZ3'];
    expect(readGeneSpecies(names, { geneTables }).species).toEqual(['human', 'mouse', 'mouse', 'mouse', 'human']);
    expect(readGeneSpecies(names).species).toEqual(['human', 'mouse', 'human', 'mouse', 'human']);
  });

  it('leaves a transgene between prefixed names without a species', () => {
    expect(readGeneSpecies(['GRCh38_CD44', 'mm10_Cd44', 'FOSL1']).species).toEqual(['human', 'mouse', null]);
  });
});

describe('the two-species rule', () => {
  it('is the 10th percentile of each species’ own barcodes', () => {
    const tumour = Float64Array.from([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, 1100, 5, 5, 210]);
    const host = Float64Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 60, 60, 120, 500]);
    const { calls, tumourLimit, hostLimit } = callBarnyard({ tumour, host }, new Uint8Array(14).fill(1));
    expect(tumourLimit).toBe(200);
    expect(hostLimit).toBe(60 + 0.2 * 60);
    expect(calls[10]).toBe('tumour');
    expect(calls[13]).toBe('multiplet');
    expect(calls.slice(11, 13)).toEqual(['host', 'host']);
  });

  it('recovers planted cells, multiplets, and the ambient share', async () => {
    for (const seed of [1, 2, 3]) {
      const planted = plantBarnyard(createRng(seed, 'barnyard'), { ambient: 0.1, doubletRate: 0.06 });
      const found = await splitSpecies(planted, { tumour: 'human' }, context);
      const kinds = found.barnyard!.calls.map((call, i) => `${planted.kinds[i]!}>${call}`);
      const share = (kind: string, call: string): number =>
        kinds.filter((k) => k === `${kind}>${call}`).length / planted.kinds.filter((k) => k === kind).length;
      expect(share('tumour', 'tumour')).toBeGreaterThan(0.98);
      expect(share('host', 'host')).toBeGreaterThan(0.98);
      expect(share('mixed', 'multiplet')).toBeGreaterThan(0.75);
      expect(Math.abs(found.contamination!.ambientFraction - 0.1)).toBeLessThan(0.03);
      const { observedMultipletRate, inferredMultipletRate } = found.barnyard!;
      expect(inferredMultipletRate! / observedMultipletRate).toBeGreaterThan(2);
      const wrong = planted.kinds.filter((kind, i) => kind === 'host' && found.kept[i] === 1);
      expect(wrong).toHaveLength(0);
      expect(planted.kinds.filter((kind, i) => kind === 'tumour' && found.kept[i] === 0)).toHaveLength(0);
    }
  });
});

function plantBarnyard(rng: Rng, { ambient, doubletRate }: { ambient: number; doubletRate: number }) {
  const nGenes = 60;
  const human = Float64Array.from([...randomProfile(rng, nGenes, 1), ...new Float64Array(nGenes)]);
  const mouse = Float64Array.from([...new Float64Array(nGenes), ...randomProfile(rng, nGenes, 1)]);
  const soup = human.map((p, g) => 0.6 * p + 0.4 * mouse[g]!);
  const kinds: string[] = [];
  const rows: Float64Array[] = [];
  const depth = (): number => 3000 * 2 ** (0.6 * rng.normal());
  for (let i = 0; i < 500; i++) {
    const kind = rng.uniform() < doubletRate ? 'mixed' : rng.uniform() < 0.6 ? 'tumour' : 'host';
    const [h, m] = [kind === 'host' ? 0 : depth(), kind === 'tumour' ? 0 : depth()];
    const own = human.map((p, g) => (1 - ambient) * (h * p + m * mouse[g]!) + ambient * (h + m) * soup[g]!);
    rows.push(drawCounts(rng, own));
    kinds.push(kind);
  }
  const names = Array.from({ length: 2 * nGenes }, (_, g) =>
    g < nGenes ? `GRCh38_G${String(g)}` : `mm10_G${String(g)}`,
  );
  return { counts: csrFromRows(rows), genes: names, kinds };
}
