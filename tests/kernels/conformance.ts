import {
  adjustedRandIndex,
  areaUnderCurve,
  createRng,
  type DenseMatrix,
  hashParts,
  type Kernels,
  labelMarkers,
  spearman,
} from '@remnant/engine';
import { logExpression, plantedCells } from './planted-cells.js';

/** One thing every implementation of Kernels has to do. Throws when it does not. */
export interface KernelsCase {
  readonly name: string;
  run(kernels: Kernels): Promise<void>;
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

function requireClose(found: number, expected: number, tolerance: number, what: string): void {
  const difference = Math.abs(found - expected);
  if (!(difference <= tolerance * Math.max(1, Math.abs(expected)))) {
    throw new Error(`${what}: expected ${String(expected)}, found ${String(found)}`);
  }
}

const planted = plantedCells();
const expression = logExpression(planted);
const [nCells, nGenes] = planted.counts.shape;
const componentOptions = { components: 8, block: null };

const rowOf = ({ shape, data }: DenseMatrix, row: number): Float64Array =>
  Float64Array.from(data.subarray(row * shape[1], (row + 1) * shape[1]));
const columnOf = ({ shape, data }: DenseMatrix, column: number): Float64Array =>
  Float64Array.from({ length: shape[0] }, (_, row) => data[row * shape[1] + column] as number);
const dot = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
const meanOf = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
const varianceOf = (values: ArrayLike<number>): number => {
  const mean = meanOf(values);
  return Array.from(values).reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};
const squaredDistance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);

