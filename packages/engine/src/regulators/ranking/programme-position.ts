import { exp } from '../../core/pinned-math.js';
import { logGamma } from '../../stats/distributions.js';
import type { RegulonNetwork } from '../regulon-network.js';

/** Where a regulator stands in the network of the programme. */
export interface ProgrammePosition {
  /** Targets in the programme that move as the regulator's direction says, and against it. */
  readonly nAgreeing: number;
  readonly nOpposing: number;
  /** What a regulon of its size and signs would have by chance. */
  readonly expected: number;
  /** Agreeing targets over the genes of the programme, 0 to 1. */
  readonly share: number;
  /** Upper tail of the agreeing targets. */
  readonly pValue: number;
}

/** Options of {@link programmePosition}. */
export interface ProgrammePositionOptions {
  /** Genes per direction; at most a tenth of the genes. */
  readonly size: number;
  /** +1 more active, −1 less active; one per regulator. */
  readonly direction: Int8Array;
}

/**
 * How much of the programme is among a regulator's targets, with signs: its activated targets have to move with its direction
 * and its repressed ones against it. The programme is the `size` genes of largest and of smallest statistic.
 *
 * The upper tail is exact for each sign (hypergeometric: activated targets against the raised genes, repressed targets against
 * the lowered ones, or the reverse), the two convolved as if drawn apart; the error is of the order of the regulon's share of
 * all genes.
 */
export function programmePosition(
  network: RegulonNetwork,
  statistic: Float64Array,
  { size, direction }: ProgrammePositionOptions,
): readonly ProgrammePosition[] {
  const programme = programmeGenes(statistic, size);
  const perDirection = Math.min(size, Math.floor(statistic.length / 10));
  return network.regulators.map((_, r) => {
    const side = direction[r] as number;
    const count = { activated: 0, repressed: 0, nAgreeing: 0, nOpposing: 0 };
    for (let k = network.indptr[r] as number; k < (network.indptr[r + 1] as number); k++) {
      const sign = (network.weights[k] as number) > 0 ? 1 : -1;
      count[sign > 0 ? 'activated' : 'repressed']++;
      const agreement = side * sign * (programme[network.indices[k] as number] as number);
      if (agreement > 0) count.nAgreeing++;
      if (agreement < 0) count.nOpposing++;
    }
    const { activated, repressed, nAgreeing, nOpposing } = count;
    const urn = { population: statistic.length, marked: perDirection };
    return {
      nAgreeing,
      nOpposing,
      expected: ((activated + repressed) * perDirection) / statistic.length,
      share: nAgreeing / (2 * perDirection),
      pValue: upperTail(hypergeometricMasses(urn, activated), hypergeometricMasses(urn, repressed), nAgreeing),
    };
  });
}

/** +1 for the genes of largest statistic, −1 for those of smallest, 0 for the others. */
export function programmeGenes(statistic: Float64Array, size: number): Int8Array {
  const perDirection = Math.min(size, Math.floor(statistic.length / 10));
  const order = [...statistic.keys()].sort((a, b) => (statistic[b] as number) - (statistic[a] as number) || a - b);
  const programme = new Int8Array(statistic.length);
  for (let i = 0; i < perDirection; i++) {
    programme[order[i] as number] = 1;
    programme[order[order.length - 1 - i] as number] = -1;
  }
  return programme;
}

/** P(X = 0 … most) of drawing without replacement. */
function hypergeometricMasses(
  { population, marked }: { readonly population: number; readonly marked: number },
  drawn: number,
): Float64Array {
  const most = Math.min(marked, drawn);
  const choose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  const all = choose(population, drawn);
  return Float64Array.from({ length: most + 1 }, (_, k) =>
    drawn - k > population - marked ? 0 : exp(choose(marked, k) + choose(population - marked, drawn - k) - all),
  );
}

/** P(X + Y ≥ least), X and Y independent. */
function upperTail(x: Float64Array, y: Float64Array, least: number): number {
  const tail = new Float64Array(y.length + 1);
  for (let k = y.length - 1; k >= 0; k--) tail[k] = (tail[k + 1] as number) + (y[k] as number);
  let sum = 0;
  x.forEach((p, k) => {
    const needed = least - k;
    sum += p * (needed <= 0 ? 1 : needed >= tail.length ? 0 : (tail[needed] as number));
  });
  return Math.min(1, Math.max(sum, Number.MIN_VALUE));
}
