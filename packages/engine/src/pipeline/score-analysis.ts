import type { Analysis, CellAnalysis, OriginAnalysis } from '../claims/analysis.js';
import { scoreAgainstTruth } from '../simulate/score-against-truth.js';
import type { FoundInCells } from '../simulate/score-cells.js';
import type { FoundOrigin } from '../simulate/score-origin.js';
import type { FoundTargets } from '../simulate/score-targets.js';
import type { SimulationTruth } from '../simulate/truth.js';
import type { TruthScore } from '../simulate/truth-score.js';

/** Scores an analysis of a simulated study against what was planted. */
export function scoreAnalysis(analysis: Analysis, truth: SimulationTruth): TruthScore {
  const { meta, regulators, fixedEffect, leaveOneOut, reversal } = analysis;
  const place = fixedEffect.table.gene.indexOf(truth.regulator.symbol);
  return scoreAgainstTruth(truth, {
    programmeGeneScores: meta.genes.map((gene, g) => ({ gene, score: meta.t[g] ?? NaN })),
    regulatorRanking: (regulators?.rows ?? []).map((row) => row.regulator),
    regulatorExpression:
      place < 0
        ? null
        : {
            log2FoldChange: fixedEffect.table.logFoldChange[place] ?? NaN,
            pAdjusted: fixedEffect.table.pAdjusted[place] ?? NaN,
          },
    patientProgramme: leaveOneOut.patientLevel.patients.map((p) => ({ patient: p.patient, call: p.call.call })),
    reversal: reversal.patients.map((p) => ({ patient: p.patient, verdict: p.verdict })),
    ...(analysis.cells === null ? {} : { cells: cellAnswers(analysis.cells) }),
    targets: targetAnswers(analysis),
    ...(analysis.origin.alarm === null ? {} : { origin: originAnswers(analysis.origin, analysis.origin.alarm) }),
  });
}

function cellAnswers({ cells, tumourCells, persisters }: CellAnalysis): FoundInCells {
  return {
    cells: Array.from(tumourCells, (cell, i) => ({
      sample: cells.samples[cells.sampleOf[cell] as number]?.sample ?? '',
      barcode: cells.barcodes[cell] as string,
      probability: persisters.cells.probability[i] as number,
      called: persisters.cells.called[i] === 1,
    })),
    fractions: persisters.samples.map(({ sample, fraction: { low, high } }) => ({ sample, low, high })),
  };
}

function originAnswers(
  { copyNumber }: OriginAnalysis,
  { patients }: NonNullable<OriginAnalysis['alarm']>,
): readonly FoundOrigin[] {
  return patients.map(({ patient, verdict, alarm }) => {
    const found = copyNumber?.patients.find((one) => one.patient === patient);
    const groups = found === undefined ? [] : [...found.clones, ...found.samples];
    const arms = groups.flatMap((group) => group.arms.filter(({ call }) => call === 'gain').map(({ arm }) => arm));
    return { patient, verdict, alarm, gainedArms: [...new Set(arms)] };
  });
}

function targetAnswers({ targets, namedMarkers, switch: { shape } }: Analysis): FoundTargets {
  const axes = [
    ['overload', 'iron-overload'],
    ['starvation', 'iron-starvation'],
  ] as const;
  return {
    surfaceRanking: targets.surface.status === 'ok' ? targets.surface.rows.map(({ gene }) => gene) : null,
    sharedMarkers: namedMarkers.map(({ gene, verdict }) => ({ gene, shared: verdict === 'shared' })),
    shapes: shape?.patients.map(({ patient, verdict }) => ({ patient, verdict })) ?? [],
    iron: axes.flatMap(([axis, id]) =>
      (targets.weaknesses?.axes.find((score) => score.axis === id)?.patients ?? []).map(({ patient, verdict }) => ({
        patient,
        axis,
        verdict,
      })),
    ),
  };
}
