import { type PatientEffects } from '../programme/patient-effects.js';
import { patientLevelTest } from '../programme/patient-level-test.js';
import { randomEffects } from '../stats/meta-analysis.js';
import type { TopTable } from '../stats/empirical-bayes.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { geneFinder, isExcluded } from './find-genes.js';
import { detectedIn } from './score-axes.js';
import type { AxisGene, WeaknessAxis } from './sets/axis-gene.js';
import type { AxisGeneRow, ProgrammeGene, ProgrammeSource } from './types.js';

/**
 * Every gene of every axis with what it does over patients, those of the programme included: they do not count in a score, but
 * what they do is shown. A gene speaks for or against its axis when its moderated P value over patients, adjusted over the
 * curated genes (each counted once), is at most `fdr`.
 */
export function axisGeneRows(
  axes: readonly WeaknessAxis[],
  effects: PatientEffects,
  options: {
    readonly programme: readonly ProgrammeGene[];
    readonly fdr: number;
    /** The fixed-effect model; null where it was not fitted. */
    readonly allSamples: Pick<TopTable, 'gene' | 'logFoldChange' | 'pAdjusted'> | null;
  },
): readonly AxisGeneRow[] {
  const find = geneFinder(effects.genes);
  const positions = [...new Set(axes.flatMap((axis) => axis.genes.flatMap((gene) => find(gene) ?? [])))];
  const pValues = pValuesOf(effects);
  const adjusted = benjaminiHochberg(positions.map((g) => pValues[g] ?? NaN));
  const data = {
    effects,
    pValues,
    pAdjusted: new Map(positions.map((g, i) => [g, adjusted[i] as number])),
    isDetected: detectedIn(effects.effects, effects.patients.length),
    sources: new Map(options.programme.map(({ gene, sources }) => [gene.toUpperCase(), sources])),
    excluded: new Set(options.programme.map(({ gene }) => gene.toUpperCase())),
    fdr: options.fdr,
    allSamples: options.allSamples,
    rowInAll: new Map(options.allSamples?.gene.map((gene, g) => [gene, g])),
  };
  return axes.flatMap((axis) => axis.genes.map((gene) => rowOf(axis.id, gene, find(gene), data)));
}

interface GeneData {
  readonly effects: PatientEffects;
  readonly pValues: Float64Array;
  readonly pAdjusted: ReadonlyMap<number, number>;
  readonly isDetected: (position: number) => boolean;
  readonly sources: ReadonlyMap<string, readonly ProgrammeSource[]>;
  readonly excluded: ReadonlySet<string>;
  readonly fdr: number;
  readonly allSamples: Pick<TopTable, 'gene' | 'logFoldChange' | 'pAdjusted'> | null;
  readonly rowInAll: ReadonlyMap<string, number>;
}

function rowOf(axis: string, gene: AxisGene, position: number | null, data: GeneData): AxisGeneRow {
  if (position === null) {
    return { ...gene, axis, ...nothing };
  }
  const { effects, sources, excluded, fdr } = data;
  const name = effects.genes[position] as string;
  const k = effects.patients.length;
  const own = effects.effects.subarray(position * k, (position + 1) * k);
  const pooled = randomEffects(own, new Float64Array(k).fill(NaN));
  const pAdjusted = finiteOrNull(data.pAdjusted.get(position));
  const towards = gene.sign * (pooled.estimate ?? 0) > 0;
  const isTaken = isExcluded(excluded, gene, name);
  const status = isTaken ? 'programme gene' : data.isDetected(position) ? 'used' : 'not detected';
  return {
    ...gene,
    axis,
    measuredAs: name,
    status,
    sources: sources.get(name.toUpperCase()) ?? sources.get(gene.gene) ?? [],
    effect: k === 0 ? null : pooled.estimate,
    low: pooled.low,
    high: pooled.high,
    pValue: finiteOrNull(data.pValues[position]),
    pAdjusted,
    up: own.filter((e) => e > 0).length,
    down: own.filter((e) => e < 0).length,
    effectAllSamples: finiteOrNull(data.allSamples?.logFoldChange[data.rowInAll.get(name) ?? -1]),
    pAdjustedAllSamples: finiteOrNull(data.allSamples?.pAdjusted[data.rowInAll.get(name) ?? -1]),
    evidence: pAdjusted === null || pAdjusted > fdr ? 'unclear' : towards ? 'towards' : 'against',
  };
}

const nothing = {
  measuredAs: null,
  status: 'not measured',
  sources: [],
  effect: null,
  low: null,
  high: null,
  pValue: null,
  pAdjusted: null,
  up: 0,
  down: 0,
  effectAllSamples: null,
  pAdjustedAllSamples: null,
  evidence: 'unclear',
} as const;

function pValuesOf(effects: PatientEffects): Float64Array {
  const k = effects.patients.length;
  if (k < 2) return new Float64Array(effects.genes.length).fill(NaN);
  return patientLevelTest(
    effects,
    effects.patients.map((_, p) => p),
  ).pValue;
}

function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
