import {
  adjustedRandIndex,
  blockTasks,
  type CellCounts,
  type CellEmbedding,
  type ComputedEmbedding,
  clusterMarkers,
  embedCells,
  type EmbedCellsOptions,
  hashParts,
  type Kernels,
  labelByReference,
  type Progress,
  type RunContext,
  selectCells,
} from '@remnant/engine';
import { nodeKernels } from '@remnant/host/node';
import { scranIdentity } from '@remnant/kernels';
import { afterAll, describe, expect, it } from 'vitest';
import { inlineContext } from '../support/inline-context.js';
import { logExpression, plantedCells } from './planted-cells.js';

const kernels = nodeKernels(2);
const context = inlineContext(blockTasks);
const quick: Partial<EmbedCellsOptions> = { variableGenes: 150, components: 8, umapEpochs: 50 };

/** The planted cells as three samples of two patients; the second patient is the block that differs. */
function studyCells(nCells = 500, nGenes = 250): CellCounts & { readonly group: Uint32Array } {
  const { counts, block, group } = plantedCells(nCells, nGenes, 11);
  const samples = [
    ['A1', 'A'],
    ['B1', 'B'],
    ['B2', 'B'],
  ].map(([sample = '', patient = '']) => ({ sample, patient, stage: 'untreated', technology: 'single-cell' }) as const);
  return {
    counts,
    genes: Array.from({ length: nGenes }, (_, gene) => `G${String(gene)}`),
    barcodes: Array.from({ length: nCells }, (_, cell) => `c${String(cell)}`),
    sampleOf: block.map((of, cell) => (of === 1 && cell > 0.7 * nCells ? 2 : of)),
    samples: samples.map((sample) => ({ ...sample, treatment: 'none' })),
    group,
  };
}

const cells = studyCells();

function computed(found: CellEmbedding): ComputedEmbedding {
  if (found.status !== 'ok') throw new Error(found.reasons.join(' '));
  return found;
}

function digest(found: ComputedEmbedding): string {
  const { components, corrected, umap, tsne, neighbours } = found;
  const tables = [components, corrected, umap, tsne].flatMap((table) => (table === null ? [] : [table.data]));
  const { indices, distances } = neighbours;
  return hashParts([...tables, indices, distances, found.clusters, found.variableGenes, found.sizeFactors]);
}

async function reasonFor(
  given: CellCounts,
  use: Kernels | null,
  options: Partial<EmbedCellsOptions> = quick,
): Promise<string> {
  const found = await embedCells(given, options, context, use);
  expect(found.status).toBe('not computed');
  return found.reasons.join(' ');
}

afterAll(() => {
  kernels.close();
});

