import { OptionError } from '../../core/errors.js';

/** Options of the standard steps. */
export interface EmbedCellsOptions {
  /** Variable genes to use. Default 2,000, as in Seurat and scanpy. */
  readonly variableGenes: number;
  /** Principal components. Default 25, as in scran. */
  readonly components: number;
  /** Corrects the components by mutual nearest neighbours over patients. Default false: tumours of two patients do differ. */
  readonly correctPatients: boolean;
  /** Neighbours of each cell, for UMAP and for whoever uses the graph. Default 15, as in scanpy. */
  readonly neighbours: number;
  /** Of these, the nearest that make the graph that is clustered. Default 10, as in scran. */
  readonly clusterNeighbours: number;
  readonly clusterMethod: 'multilevel' | 'leiden';
  /** Resolution of the modularity; higher gives more clusters. Default 1, as in scran, kana and scanpy. */
  readonly resolution: number;
  /** Default 200, as in scanpy for more than 10,000 cells. */
  readonly umapEpochs: number;
  /** Default 0.3. */
  readonly umapMinDist: number;
  /** Also makes a t-SNE. Default false: it costs more than all other steps. */
  readonly tsne: boolean;
  readonly perplexity: number;
  readonly tsneIterations: number;
  /** Memory the counts and the steps may take together. Default 3. */
  readonly memoryGib: number;
}

/** What is used where nothing is said. */
export const embedCellsDefaults: EmbedCellsOptions = {
  variableGenes: 2000,
  components: 25,
  correctPatients: false,
  neighbours: 15,
  clusterNeighbours: 10,
  clusterMethod: 'multilevel',
  resolution: 1,
  umapEpochs: 200,
  umapMinDist: 0.3,
  tsne: false,
  perplexity: 30,
  tsneIterations: 1000,
  memoryGib: 3,
};

const wholeAtLeastOne = [
  'variableGenes',
  'components',
  'neighbours',
  'clusterNeighbours',
  'umapEpochs',
  'tsneIterations',
] as const;
const positive = ['resolution', 'perplexity', 'memoryGib'] as const;

/**
 * The options with what was left out.
 *
 * @throws OptionError for an unknown option or one out of range
 */
export function resolveEmbedCellsOptions(given: Partial<EmbedCellsOptions>): EmbedCellsOptions {
  const unknown = Object.keys(given).find((key) => !(key in embedCellsDefaults));
  if (unknown !== undefined) throw new OptionError(`"${unknown}" is not an option of the standard steps.`);
  const options = { ...embedCellsDefaults, ...given };
  for (const key of wholeAtLeastOne) {
    if (!Number.isInteger(options[key]) || options[key] < 1) {
      throw outOfRange(key, 'a whole number from 1 up', options[key]);
    }
  }
  for (const key of positive) {
    if (!(options[key] > 0 && Number.isFinite(options[key]))) throw outOfRange(key, 'above zero', options[key]);
  }
  if (!(options.umapMinDist >= 0)) throw outOfRange('umapMinDist', 'zero or more', options.umapMinDist);
  if (options.clusterNeighbours > options.neighbours) {
    throw outOfRange(
      'clusterNeighbours',
      `at most the ${String(options.neighbours)} neighbours`,
      options.clusterNeighbours,
    );
  }
  return options;
}

function outOfRange(key: string, expected: string, found: number): OptionError {
  return new OptionError(`${key} is out of range.`, { expected, found: String(found) });
}
