import { createRng, exp, type Rng, type Table } from '@remnant/engine';
import { csvTable, tableOf } from './csv-table.test-helper.js';

interface FixtureSample {
  readonly sample: string;
  readonly patient: string;
  readonly stage: string;
  readonly treatment: string;
  readonly technology: string;
  readonly replicate: string;
}

/** One arm per line: patient, technology, stage, treatment, samples. The design of the reference study. */
const arms = `
HBCx10,microarray,untreated,none,8
HBCx10,microarray,residual,AC,8
HBCx10,microarray,relapse,AC,8
HBCx33,microarray,untreated,none,7
HBCx33,microarray,residual,cisplatin,7
HBCx33,microarray,residual,capecitabine,7
HBCx33,microarray,relapse,cisplatin,7
HBCx33,microarray,relapse,capecitabine,7
HBCx14,bulk RNA-seq,untreated,none,3
HBCx14,bulk RNA-seq,residual,AC,5
HBCx14,bulk RNA-seq,residual,carboplatin,5
HBCx14,bulk RNA-seq,residual,cisplatin,5
HBCx172,10x,untreated,none,1
HBCx172,10x,residual,capecitabine,1
HBCx218,10x,untreated,none,1
HBCx218,10x,residual,AC,1
HBCx221,10x,untreated,none,1
HBCx221,10x,residual,capecitabine,1
HBCx39,10x,untreated,none,1
HBCx39,10x,residual,capecitabine,1
HBCx95,10x,untreated,none,1
HBCx95,10x,residual,capecitabine,1`
  .trim()
  .split('\n')
  .map((line) => line.split(',') as [string, string, string, string, string]);

const patients = [...new Set(arms.map(([patient]) => patient))];

function fixtureSamples(): readonly FixtureSample[] {
  return arms.flatMap(([patient, technology, stage, treatment, n]) =>
    Array.from({ length: Number(n) }, (_, i) => ({
      sample: `${patient}_${stage}_${treatment}${String(i + 1)}`,
      patient,
      stage,
      treatment,
      technology,
      replicate: `r${String(i + 1)}`,
    })),
  );
}

function samples(rng: Rng): Table {
  const all = fixtureSamples();
  const centres: Record<string, [number, number]> = {
    microarray: [-38, 6],
    'bulk RNA-seq': [30, 34],
    '10x': [34, -26],
  };
  const isResidual = (sample: FixtureSample): boolean => sample.stage === 'residual';
  const each = <T>(make: (sample: FixtureSample) => T): T[] => all.map(make);
  const around = (centre: number, spread: number): number => centre + spread * rng.normal();
  return tableOf('samples', {
    sample: each((s) => s.sample),
    patient: each((s) => s.patient),
    stage: each((s) => s.stage),
    treatment: each((s) => s.treatment),
    technology: each((s) => s.technology),
    replicate: each((s) => s.replicate),
    n_cells: each((s) => (s.technology === '10x' ? Math.round(400 + 1200 * rng.uniform()) : NaN)),
    library_size: each(() => Math.round(8e6 + 6e6 * rng.uniform())),
    tmm_factor: each(() => around(1, 0.08)),
    pc1_raw: each((s) => around(centres[s.technology]?.[0] ?? 0, 3) - (s.patient === 'HBCx10' ? 9 : 0)),
    pc2_raw: each((s) => around(centres[s.technology]?.[1] ?? 0, 4) + (isResidual(s) ? 5 : 0)),
    pc1_corrected: each((s) => around(isResidual(s) ? 11 : -10, 2.8)),
    pc2_corrected: each(() => around(0, 4)),
    cluster_raw: each((s) => (s.technology === 'microarray' ? 'A' : 'B')),
    cluster_corrected: each((s) => (isResidual(s) && s.replicate !== 'r7' ? 'A' : 'B')),
    signature_score: each((s) => around(isResidual(s) ? 0.9 : -0.1, 0.2)),
  });
}

const up =
  'ABCA1 HOPX JUNB NCCRP1 SLPI SYNPO2 CALM2 EIF4A2 GGT7 KRT14 IQSEC2 ULBP1 PALMD SPIB CHMP5 CPEB2 CLIC3 TYMP GADD45A'.split(
    ' ',
  );
const down = 'SQLE IDI1 HMGCR FDPS LDLR INSIG1 ACAT2 FADS1 PDK1 SCD SREBF2 CA9 MYC'.split(' ');