describe('embedCells', () => {
  it('finds the groups and gives every table in the order of the cells', async () => {
    const found = computed(
      await embedCells(
        cells,
        { ...quick, correctPatients: true, tsne: true, perplexity: 15, tsneIterations: 100 },
        context,
        kernels,
      ),
    );
    expect(found.components.shape).toEqual([500, 8]);
    expect(found.corrected?.shape).toEqual([500, 8]);
    expect([found.umap.shape, found.tsne?.shape]).toEqual([
      [500, 2],
      [500, 2],
    ]);
    expect([found.neighbours.k, found.neighbours.indices.length]).toEqual([15, 7500]);
    expect(adjustedRandIndex(found.clusters, cells.group)).toBeGreaterThan(0.95);
    const sizes = Array.from({ length: found.nClusters }, (_, c) => found.clusters.filter((own) => own === c).length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(found.variableGenes.length).toBeLessThanOrEqual(150);
    expect(found.sizeFactors.reduce((a, b) => a + b, 0) / 500).toBeCloseTo(1, 12);
    expect(found.kernels).toEqual({ name: 'scran.js', version: '4.0.9' });
  });

  it('gives the same bytes again, with other threads and another seed of the run', async () => {
    const first = digest(computed(await embedCells(cells, quick, context, kernels)));
    const one = nodeKernels(1);
    expect(digest(computed(await embedCells(cells, quick, { ...context, seed: 99 }, one)))).toBe(first);
    expect(digest(computed(await embedCells(cells, quick, context, kernels)))).toBe(first);
  });

  it('says why there is no embedding, and what can be done', async () => {
    expect(await reasonFor(cells, null)).toMatch(/no kernels/);
    expect(await reasonFor(cells, { ...kernels, unavailable: 'Not here.' })).toBe('Not here.');
    expect(
      await reasonFor(
        selectCells(
          cells,
          Uint32Array.from({ length: 8 }, (_, i) => i),
        ),
        kernels,
      ),
    ).toMatch(/8 cells are too few/);
    expect(await reasonFor(cells, { ...kernels, maxCells: 400 })).toMatch(/500 cells.*400.*Draw fewer cells/s);
    expect(await reasonFor(cells, { ...kernels, maxBytes: 1e6 })).toMatch(/can address.*embed each sample alone/s);
    expect(await reasonFor(cells, kernels, { ...quick, memoryGib: 0.01 })).toMatch(/the budget is 0\.0 GiB/);
    const flat = { ...cells, counts: { ...cells.counts, data: new Uint8Array(cells.counts.data.length).fill(1) } };
    const same = await embedCells({ ...flat, counts: oneCountEach(500, 250) }, quick, context, kernels);
    expect([same.status, same.reasons.join(' ')]).toEqual([
      'not computed',
      expect.stringMatching(/Fewer than two genes/),
    ]);
  });

  it('warns where there is less than was asked for', async () => {
    const alone = selectCells(
      cells,
      Uint32Array.from(cells.sampleOf.keys()).filter((cell) => cells.sampleOf[cell] === 0),
    );
    const found = computed(
      await embedCells(alone, { ...quick, variableGenes: 240, correctPatients: true }, context, kernels),
    );
    expect(found.warnings.map(({ code }) => code)).toEqual(['few-variable-genes', 'one-patient']);
    expect(found.corrected).toBeNull();
  });

  it('refuses options that are unknown or out of range', async () => {
    const withOptions = (options: object): Promise<CellEmbedding> => embedCells(cells, options, context, kernels);
    await expect(withOptions({ epochs: 3 })).rejects.toThrow(/"epochs" is not an option/);
    await expect(withOptions({ components: 0 })).rejects.toThrow(/components.*from 1 up.*Found 0/s);
    await expect(withOptions({ resolution: NaN })).rejects.toThrow(/resolution/);
    await expect(withOptions({ clusterNeighbours: 20 })).rejects.toThrow(/at most the 15 neighbours/);
  });

  it('reports its steps in order', async () => {
    const seen: Progress[] = [];
    await embedCells(cells, quick, { ...context, onProgress: (progress) => seen.push(progress) }, kernels);
    const stages = [...new Set(seen.map(({ stage }) => stage))];
    expect(stages.slice(0, 2)).toEqual(['variable genes', 'counts of the genes used']);
    expect(stages.slice(2)).toEqual(['principal components', 'neighbours', 'clusters', 'UMAP']);
  });

  it('stops at once in the middle of a step, while the calling thread stays free', async () => {
    const many = studyCells(3000, 600);
    const stop = new AbortController();
    let ticks = 0;
    let askedAt = 0;
    const ticking = setInterval(() => ticks++, 10);
    const onProgress = ({ stage }: Progress): void => {
      if (stage !== 'principal components' || askedAt > 0) return;
      askedAt = performance.now() + 300;
      setTimeout(() => {
        stop.abort();
      }, 300);
    };
    const running: RunContext = { ...context, signal: stop.signal, onProgress };
    await expect(embedCells(many, { variableGenes: 600, components: 50 }, running, kernels)).rejects.toMatchObject({
      code: 'aborted',
    });
    clearInterval(ticking);
    expect(performance.now() - askedAt).toBeLessThan(1000);
    expect(ticks).toBeGreaterThan(5);
    expect((await embedCells(cells, quick, context, kernels)).status).toBe('ok');
  });
});

describe('clusterMarkers', () => {
  it('finds the genes of each group, the same in blocks of genes as at once', async () => {
    const wide = widened(cells, 2500);
    const found = await clusterMarkers(wide, { clusters: cells.group }, context, kernels);
    expect([found.nClusters, found.nGenes]).toEqual([4, 2500]);
    const sizeFactors = plantedCells(500, 250, 11).sizeFactors;
    const block = cells.sampleOf.map((sample) => (sample === 0 ? 0 : 1));
    const atOnce = await kernels.scoreMarkers({ counts: wide.counts, sizeFactors }, { clusters: cells.group, block });
    expect(found.auc).toEqual(atOnce.auc);
    expect(found.cohensD).toEqual(atOnce.cohensD);
    const best = [...found.minCohensD.subarray(2 * 2500, 3 * 2500).entries()].sort((a, b) => b[1] - a[1]).slice(0, 10);
    expect(best.every(([gene]) => gene % 10 === 2)).toBe(true);
  });

  it('refuses clusters that do not fit', async () => {
    await expect(clusterMarkers(cells, { clusters: new Uint32Array(500) }, context, kernels)).rejects.toThrow(
      /two clusters or more/,
    );
    await expect(clusterMarkers(cells, { clusters: new Uint32Array(3) }, context, kernels)).rejects.toThrow(
      /3 of 500 cells/,
    );
  });
});

describe('labelByReference', () => {
  const expression = logExpression(plantedCells(500, 250, 11));
  const profiles = new Float64Array(4 * 250);
  expression.forEach((row, cell) => {
    const group = cells.group[cell] as number;
    const size = cells.group.filter((own) => own === group).length;
    row.forEach((value, gene) => {
      profiles[group * 250 + gene] = (profiles[group * 250 + gene] as number) + value / size;
    });
  });
  const reference = {
    genes: cells.genes,
    labels: ['a', 'b', 'c', 'd'],
    labelOf: Uint32Array.of(0, 1, 2, 3),
    profiles: { kind: 'dense', shape: [4, 250], data: profiles } as const,
  };

  it('labels cells by their profile, whatever the order of the genes', async () => {
    const found = await labelByReference(cells, { reference, markers: 20 }, context, kernels);
    const right = found.best.filter((label, cell) => label === cells.group[cell]).length;
    expect(right / 500).toBeGreaterThan(0.95);
    const confident = found.confident.filter((flag) => flag === 1).length;
    expect(confident / 500).toBeGreaterThan(0.9);
    const order = Array.from({ length: 250 }, (_, gene) => (gene * 7) % 250);
    const turned = {
      ...reference,
      genes: order.map((gene) => cells.genes[gene] as string),
      profiles: {
        ...reference.profiles,
        data: Float64Array.from(
          profiles,
          (_, i) => profiles[Math.floor(i / 250) * 250 + (order[i % 250] as number)] as number,
        ),
      },
    };
    const again = await labelByReference(cells, { reference: turned, markers: 20 }, context, kernels);
    expect(again.best).toEqual(found.best);
    expect(again.genes.toSorted()).toEqual(found.genes.toSorted());
  });

  it('refuses a reference that shares too few genes or does not fit itself', async () => {
    const strange = { ...reference, genes: reference.genes.map((gene) => `ENSG${gene}`) };
    await expect(labelByReference(cells, { reference: strange }, context, kernels)).rejects.toThrow(
      /share too few genes/,
    );
    const short = { ...reference, labelOf: Uint32Array.of(0, 1) };
    await expect(labelByReference(cells, { reference: short }, context, kernels)).rejects.toThrow(
      /do not fit each other/,
    );
  });
});

it('the version is that of the package that is installed', async () => {
  const { readFileSync } = await import('node:fs');
  const { version } = JSON.parse(readFileSync('node_modules/scran.js/package.json', 'utf8')) as {
    readonly version: string;
  };
  expect(version).toBe(scranIdentity.version);
});

/** Every cell has one count of every gene. */
function oneCountEach(nCells: number, nGenes: number): CellCounts['counts'] {
  return {
    kind: 'csr',
    shape: [nCells, nGenes],
    indptr: Uint32Array.from({ length: nCells + 1 }, (_, cell) => cell * nGenes),
    indices: Uint16Array.from({ length: nCells * nGenes }, (_, k) => k % nGenes),
    data: new Uint8Array(nCells * nGenes).fill(1),
  };
}

/** The same cells with genes behind that nobody expresses. */
function widened(given: CellCounts, nGenes: number): CellCounts {
  const genes = Array.from({ length: nGenes }, (_, gene) => given.genes[gene] ?? `silent${String(gene)}`);
  return { ...given, genes, counts: { ...given.counts, shape: [given.counts.shape[0], nGenes] } };
}
