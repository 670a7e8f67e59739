import type { RunContext } from '../core/context.js';
import { mean } from '../core/sum.js';
import { quantile } from '../stats/quantile.js';
import { type EvidenceLine, notTestable, numberOf, reasonOf, type RegulatorHypothesis, signOf } from './evidence.js';
import {
  correlateWithShuffles,
  type PersisterEffect,
  type PerturbationTable,
  rankCorrelation,
  sharedGenes,
  type ShuffledCorrelation,
} from './perturbation-correlation.js';

/** Options of `perturbationLine`. */
export interface PerturbationOptions {
  readonly regulator: string;
  readonly hypothesis: RegulatorHypothesis;
  readonly permutations: number;
  /** Largest P of a supported line. */
  readonly alpha: number;
  /** A gene belongs to the persister programme below this adjusted P … */
  readonly pAdjustedMax: number;
  /** … and above this absolute log2 fold change. */
  readonly logFoldChangeMin: number;
  /** Least correlation beyond the shuffles' mean that counts as more than a trace. */
  readonly minimumCorrelation: number;
}

/** Genes both tables need to share for a test. */
const minimumSharedGenes = 100;

/** Programme genes needed to compare them alone; with fewer all shared genes are compared. */
const minimumProgrammeGenes = 30;

/**
 * Perturbation line: Spearman correlation between the effect of switching the regulator and the persister effect, against
 * shuffles of the gene labels within bins of average expression. Compared are the genes called in the persister programme
 * (fixed effect), because the thousands of others only dilute the question; with fewer than thirty of them, all genes in
 * both tables. The regulator itself is left out, and a loss experiment counts with its sign turned.
 * P = (1 + shuffles at least as high) / (1 + shuffles), one-sided in each direction.
 *
 * Supported when P ≤ alpha and the correlation exceeds the mean of the shuffles by at least `minimumCorrelation`; over many
 * genes any trace is significant, so the size is asked for as well. Contradicted likewise on the other side.
 *
 * @throws ShapeError when the perturbation table is ragged or lists a gene twice
 */
export async function perturbationLine(
  effect: PersisterEffect,
  perturbation: PerturbationTable | null,
  options: PerturbationOptions,
  context: RunContext,
): Promise<EvidenceLine> {
  if (perturbation === null) return noPerturbation();
  if (perturbation.regulator !== null && perturbation.regulator !== options.regulator) {
    return otherRegulator(perturbation.regulator);
  }
  const shared = sharedGenes(effect, perturbation, options.regulator);
  if (shared.length < minimumSharedGenes) return tooFewGenes(shared.length);
  const programme = shared.filter(({ inEffect }) => isCalled(effect, inEffect, options));
  const pairs = programme.length >= minimumProgrammeGenes ? programme : shared;
  const data = { effect, perturbation };
  const found = await correlateWithShuffles(data, pairs, { permutations: options.permutations }, context);
  if (Number.isNaN(found.correlation)) return constant();
  const sizes = { nCompared: pairs.length, nShared: shared.length, overall: rankCorrelation(data, shared) };
  return grade(found, sizes, perturbation.direction, options);
}

function isCalled(effect: PersisterEffect, row: number, options: PerturbationOptions): boolean {
  return (
    (effect.pAdjusted[row] as number) < options.pAdjustedMax &&
    Math.abs(effect.logFoldChange[row] as number) > options.logFoldChangeMin
  );
}