/** P of a two-sided normal test, near enough for pictures. */
function roughP(t: number): number {
  const z = Math.abs(t);
  return Math.min(1, (2 * exp(-0.5 * z * z)) / (1 + z));
}

interface FixtureGene {
  readonly gene: string;
  readonly effect: number;
  readonly t: number;
}

function fixtureGenes(rng: Rng, count: number): readonly FixtureGene[] {
  const named: readonly FixtureGene[] = [
    ...up.map((gene, i) => ({ gene, effect: 0.8 + 1.9 * rng.uniform(), t: 13 - 0.22 * i })),
    ...down.map((gene, i) => ({ gene, effect: -0.6 - 1.3 * rng.uniform(), t: -18 + 0.8 * i })),
    { gene: 'FOSL1', effect: -0.04, t: -0.2 },
    { gene: 'CD44', effect: 0.14, t: 0.7 },
    { gene: 'TFRC', effect: -0.34, t: -2.8 },
  ];
  const rest = Array.from({ length: Math.max(0, count - named.length) }, (_, i) => {
    const t = 2.3 * rng.normal();
    return { gene: `ORF${String(i + 1).padStart(4, '0')}`, effect: t * (0.06 + 0.14 * rng.uniform()), t };
  });
  return [...named, ...rest];
}

function programmeGenes(rng: Rng, count: number): Table {
  const genes = fixtureGenes(rng, count);
  const p = genes.map(({ t }) => roughP(t));
  const adjusted = p.map((value) => Math.min(1, value * 12));
  const isCalled = (i: number, effect: number): boolean => (adjusted[i] ?? 1) < 1e-4 && Math.abs(effect) > 0.5;
  return tableOf('programme_genes', {
    gene: genes.map(({ gene }) => gene),
    log2_fold_change: genes.map(({ effect }) => effect),
    average_log2_expression: genes.map(() => 4 + 3 * rng.normal()),
    t: genes.map(({ t }) => t),
    p_value: p,
    p_adjusted: adjusted,
    call: genes.map(({ effect }, i) => (isCalled(i, effect) ? (effect > 0 ? 'up' : 'down') : 'none')),
    meta_log2_fold_change: genes.map(({ effect }) => 0.8 * effect),
    meta_low: genes.map(({ effect }) => 0.8 * effect - 0.6),
    meta_high: genes.map(({ effect }) => 0.8 * effect + 0.6),
    i2: genes.map(() => rng.uniform()),
    patients_up: genes.map(({ effect }) => (effect > 0.5 ? 8 : 4)),
    patients_down: genes.map(({ effect }) => (effect < -0.5 ? 8 : 4)),
  });
}

function treatmentCorrelations(rng: Rng): Table {
  const treated = arms
    .filter(([, , stage]) => stage === 'residual')
    .map(([patient, , , treatment]) => [patient, treatment] as const);
  const pairs = treated.flatMap((a, i) => treated.slice(i + 1).map((b) => [a, b] as const));
  const correlation = (within: number, between: number): number[] =>
    pairs.map(([[a], [b]]) => {
      const isOutlier = a === 'HBCx95' || b === 'HBCx95';
      return a === b ? within + 0.05 * rng.uniform() : (isOutlier ? -0.05 : between) + 0.25 * rng.uniform();
    });
  return tableOf('treatment_correlations', {
    patient_a: pairs.map(([a]) => a[0]),
    treatment_a: pairs.map(([a]) => a[1]),
    patient_b: pairs.map(([, b]) => b[0]),
    treatment_b: pairs.map(([, b]) => b[1]),
    relation: pairs.map(([a, b]) => (a[0] === b[0] ? 'within' : 'between')),
    correlation_all: correlation(0.89, 0.1),
    correlation_signature: correlation(0.93, 0.35),
  });
}

