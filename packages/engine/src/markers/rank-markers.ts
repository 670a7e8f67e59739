import { type RunContext, throwIfAborted } from '../core/context.js';
import { OptionError } from '../core/errors.js';
import { compareText } from '../programme/compare-text.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import { patientLevelTest, patientsWithout } from '../programme/patient-level-test.js';
import { median } from '../stats/quantile.js';
import type { MarkerStudy } from './marker-study.js';
import { type NamedMarker, namedMarkers } from './named-marker.js';
import { type SignFlipNull, signFlipNull } from './sign-flip-null.js';

/** Which list of genes is ranked. */
export type MarkerListKind = 'surface' | 'secreted';

/** Options of the ranking of a list of genes. */
export interface RankMarkersOptions {
  readonly kind: MarkerListKind;
  /** Genes of the list; those that were not measured are counted and left out. */
  readonly genes: readonly string[];
  /** Where the list comes from, for instance a pack; printed. */
  readonly source: string;
  /** False-discovery rate among the measured genes of the list. Default 0.05. */
  readonly fdr?: number;
  /** Smallest effect of a patient that counts as a vote, log2. Default 0.5. */
  readonly effectMin?: number;
  /** A gene is stable when it stays among this many without any one patient. Default 10. */
  readonly top?: number;
}

/** How the rank of a gene holds when each patient is left out in turn; ranks are among the listed genes. */
export interface MarkerRankStability {
  readonly median: number;
  readonly worst: number;
  /** The patient without whom it falls furthest. */
  readonly worstWithout: string;
  /** Left-out patients without whom it stays among the first `top`, of those asked. */
  readonly kept: number;
  readonly asked: number;
}

/** One gene of the list. The verdict, effects per patient and intervals are those of the named-marker test. */
export interface RankedMarker extends NamedMarker {
  /** 1 = raised most surely. */
  readonly rank: number;
  /** The ranking statistic. */
  readonly t: number;
  /** Patients raised by at least `effectMin`. */
  readonly votes: number;
  /** By exchanging stages within patients, over the whole list; null without effects per patient. */
  readonly pFamilyWise: number | null;
  /** Null with fewer than three patients. */
  readonly stability: MarkerRankStability | null;
  /** +1 raised, −1 lowered, 0 not called by the model of all samples. */
  readonly called: number;
}

/** A list of genes ranked as markers of the state. */
export interface MarkerRanking {
  readonly kind: MarkerListKind;
  readonly source: string;
  readonly status: 'ok' | 'not testable';
  readonly reasons: readonly string[];
  /** `patient-level`: moderated t over patients. `fixed-effect`: t of the model of all samples, where that is all there is. */
  readonly rankedBy: 'patient-level' | 'fixed-effect';
  readonly nListed: number;
  readonly nMeasured: number;
  readonly patients: readonly string[];
  /** Every measured gene of the list, best first. */
  readonly rows: readonly RankedMarker[];
  /** Listed genes the model of all samples calls raised and lowered. */
  readonly nCalledUp: number;
  readonly nCalledDown: number;
  /** Raised genes that pass the three conditions of a shared marker, corrected for the list. */
  readonly nShared: number;
  readonly null: Pick<SignFlipNull, 'nDraws' | 'exact' | 'highestT'> | null;
  readonly top: number;
}

/**
 * Ranks the genes of a list by the moderated t over patients (each patient weighs the same), with the verdict of the
 * named-marker test corrected for the whole list, the rank when each patient is left out, and the family-wise P of exchanging
 * stages within patients. Without effects per patient the t of the model of all samples ranks, and nothing is said to be shared.
 *
 * @throws OptionError for a rate or a number out of range
 */
export function rankMarkers(study: MarkerStudy, options: RankMarkersOptions, context: RunContext): MarkerRanking {
  const { kind, source, fdr = 0.05, effectMin = 0.5, top = 10 } = options;
  if (!(Number.isInteger(top) && top > 0)) throw new OptionError('Option top must be a whole number above zero.');
  const listed = [...new Set(options.genes)].sort(compareText);
  const { table, direction } = study.fixedEffect;
  const placeOf = new Map(table.gene.map((gene, g) => [gene, g]));
  const measured = listed.filter((gene) => placeOf.has(gene));
  const found = testedMarkers(study, measured, fdr);
  const measures = measuresOf(study, measured, top, context);
  const rows = measured
    .map((gene, i): Omit<RankedMarker, 'rank'> => {
      const own = found[i] as NamedMarker;
      return {
        ...own,
        t: measures.t[i] as number,
        votes: own.patients.filter(({ effect }) => effect >= effectMin).length,
        pFamilyWise: finiteOrNull(measures.null?.pFamilyWise[i]),
        stability: measures.stability === null ? null : (measures.stability[i] as MarkerRankStability),
        called: direction[placeOf.get(gene) as number] ?? 0,
      };
    })
    .filter(({ t }) => !Number.isNaN(t))
    .sort((a, b) => b.t - a.t || compareText(a.gene, b.gene))
    .map((row, i) => ({ ...row, rank: i + 1 }));
  const reasons = whyNot(study, rows.length, options);
  return {
    kind,
    source,
    status: reasons.length === 0 ? 'ok' : 'not testable',
    reasons,
    rankedBy: study.perPatient === null ? 'fixed-effect' : 'patient-level',
    nListed: listed.length,
    nMeasured: rows.length,
    patients: study.perPatient?.effects.patients ?? [],
    rows,
    nCalledUp: rows.filter(({ called }) => called > 0).length,
    nCalledDown: rows.filter(({ called }) => called < 0).length,
    nShared: rows.filter((row) => row.verdict === 'shared' && row.direction > 0).length,
    null: measures.null === null ? null : withoutGenes(measures.null),
    top,
  };
}