function bruteNeighbours(points: DenseMatrix, cell: number, k: number): number[] {
  const own = rowOf(points, cell);
  return Array.from({ length: points.shape[0] }, (_, other) => other)
    .filter((other) => other !== cell)
    .map((other) => ({ other, distance: squaredDistance(own, rowOf(points, other)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, k)
    .map(({ other }) => other);
}

/** Share of cells whose nearest other cell in a layout is of their group. */
function purity(layout: DenseMatrix, group: Uint32Array): number {
  const same = Array.from(group, (own, cell) => group[bruteNeighbours(layout, cell, 1)[0] as number] === own);
  return same.filter(Boolean).length / group.length;
}

/** The suite. It uses nothing of a test runner or of a host, so that it runs in a browser too. */
export const kernelsCases: readonly KernelsCase[] = [
  {
    name: 'components are the projection of centred expression on orthonormal directions',
    run: async (kernels) => {
      const { scores, loadings, varianceExplained } = await kernels.principalComponents(planted, componentOptions);
      require(scores.shape[0] === nCells && scores.shape[1] === 8 && loadings.shape[0] === nGenes, 'wrong shapes');
      const means = Array.from({ length: nGenes }, (_, gene) => meanOf(expression.map((row) => row[gene] as number)));
      for (let a = 0; a < 8; a++) {
        for (let b = 0; b <= a; b++) {
          const product = dot(columnOf(loadings, a), columnOf(loadings, b));
          requireClose(product, a === b ? 1 : 0, 1e-8, 'product of directions');
        }
        requireClose(varianceOf(columnOf(scores, a)), varianceExplained[a] as number, 1e-6, 'variance explained');
      }
      for (const cell of [0, 17, nCells - 1]) {
        const centred = (expression[cell] as Float64Array).map((value, gene) => value - (means[gene] as number));
        for (let c = 0; c < 8; c++) {
          requireClose(scores.data[cell * 8 + c] as number, dot(centred, columnOf(loadings, c)), 1e-5, 'score');
        }
      }
    },
  },
  {
    name: 'components come in order of variance, and their total is that of the genes',
    run: async (kernels) => {
      const found = await kernels.principalComponents(planted, componentOptions);
      const variances = Array.from(found.varianceExplained);
      require(variances.every((value, i) => i === 0 || value <= (variances[i - 1] as number)), 'not in order');
      const total = Array.from({ length: nGenes }, (_, g) => varianceOf(expression.map((row) => row[g] as number)));
      requireClose(
        found.totalVariance,
        total.reduce((a, b) => a + b, 0),
        1e-9,
        'total variance',
      );
    },
  },
  {
    name: 'a difference between blocks makes a component only without blocks',
    run: async (kernels) => {
      const blockShare = async (block: Uint32Array | null): Promise<number> => {
        const { loadings } = await kernels.principalComponents(planted, { components: 4, block });
        const onShifted = [0, 1, 2, 3].map((c) =>
          columnOf(loadings, c).reduce((sum, value, gene) => (gene % 10 === 9 ? sum + value * value : sum), 0),
        );
        return Math.max(...onShifted);
      };
      require((await blockShare(null)) > 0.5, 'the shift should make a component');
      require((await blockShare(planted.block)) < 0.2, 'the shift should not make a component');
    },
  },
  {
    name: 'fewer components come back than asked for where cells are few',
    run: async (kernels) => {
      const few = plantedCells(12, 40);
      const { scores } = await kernels.principalComponents(few, { components: 25, block: null });
      require(scores.shape[1] <= 11 && scores.shape[1] >= 1, `${String(scores.shape[1])} components of 12 cells`);
    },
  },
  {
    name: 'the correction mixes batches and keeps groups',
    run: async (kernels) => {
      const { scores } = await kernels.principalComponents(planted, componentOptions);
      const corrected = await kernels.correctBatches(scores, { batch: planted.block, neighbours: 15 });
      const mixing = (points: DenseMatrix): number =>
        meanOf(
          Array.from({ length: nCells }, (_, cell) => {
            const near = bruteNeighbours(points, cell, 10);
            return near.filter((other) => planted.block[other] !== planted.block[cell]).length / 10;
          }),
        );
      require(mixing(scores) < 0.05, 'batches are mixed before the correction');
      require(mixing(corrected) > 0.25, `mixing after the correction is ${String(mixing(corrected))}`);
      require(purity(corrected, planted.group) > 0.95, 'groups are not kept');
    },
  },
  {
    name: 'neighbours are the nearest other cells, nearest first, with their distances',
    run: async (kernels) => {
      const { scores } = await kernels.principalComponents(planted, componentOptions);
      const k = 10;
      const { indices, distances } = await kernels.nearestNeighbours(scores, { k });
      require(indices.length === nCells * k && distances.length === nCells * k, 'wrong lengths');
      let found = 0;
      for (let cell = 0; cell < nCells; cell++) {
        const own = Array.from(indices.subarray(cell * k, (cell + 1) * k));
        require(!own.includes(cell), 'a cell is its own neighbour');
        const expected = new Set(bruteNeighbours(scores, cell, k));
        found += own.filter((other) => expected.has(other)).length;
        own.forEach((other, i) => {
          const distance = Math.sqrt(squaredDistance(rowOf(scores, cell), rowOf(scores, other)));
          requireClose(distances[cell * k + i] as number, distance, 1e-5, 'distance');
          require(i === 0 || (distances[cell * k + i] as number) >= (distances[cell * k + i - 1] as number), 'order');
        });
      }
      require(found / (nCells * k) >= 0.95, `recall ${String(found / (nCells * k))}`);
    },
  },
  {
    name: 'clusters find the groups, by either method, and more of them at a higher resolution',
    run: async (kernels) => {
      const { scores } = await kernels.principalComponents(planted, { components: 8, block: planted.block });
      const corrected = await kernels.correctBatches(scores, { batch: planted.block, neighbours: 15 });
      const graph = await kernels.nearestNeighbours(corrected, { k: 10 });
      for (const method of ['multilevel', 'leiden'] as const) {
        const coarse = await kernels.clusters(graph, { method, resolution: 0.3 });
        const fine = await kernels.clusters(graph, { method, resolution: 3 });
        require(adjustedRandIndex(coarse, planted.group) > 0.95, `${method} does not find the groups`);
        require(new Set(coarse).size === Math.max(...coarse) + 1, 'cluster numbers have gaps');
        require(new Set(fine).size > new Set(coarse).size, `${method} does not heed the resolution`);
      }
    },
  },
  {
    name: 'layouts keep groups apart',
    run: async (kernels) => {
      const { scores } = await kernels.principalComponents(planted, { components: 8, block: planted.block });
      const graph = await kernels.nearestNeighbours(scores, { k: 15 });
      const umap = await kernels.umap(graph, { epochs: 200, minDist: 0.3 });
      const tsne = await kernels.tsne(scores, { perplexity: 20, iterations: 300 });
      for (const layout of [umap, tsne]) {
        require(layout.shape[0] === nCells && layout.shape[1] === 2, 'wrong shape');
        require(layout.data.every((value: number) => Number.isFinite(value)), 'a place is not finite');
        require(purity(layout, planted.group) > 0.95, 'groups are not kept apart');
      }
    },
  },
  {
    name: 'marker scores are those of their definitions',
    run: async (kernels) => {
      const found = await kernels.scoreMarkers(planted, { clusters: planted.group, block: null });
      for (const gene of [0, 7, 123]) {
        const values = Array.from({ length: planted.nGroups }, (_, group) =>
          expression.filter((_row, cell) => planted.group[cell] === group).map((row) => row[gene] as number),
        );
        const own = values[1] as number[];
        const others = values.filter((_, group) => group !== 1);
        const at = nGenes + gene;
        // Ties: the same logarithm, rounded another way here, may tell two equal cells apart.
        const auc = meanOf(others.map((other) => areaUnderCurve(own, other)));
        const effects = others.map(
          (other) => (meanOf(own) - meanOf(other)) / Math.sqrt((varianceOf(own) + varianceOf(other)) / 2),
        );
        requireClose(found.mean[at] as number, meanOf(own), 1e-9, 'mean');
        requireClose(
          found.detected[at] as number,
          own.filter((value) => value > 0).length / own.length,
          1e-9,
          'detected',
        );
        requireClose(found.logFoldChange[at] as number, meanOf(own) - meanOf(others.map(meanOf)), 1e-9, 'fold change');
        requireClose(found.cohensD[at] as number, meanOf(effects), 1e-9, 'Cohen’s d');
        requireClose(found.minCohensD[at] as number, Math.min(...effects), 1e-9, 'smallest Cohen’s d');
        requireClose(found.auc[at] as number, auc, 1e-4, 'AUC');
      }
    },
  },
  {
    name: 'marker scores within blocks do not see the difference between blocks',
    run: async (kernels) => {
      const clusters = Uint32Array.from(planted.group, (group, cell) =>
        group < 2 && planted.block[cell] === 0 ? 1 : 0,
      );
      const shifted = (values: Float64Array): number => Math.abs(values[nGenes + 9] as number);
      const mixed = await kernels.scoreMarkers(planted, { clusters, block: null });
      const within = await kernels.scoreMarkers(planted, { clusters, block: planted.block });
      require(shifted(mixed.logFoldChange) > 0.5, 'the shift should show without blocks');
      require(shifted(within.logFoldChange) < 0.25, 'the shift should not show within blocks');
    },
  },
  {
    name: 'cells get the label of their profile, and scores are rank correlations',
    run: async (kernels) => {
      const profiles = new Float64Array(planted.nGroups * nGenes);
      for (let group = 0; group < planted.nGroups; group++) {
        const own = expression.filter((_, cell) => planted.group[cell] === group);
        for (let gene = 0; gene < nGenes; gene++) {
          profiles[group * nGenes + gene] = meanOf(own.map((row) => row[gene] as number));
        }
      }
      const labelOf = Uint32Array.from({ length: planted.nGroups }, (_, group) => group);
      const all: DenseMatrix = { kind: 'dense', shape: [planted.nGroups, nGenes], data: profiles };
      const chosen = labelMarkers(all, { labelOf, nLabels: planted.nGroups, markers: nGenes });
      require(chosen.genes.length === nGenes, 'every gene should be a marker of some pair');
      const options = { profiles: chosen.profiles, labelOf, markers: chosen.markers, quantile: 0.8 };
      const found = await kernels.labelCells(planted.counts, options);
      const right = found.best.filter((label, cell) => label === planted.group[cell]).length;
      require(right / nCells > 0.97, `${String(right)} of ${String(nCells)} cells are labelled right`);
      for (const cell of [0, 99]) {
        for (let label = 0; label < planted.nGroups; label++) {
          const expected = spearman(expression[cell] as Float64Array, rowOf(all, label));
          requireClose(found.scores[cell * planted.nGroups + label] as number, expected, 1e-6, 'correlation');
        }
      }
    },
  },
  {
    name: 'inputs are left as they were, also in shared memory',
    run: async (kernels) => {
      const shared = new Uint8Array(new SharedArrayBuffer(planted.counts.data.length));
      shared.set(planted.counts.data);
      const counts = { ...planted.counts, data: shared };
      const before = hashParts([planted.counts.data, planted.counts.indices, planted.sizeFactors]);
      const own = await kernels.principalComponents(planted, componentOptions);
      const other = await kernels.principalComponents({ ...planted, counts }, componentOptions);
      require(hashParts([own.scores.data]) === hashParts([other.scores.data]), 'shared memory gives another answer');
      require(hashParts([shared, planted.counts.indices, planted.sizeFactors]) === before, 'an input was changed');
    },
  },
  {
    name: 'wider counts and counts that are no whole numbers are taken as they are',
    run: async (kernels) => {
      const scores = async (data: Float32Array | Uint16Array | Float64Array): Promise<string> =>
        hashParts([
          (await kernels.principalComponents({ ...planted, counts: { ...planted.counts, data } }, componentOptions))
            .scores.data,
        ]);
      const bytes = await scores(Uint16Array.from(planted.counts.data));
      require(bytes === (await scores(Float32Array.from(planted.counts.data))), 'the kind of array changes the answer');
      require(bytes !== (await scores(Float64Array.from(planted.counts.data, (x) => x + 0.4))), 'fractions are lost');
    },
  },
  {
    name: 'a signal that is aborted stops a step',
    run: async (kernels) => {
      const failure = await kernels
        .principalComponents(planted, componentOptions, { signal: AbortSignal.abort() })
        .then(() => null)
        .catch((error: unknown) => error as { readonly code?: unknown });
      require(failure?.code === 'aborted', 'expected AbortedError');
    },
  },
  {
    name: 'kernels that were closed start again',
    run: async (kernels) => {
      const first = await kernels.principalComponents(planted, componentOptions);
      kernels.close();
      const second = await kernels.principalComponents(planted, componentOptions);
      require(hashParts([first.scores.data]) === hashParts([second.scores.data]), 'another answer after closing');
    },
  },
];

/** A hash of what each step gives: the same for every host and any number of threads. */
export async function kernelsDigest(kernels: Kernels): Promise<Record<string, string>> {
  const cells = plantedCells(800, 250, 7);
  const { group: clusters, block } = cells;
  const components = await kernels.principalComponents(cells, { components: 15, block });
  const corrected = await kernels.correctBatches(components.scores, { batch: block, neighbours: 15 });
  const graph = await kernels.nearestNeighbours(corrected, { k: 15 });
  const multilevel = await kernels.clusters(graph, { method: 'multilevel', resolution: 1 });
  const leiden = await kernels.clusters(graph, { method: 'leiden', resolution: 1 });
  const umap = await kernels.umap(graph, { epochs: 100, minDist: 0.3 });
  const tsne = await kernels.tsne(corrected, { perplexity: 30, iterations: 120 });
  const markers = await kernels.scoreMarkers(cells, { clusters, block });
  const rng = createRng(3, 'profiles');
  const profiles: DenseMatrix = {
    kind: 'dense',
    shape: [6, 250],
    data: Float64Array.from({ length: 1500 }, () => rng.uniform()),
  };
  const labelOf = Uint32Array.of(0, 0, 1, 1, 2, 2);
  const chosen = labelMarkers(profiles, { labelOf, nLabels: 3, markers: 30 });
  const labels = await kernels.labelCells(cells.counts, {
    profiles,
    labelOf,
    markers: chosen.markers.map((list) => list.map((gene) => chosen.genes[gene] as number)),
    quantile: 0.8,
  });
  kernels.close();
  return {
    components: hashParts([components.scores.data, components.loadings.data, components.varianceExplained]),
    corrected: hashParts([corrected.data]),
    neighbours: hashParts([graph.indices, graph.distances]),
    multilevel: hashParts([multilevel]),
    leiden: hashParts([leiden]),
    umap: hashParts([umap.data]),
    tsne: hashParts([tsne.data]),
    markers: hashParts([markers.mean, markers.detected, markers.cohensD, markers.minCohensD, markers.auc]),
    labels: hashParts([labels.best, labels.delta, labels.scores]),
  };
}