function regulators(rng: Rng): Table {
  const total = 745;
  const top = 'STAT1 IRF1 NFKB1 SPI1 RUNX1 ETS1 CTNNB1 HNF1A JUN RELA'.split(' ');
  const bottom = 'MYC SREBF1 SREBF2 E2F4 TFDP1 REST'.split(' ');
  const named = 65;
  const ranks = Array.from({ length: total }, (_, i) => i);
  const scores = ranks.map((i) => {
    const fromEnd = total - 1 - i;
    if (i < top.length) return 4.6 - 0.16 * i;
    if (fromEnd < bottom.length) return -5.6 + 0.45 * fromEnd;
    return i === named ? 1.13 : 2.2 * (1 - (2 * i) / (total - 1));
  });
  const p = scores.map(roughP);
  const isStrong = scores.map((score) => Math.abs(score) > 2.5);
  return tableOf('regulators', {
    regulator: ranks.map((i) => top[i] ?? bottom[total - 1 - i] ?? (i === named ? 'FOSL1' : `TF${String(i + 1)}`)),
    rank: ranks.map((i) => i + 1),
    n_targets: ranks.map(() => 20 + Math.round(100 * rng.uniform())),
    consensus: scores,
    null_p_value: p,
    null_p_adjusted: p.map((value) => Math.min(1, value * 8)),
    expression_log2_fold_change: ranks.map((i) => (i === named ? -0.04 : 0.6 * rng.normal())),
    patients_agree: isStrong.map((strong) => (strong ? 7 : 5)),
    patients_asked: ranks.map(() => 8),
    flags: ranks.map(() => ''),
  });
}

