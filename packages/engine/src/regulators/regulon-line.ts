import { type EvidenceLine, notTestable, numberOf, reasonOf, type RegulatorHypothesis, signOf } from './evidence.js';
import type { RegulatorRanking, RegulatorRow } from './rank-regulators.js';

/** Options of `regulonLine`. */
export interface RegulonOptions {
  readonly hypothesis: RegulatorHypothesis;
  /** Largest family-wise P of a supported line. */
  readonly alpha: number;
}

/**
 * Regulon line: do the regulator's targets move together as the hypothesis says? Supported when the family-wise P of the
 * permutation null (max-T over all regulators, so the search among hundreds is paid for) is at most `alpha` and the activity
 * has the hypothesised sign; contradicted when it is significant with the other sign.
 */
export function regulonLine(
  ranking: RegulatorRanking,
  row: RegulatorRow | null,
  options: RegulonOptions,
): EvidenceLine {
  if (row === null || Number.isNaN(row.z)) {
    return notTestable(
      'regulon',
      reasonOf(
        'regulon-not-measured',
        `fewer than ${String(ranking.network.minimumSize)} of its targets were measured, or it has no regulon`,
        `moins de ${String(ranking.network.minimumSize)} de ses cibles ont été mesurées, ou il n’a pas de régulon`,
      ),
    );
  }
  const significant = row.pFamilyWise <= options.alpha;
  const agrees = row.z * signOf(options.hypothesis) > 0;
  return {
    id: 'regulon',
    verdict: !significant ? 'not supported' : agrees ? 'supported' : 'contradicted',
    numbers: [
      numberOf(
        'rank',
        'rank by consensus activity, of all regulators',
        'rang par activité consensus, parmi tous les régulateurs',
        row.rank,
      ),
      numberOf('regulators', 'regulators ranked', 'régulateurs classés', ranking.rows.length),
      numberOf('targets', 'measured targets', 'cibles mesurées', row.nTargets),
      numberOf('consensus', 'consensus activity', 'activité consensus', row.consensus),
      numberOf('consensus-p', 'P of the consensus', 'P du consensus', row.consensusPValue),
      numberOf('ulm', 'ULM activity', 'activité ULM', row.ulm, 't'),
      numberOf('z', 'activity against permuted gene labels', 'activité contre permutation des gènes', row.z, 'z'),
      numberOf('p-upper', 'P that it is not more active', 'P qu’il ne soit pas plus actif', row.pUpper),
      numberOf('p-lower', 'P that it is not less active', 'P qu’il ne soit pas moins actif', row.pLower),
      numberOf('p-family-wise', 'family-wise P', 'P pour la famille de tests', row.pFamilyWise),
      numberOf('p-adjusted', 'adjusted P', 'P ajusté', row.pAdjusted),
    ],
    reasons: [regulonReason(significant, row.z)],
    patients: null,
  };
}

function regulonReason(significant: boolean, z: number): ReturnType<typeof reasonOf> {
  if (!significant) {
    return reasonOf(
      'regulon-flat',
      'its targets move no more together than those of the most extreme random regulon',
      'ses cibles ne bougent pas plus ensemble que celles du régulon aléatoire le plus extrême',
    );
  }
  return z > 0
    ? reasonOf(
        'regulon-active',
        'its targets move together as if it were more active',
        'ses cibles bougent ensemble comme s’il était plus actif',
      )
    : reasonOf(
        'regulon-inactive',
        'its targets move together as if it were less active',
        'ses cibles bougent ensemble comme s’il était moins actif',
      );
}