function withoutGenes({ nDraws, exact, highestT }: SignFlipNull): MarkerRanking['null'] {
  return { nDraws, exact, highestT };
}

function whyNot({ perPatient }: MarkerStudy, nMeasured: number, { kind }: RankMarkersOptions): readonly string[] {
  const nPatients = perPatient?.effects.patients.length ?? 0;
  return [
    ...(nMeasured === 0 ? [`no gene of the ${kind} list was measured`] : []),
    ...(nPatients < 3 ? [`${String(nPatients)} patients can be compared with themselves; at least 3 are needed`] : []),
  ];
}

/** The named-marker test of every gene; without effects per patient its verdict is "not testable". */
function testedMarkers(study: MarkerStudy, genes: readonly string[], fdr: number): readonly NamedMarker[] {
  const { table } = study.fixedEffect;
  const place = new Map(table.gene.map((gene, g) => [gene, g]));
  const places = genes.map((gene) => place.get(gene) as number);
  const at = (values: Float64Array): Float64Array => Float64Array.from(places, (g) => values[g] as number);
  // The ranks among all genes come from the whole table; the rest is looked up by name, which is quicker in a short list.
  const ranks = ranksOf(table.t);
  const fixedEffect = {
    gene: genes,
    logFoldChange: at(table.logFoldChange),
    t: at(table.t),
    pAdjusted: at(table.pAdjusted),
  };
  const tested = namedMarkers({ fixedEffect, ...shortLists(study, genes) }, { genes, fdr });
  return tested.map((marker, i) => ({
    ...marker,
    fixedEffect:
      marker.fixedEffect === null
        ? null
        : { ...marker.fixedEffect, rank: ranks.rank[places[i] as number] as number, nRanked: ranks.nRanked },
  }));
}

function shortLists(
  { perPatient }: MarkerStudy,
  genes: readonly string[],
): Pick<Parameters<typeof namedMarkers>[0], 'effects' | 'meta'> {
  if (perPatient === null) {
    const none = new Float64Array(0);
    const meta = {
      genes: [],
      effect: none,
      low: none,
      high: none,
      level: 0.95,
      pValue: none,
      pAdjusted: none,
      i2: none,
    };
    return { effects: { genes: [], patients: [], effects: none, standardErrors: none }, meta };
  }
  const { effects, meta } = perPatient;
  const place = new Map(effects.genes.map((gene, g) => [gene, g]));
  const kept = genes.filter((gene) => place.has(gene));
  const rows = kept.map((gene) => place.get(gene) as number);
  const k = effects.patients.length;
  const at = (values: Float64Array): Float64Array => Float64Array.from(rows, (g) => values[g] as number);
  const wide = (values: Float64Array): Float64Array =>
    Float64Array.from(rows.flatMap((g) => [...values.subarray(g * k, (g + 1) * k)]));
  return {
    effects: {
      genes: kept,
      patients: effects.patients,
      effects: wide(effects.effects),
      standardErrors: wide(effects.standardErrors),
    },
    meta: {
      genes: kept,
      level: meta.level,
      effect: at(meta.effect),
      low: at(meta.low),
      high: at(meta.high),
      pValue: at(meta.pValue),
      pAdjusted: at(meta.pAdjusted),
      i2: at(meta.i2),
    },
  };
}

interface ListMeasures {
  readonly t: Float64Array;
  readonly null: SignFlipNull | null;
  readonly stability: readonly MarkerRankStability[] | null;
}

function measuresOf(study: MarkerStudy, genes: readonly string[], top: number, context: RunContext): ListMeasures {
  const { table } = study.fixedEffect;
  if (study.perPatient === null) {
    const place = new Map(table.gene.map((gene, g) => [gene, g]));
    const t = Float64Array.from(genes, (gene) => table.t[place.get(gene) as number] as number);
    return { t, null: null, stability: null };
  }
  const { effects, meta } = study.perPatient;
  const place = new Map(effects.genes.map((gene, g) => [gene, g]));
  const rows = genes.map((gene) => place.get(gene) ?? -1);
  const t = Float64Array.from(rows, (row) => meta.t[row] ?? NaN);
  return {
    t,
    null: signFlipNull(
      effects,
      rows.filter((row) => row >= 0),
      context,
    ),
    stability: effects.patients.length < 3 ? null : stabilityOf(effects, rows, top, context),
  };
}

function stabilityOf(
  effects: PatientEffects,
  rows: readonly number[],
  top: number,
  context: RunContext,
): readonly MarkerRankStability[] {
  const ranks = effects.patients.map((patient) => {
    throwIfAborted(context);
    const { t } = patientLevelTest(effects, patientsWithout(effects, patient));
    return ranksOf(Float64Array.from(rows, (row) => t[row] ?? NaN)).rank;
  });
  return rows.map((_, i) => {
    const own = ranks.map((rank) => rank[i] as number);
    const worst = Math.max(...own);
    return {
      median: median(own),
      worst,
      worstWithout: effects.patients[own.indexOf(worst)] ?? '',
      kept: own.filter((rank) => rank <= top).length,
      asked: own.length,
    };
  });
}

/** Rank of each value from the highest, missing ones aside; ties share the better rank. */
function ranksOf(values: Float64Array): { readonly rank: Float64Array; readonly nRanked: number } {
  const sorted = values
    .filter((value) => !Number.isNaN(value))
    .sort()
    .reverse();
  const first = new Map<number, number>();
  sorted.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i + 1);
  });
  return { rank: values.map((value) => first.get(value) ?? NaN), nRanked: sorted.length };
}

function finiteOrNull(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : value;
}
