import { selectSamples } from '../data/expression.js';
import { columnsOf, effectiveLibrarySizes, type NormalizedInput } from '../programme/input.js';
import type { Signature } from '../programme/signature.js';
import { fitContrasts } from '../stats/contrasts.js';
import { contrastVector, groupDesign } from '../stats/design-matrix.js';
import { moderate, topTable, type TopTable } from '../stats/empirical-bayes.js';
import { equivalenceTest } from '../stats/equivalence.js';
import { benjaminiHochberg } from '../stats/multiple-testing.js';
import { voom } from '../stats/voom.js';
import type { StageContrast } from '../study/types.js';

/** Options of {@link returningGenes}. */
export interface ReturningGenesOptions {
  readonly contrast: StageContrast;
  /** False-discovery rate of every call. */
  readonly fdr: number;
  /** Largest log2 difference from untreated that still counts as returned. */
  readonly equivalenceLogFoldChange: number;
}

/** Gene by gene, what came back at relapse in one patient. */
export interface ReturningGenes {
  readonly status: 'ok' | 'not-identifiable';
  readonly reasons: readonly string[];
  readonly genes: readonly string[];
  /** Residual against untreated, and relapse against untreated: log2 fold change and adjusted P value per gene. */
  readonly changeUnderTreatment: Float64Array;
  readonly pUnderTreatment: Float64Array;
  readonly changeAtRelapse: Float64Array;
  readonly pAtRelapse: Float64Array;
  /** Genes changed under treatment, and genes that differ from untreated at relapse, at `fdr`. */
  readonly nChanged: number;
  readonly nDifferent: number;
  /** Genes changed under treatment and still changed the same way at relapse. */
  readonly notReturned: readonly string[];
  /** Of the programme genes: how many are proven within the margin, how many differ, out of how many. */
  readonly programme: { readonly nGenes: number; readonly nEquivalent: number; readonly nDifferent: number };
  /** Programme genes proven to be back within the margin. */
  readonly equivalent: readonly string[];
}

/**
 * Compares residual and relapse samples of one patient with its untreated ones, gene by gene: voom and moderated t on the
 * patient's own samples, `~ 0 + stage`. Absence of a difference is not return: a programme gene counts as returned only when
 * two one-sided t tests put its relapse level within the margin of untreated (Benjamini–Hochberg over programme genes).
 *
 * @param programme - the shared programme, preferably learned without this patient
 */
export function returningGenes(
  input: NormalizedInput,
  { patient, programme }: { readonly patient: string; readonly programme: Signature },
  options: ReturningGenesOptions,
): ReturningGenes {
  const { contrast, fdr } = options;
  const arms = [contrast.from, contrast.to, contrast.back].map((stage) => columnsOf(input, patient, stage));
  if (arms.some((arm) => arm.length < 2)) {
    return notIdentifiable(input, 'gene-by-gene tests need at least two samples per stage');
  }
  const { treated, relapse, standardError, dfTotal } = againstUntreated(input, arms.flat(), contrast);
  const called = (table: TopTable, g: number): boolean => (table.pAdjusted[g] as number) <= fdr;
  const sameWay = (g: number): boolean =>
    (treated.logFoldChange[g] as number) * (relapse.logFoldChange[g] as number) > 0;
  return {
    status: 'ok',
    reasons: [],
    genes: input.counts.genes,
    changeUnderTreatment: treated.logFoldChange,
    pUnderTreatment: treated.pAdjusted,
    changeAtRelapse: relapse.logFoldChange,
    pAtRelapse: relapse.pAdjusted,
    nChanged: treated.pAdjusted.filter((p) => p <= fdr).length,
    nDifferent: relapse.pAdjusted.filter((p) => p <= fdr).length,
    notReturned: input.counts.genes.filter((_, g) => called(treated, g) && called(relapse, g) && sameWay(g)),
    ...programmeReturn(relapse, { programme, standardError, dfTotal }, options),
  };
}

interface AgainstUntreated {
  readonly treated: TopTable;
  readonly relapse: TopTable;
  /** Standard error and degrees of freedom of the relapse change, per gene. */
  readonly standardError: Float64Array;
  readonly dfTotal: Float64Array;
}

function againstUntreated(
  input: NormalizedInput,
  columns: readonly number[],
  { from, to, back }: StageContrast,
): AgainstUntreated {
  const counts = selectSamples(input.counts, columns);
  const design = groupDesign([{ name: 'stage', levels: columns.map((s) => input.stage[s] as string) }]);
  const { fit } = voom(counts, design, { librarySizes: effectiveLibrarySizes(counts) });
  const contrasts = [to, back].map((stage) => {
    return { name: stage, weights: contrastVector(design, { [`stage${stage}`]: 1, [`stage${from}`]: -1 }) };
  });
  const contrasted = fitContrasts(fit, contrasts);
  const moderated = moderate(contrasted);
  return {
    treated: topTable(moderated, to),
    relapse: topTable(moderated, back),
    standardError: moderated.s2Posterior.map(
      (s2, g) => (contrasted.stdevUnscaled[2 * g + 1] as number) * Math.sqrt(s2),
    ),
    dfTotal: moderated.dfTotal,
  };
}

/** The programme, with what a t test of every gene at relapse needs. */
interface ProgrammeErrors {
  readonly programme: Signature;
  readonly standardError: Float64Array;
  readonly dfTotal: Float64Array;
}

/** Equivalence of every programme gene at relapse. */
function programmeReturn(
  relapse: TopTable,
  { programme, standardError, dfTotal }: ProgrammeErrors,
  { fdr, equivalenceLogFoldChange }: ReturningGenesOptions,
): Pick<ReturningGenes, 'programme' | 'equivalent'> {
  const wanted = new Set([...programme.up, ...programme.down]);
  const rows = relapse.gene.flatMap((gene, g) => (wanted.has(gene) ? [g] : []));
  const pValues = rows.map((g) => {
    const value = {
      estimate: relapse.logFoldChange[g] as number,
      standardError: standardError[g] as number,
      df: dfTotal[g] as number,
    };
    if (!(value.standardError > 0)) return 1;
    return equivalenceTest(value, { margin: equivalenceLogFoldChange }).pValue;
  });
  const adjusted = benjaminiHochberg(pValues);
  const equivalent = rows.filter((_, i) => (adjusted[i] as number) <= fdr);
  const different = rows.filter((g) => (relapse.pAdjusted[g] as number) <= fdr);
  return {
    programme: { nGenes: rows.length, nEquivalent: equivalent.length, nDifferent: different.length },
    equivalent: equivalent.map((g) => relapse.gene[g] as string),
  };
}

function notIdentifiable(input: NormalizedInput, reason: string): ReturningGenes {
  const missing = (): Float64Array => new Float64Array(input.counts.genes.length).fill(NaN);
  return {
    status: 'not-identifiable',
    reasons: [reason],
    genes: input.counts.genes,
    changeUnderTreatment: missing(),
    pUnderTreatment: missing(),
    changeAtRelapse: missing(),
    pAtRelapse: missing(),
    nChanged: 0,
    nDifferent: 0,
    notReturned: [],
    programme: { nGenes: 0, nEquivalent: 0, nDifferent: 0 },
    equivalent: [],
  };
}