function grade(
  { correlation, shuffles }: ShuffledCorrelation,
  compared: { readonly nCompared: number; readonly nShared: number; readonly overall: number },
  direction: 'gain' | 'loss',
  options: PerturbationOptions,
): EvidenceLine {
  const sign = signOf(options.hypothesis);
  const reached = (side: number): number =>
    (1 + shuffles.filter((r) => side * r >= side * correlation).length) / (1 + shuffles.length);
  const excess = sign * (correlation - mean(shuffles));
  const pFor = reached(sign);
  const pAgainst = reached(-sign);
  const supported = pFor <= options.alpha && excess >= options.minimumCorrelation;
  const contradicted = pAgainst <= options.alpha && -excess >= options.minimumCorrelation;
  return {
    id: 'perturbation',
    verdict: supported ? 'supported' : contradicted ? 'contradicted' : 'not supported',
    numbers: [
      numberOf(
        'correlation',
        'Spearman correlation with the persister effect',
        'corrélation de Spearman avec l’effet persistant',
        correlation,
      ),
      numberOf('shuffle-mean', 'mean of the shuffles', 'moyenne des permutations', mean(shuffles)),
      numberOf(
        'shuffle-95',
        '95 % quantile of the shuffles’ size',
        'quantile à 95 % de l’amplitude des permutations',
        quantile(shuffles.map(Math.abs), 0.95),
      ),
      numberOf('p-for', 'P for the hypothesis', 'P en faveur de l’hypothèse', pFor),
      numberOf('p-against', 'P against the hypothesis', 'P contre l’hypothèse', pAgainst),
      numberOf('genes', 'genes compared', 'gènes comparés', compared.nCompared),
      numberOf(
        'correlation-all',
        'correlation over all genes in both tables',
        'corrélation sur tous les gènes des deux tables',
        compared.overall,
      ),
      numberOf('genes-all', 'genes in both tables', 'gènes présents dans les deux tables', compared.nShared),
    ],
    reasons: [perturbationReason(supported, contradicted, direction)],
    patients: null,
  };
}

function perturbationReason(
  supported: boolean,
  contradicted: boolean,
  direction: 'gain' | 'loss',
): ReturnType<typeof reasonOf> {
  const en = direction === 'gain' ? 'switching it on' : 'switching it off';
  const fr = direction === 'gain' ? 'son activation' : 'son extinction';
  if (supported) {
    return direction === 'gain'
      ? reasonOf(
          'perturbation-agrees',
          `${en} moves genes as the hypothesis predicts`,
          `${fr} déplace les gènes comme l’hypothèse le prédit`,
        )
      : reasonOf(
          'perturbation-agrees',
          `${en} moves genes the other way, as the hypothesis predicts`,
          `${fr} déplace les gènes en sens inverse, comme l’hypothèse le prédit`,
        );
  }
  return contradicted
    ? reasonOf(
        'perturbation-opposes',
        `${en} moves genes against the hypothesis`,
        `${fr} déplace les gènes contre l’hypothèse`,
      )
    : reasonOf(
        'perturbation-flat',
        `${en} does not move genes as the persister state does`,
        `${fr} ne déplace pas les gènes comme l’état persistant`,
      );
}

function tooFewGenes(nGenes: number): EvidenceLine {
  return notTestable(
    'perturbation',
    reasonOf(
      'perturbation-few-genes',
      `only ${String(nGenes)} genes are in both tables; at least ${String(minimumSharedGenes)} are needed`,
      `seuls ${String(nGenes)} gènes sont dans les deux tables ; il en faut au moins ${String(minimumSharedGenes)}`,
    ),
  );
}

function constant(): EvidenceLine {
  return notTestable(
    'perturbation',
    reasonOf(
      'perturbation-constant',
      'one of the two tables has the same effect for every gene compared',
      'l’une des deux tables donne le même effet à tous les gènes comparés',
    ),
  );
}

function noPerturbation(): EvidenceLine {
  return notTestable(
    'perturbation',
    reasonOf(
      'no-perturbation',
      'no gain- or loss-of-function table was given',
      'aucune table de gain ou de perte de fonction n’a été fournie',
    ),
  );
}

function otherRegulator(regulator: string): EvidenceLine {
  return notTestable(
    'perturbation',
    reasonOf(
      'perturbation-of-other',
      `the perturbation table is of ${regulator}`,
      `la table de perturbation est celle de ${regulator}`,
    ),
  );
}
