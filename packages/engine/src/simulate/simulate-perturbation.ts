import { createRng } from '../core/rng.js';
import { createTable, numberColumn, textColumn, type Table } from '../data/table.js';
import type { GeneModel } from './gene-model.js';
import type { SimulationOptions } from './options.js';

/** log2 fold change of the planted regulator itself where it is over-expressed. */
const selfEffect = 4;
/** Share of the persister effect that over-expression alone brings about. */
const inducedShare = 0.8;

/**
 * The table of a gain-of-function experiment with the planted regulator: log2 fold change over control of every gene.
 * Programme genes move by 0.8 of their persister effect, all genes by normal noise, the regulator itself by 4.
 */
export function simulatePerturbation(
  model: GeneModel,
  options: Pick<SimulationOptions, 'seed' | 'regulator' | 'parameters'>,
): Table {
  const rng = createRng(options.seed, 'simulate/perturbation');
  const changes = model.genes.map(
    (gene, g) =>
      (gene === options.regulator ? selfEffect : inducedShare * (model.programme[g] as number)) +
      options.parameters.perturbationNoise * rng.normal(),
  );
  return createTable('perturbation', `Gain of function of ${options.regulator} against control`, [
    textColumn('gene', 'Gene symbol', model.genes),
    numberColumn('log2FoldChange', 'log2 fold change, over-expression against control', changes),
  ]);
}