const smallTables: Readonly<Record<string, string>> = {
  programme_patients: `patient,n_from,n_to,n_back,correlation_with_others,outlier,auc,auc_status,score_difference,score_excess,score_low,score_high,absence_bound,null_z,null_p_value,signature_overlap,call,reason
    HBCx10,8,8,8,0.41,no,1,ok,1.23,1.21,1.02,1.39,0.24,9.1,0.001,0.4,present,
    HBCx33,7,14,14,0.38,no,0.99,ok,0.75,0.74,0.58,0.9,0.25,7.2,0.001,0.48,present,
    HBCx14,3,15,0,0.33,no,1,ok,0.97,0.95,0.71,1.2,0.24,8.4,0.001,0.6,present,
    HBCx172,1,1,0,0.29,no,,not-identifiable,0.68,0.66,0.31,1.02,0.25,4.2,0.001,0.86,present,
    HBCx218,1,1,0,0.35,no,,not-identifiable,1.06,1.05,0.62,1.49,0.24,5.9,0.001,0.84,present,
    HBCx221,1,1,0,0.31,no,,not-identifiable,0.71,0.72,0.4,1.03,0.25,4.8,0.001,0.87,present,
    HBCx39,1,1,0,0.27,no,,not-identifiable,0.52,0.51,0.12,0.9,0.25,3.4,0.004,0.89,present,
    HBCx95,1,1,0,0.08,yes,,not-identifiable,0.18,0.17,-0.22,0.55,0.25,1.1,0.14,0.88,inconclusive,interval spans zero`,
  vote: `level,observed_up,observed_down,expected,fdr
    4,4900,4400,9170,0.99
    5,2700,2010,3380,0.72
    6,1490,980,1120,0.45
    7,801,402,242,0.2
    8,413,113,24.8,0.047`,
  gene_sets: `collection,set,size,enrichment_score,normalised_enrichment_score,p_value,p_adjusted,leading_edge
    hallmark,HALLMARK_INTERFERON_ALPHA_RESPONSE,92,0.81,2.61,3e-10,1e-9,STAT1
    hallmark,HALLMARK_TNFA_SIGNALING_VIA_NFKB,181,0.74,2.44,3e-10,1e-9,JUNB
    hallmark,HALLMARK_INTERFERON_GAMMA_RESPONSE,178,0.73,2.4,6e-10,2e-9,IRF1
    hallmark,HALLMARK_EPITHELIAL_MESENCHYMAL_TRANSITION,160,0.5,1.71,1e-4,3e-4,CDH2
    hallmark,HALLMARK_P53_PATHWAY,177,0.45,1.52,0.004,0.008,CDKN1A
    hallmark,HALLMARK_APOPTOSIS,144,0.41,1.38,0.03,0.06,CASP8
    hallmark,HALLMARK_CHOLESTEROL_HOMEOSTASIS,66,-0.88,-2.83,3e-10,1e-9,SQLE
    hallmark,HALLMARK_MYC_TARGETS_V1,190,-0.78,-2.52,3e-10,1e-9,MYC
    hallmark,HALLMARK_MTORC1_SIGNALING,191,-0.7,-2.31,3e-10,1e-9,IDI1
    hallmark,HALLMARK_E2F_TARGETS,188,-0.62,-2.05,3e-8,1e-7,E2F4
    hallmark,HALLMARK_HYPOXIA,170,-0.4,-1.3,0.04,0.07,CA9
    meta-programmes,MP17 Interferon/MHC-II (I),35,0.84,2.7,3e-10,1e-9,STAT1
    meta-programmes,MP19 Epithelial Senescence,49,0.7,2.2,3e-7,1e-6,SLPI
    meta-programmes,MP6 Hypoxia,47,-0.6,-1.9,7e-5,2e-4,CA9
    meta-programmes,MP11 Translation initiation,49,-0.75,-2.4,3e-9,1e-8,EIF3`,
  regulator_patients: `regulator,patient,ulm,p_value
    ${patients.map((patient, i) => `FOSL1,${patient},${String([2.9, -0.3, 1.1, 0.4, -1.2, 0.9, 0.7, -0.1][i])},0.5`).join('\n    ')}`,
  named_regulators: `regulator,line,verdict,quantity,value,low,high,p_value,note
    FOSL1,expression,not supported,shared change of its RNA,-0.04,-0.52,0.44,0.83,
    FOSL1,regulon,not supported,rank by consensus activity of all regulators,66,,,0.26,
    FOSL1,patients,not supported,mean effect on its targets over patients,0.03,-0.02,0.08,0.36,
    FOSL1,chromatin,not testable,,,,,,
    FOSL1,perturbation,not testable,,,,,,
    FOSL1,dissociation,supported,activity without immediate-early genes,2.61,,,0.004,`,
  named_markers: `gene,patient,log2_fold_change,low,high,rank,p_adjusted
    CD44,HBCx10,1.77,1.37,2.17,4781,0.71
    CD44,HBCx33,0.42,0.12,0.72,4781,0.71
    CD44,HBCx14,-0.35,-0.85,0.15,4781,0.71
    CD44,HBCx172,0.12,-0.68,0.92,4781,0.71
    CD44,HBCx218,-1.52,-2.42,-0.62,4781,0.71
    CD44,HBCx221,-0.21,-1.01,0.59,4781,0.71
    CD44,HBCx39,0.33,-0.37,1.03,4781,0.71
    CD44,HBCx95,-0.4,-1.3,0.5,4781,0.71
    CD44,all,0.02,-0.77,0.81,4781,0.71`,
  reversal: `patient,status,verdict,index,low,high,index_corrected,corrected_low,corrected_high,interval_basis,n_from,n_to,n_back,genes_changed,genes_not_returned,genes_equivalent,genes_tested,reason
    HBCx10,ok,returned,0.981,0.93,1.04,0.992,0.94,1.05,replicates,8,8,8,891,0,171,200,
    HBCx33,ok,returned,0.974,0.87,1.09,1.012,0.88,1.14,replicates,7,14,14,70,0,150,200,
    ${patients
      .slice(2)
      .map((patient) => `${patient},not-identifiable,not testable,,,,,,,,1,1,0,,,,,no relapse sample`)
      .join('\n    ')}`,
  sample_clusters: `display,cluster,group_kind,group,n
    raw,A,stage,untreated,15
    raw,A,stage,residual,22
    raw,A,stage,relapse,22
    raw,B,stage,untreated,8
    raw,B,stage,residual,20
    corrected,A,stage,residual,40
    corrected,B,stage,untreated,23
    corrected,B,stage,residual,2
    corrected,B,stage,relapse,22
    raw,A,technology,microarray,59
    raw,B,technology,10x,10
    raw,B,technology,bulk RNA-seq,18`,
  sample_cluster_agreement: `display,group_kind,adjusted_rand_index
    raw,stage,0.02
    raw,technology,0.81
    raw,patient,0.38
    corrected,stage,0.74
    corrected,technology,-0.01
    corrected,patient,-0.02
    corrected-blind,stage,0.69
    corrected-blind,technology,0
    corrected-blind,patient,-0.01`,
};

/** Every table of a run on the reference study, with plausible numbers; `genes` sets the length of the longest. */
export function fixtureTables(genes = 9394): readonly Table[] {
  const rng = createRng(20, 'report/fixture');
  return [
    samples(rng.split('samples')),
    programmeGenes(rng.split('genes'), genes),
    treatmentCorrelations(rng.split('arms')),
    regulators(rng.split('regulators')),
    ...Object.entries(smallTables).map(([name, text]) => csvTable(name, text)),
  ];
}
