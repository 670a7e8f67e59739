import type { Warning } from '../core/method.js';
import type { Dataset } from '../data/dataset.js';
import type { Table } from '../data/table.js';
import type { Analysis } from '../claims/analysis.js';
import { makeClaims } from '../claims/make-claims.js';
import { methodsText } from '../claims/methods-text.js';
import { type Provenance, resultsSchemaVersion, type StudyResult, type StudySummary } from '../claims/results.js';
import { scoreAnalysis } from './score-analysis.js';
import type { SimulationTruth } from '../simulate/truth.js';
import { cellsDataset } from './cells-dataset.js';
import { cellReversalTables } from './tables/cell-reversal-tables.js';
import { cellTables } from './tables/cell-tables.js';
import { copyNumberTables } from './tables/copy-number-tables.js';
import { geneticTables } from './tables/genetic-tables.js';
import { lineageTables } from './tables/lineage-tables.js';
import { markerTables } from './tables/marker-tables.js';
import { metaProgrammeTables } from './tables/meta-programme-tables.js';
import { persisterTables } from './tables/persister-tables.js';
import {
  geneSetsTable,
  overlapTable,
  patientEffectsTable,
  programmeGenesTable,
  programmePatientsTable,
  treatmentTable,
  voteTable,
} from './tables/programme-tables.js';
import { switchTables } from './tables/switch-tables.js';
import { targetAnalysisTables } from './tables/target-analysis-tables.js';
import { regulatorTables } from './tables/regulator-tables.js';
import { notReturnedGenesTable, reversalTable } from './tables/reversal-tables.js';
import { clusterAgreementTable, sampleClustersTable, samplesTable } from './tables/sample-tables.js';

/** What a result carries besides the analysis itself. */
export interface ResultContext {
  readonly warnings: readonly Warning[];
  readonly provenance: Provenance;
  /** Regulators asked for by name. */
  readonly regulators: readonly string[];
  /** Truth of a simulated study; null otherwise. */
  readonly truth: SimulationTruth | null;
}

/** Turns an analysis into the published result: claims, tables, methods and, for a simulated study, its score. */
export function studyResult(analysis: Analysis, context: ResultContext): StudyResult {
  const tables = tablesOf(analysis);
  const written = new Set(tables.map((table) => table.name));
  return {
    schemaVersion: resultsSchemaVersion,
    title: analysis.study.title,
    organism: analysis.study.organism,
    summary: summaryOf(analysis),
    claims: makeClaims(analysis, context.regulators).map((claim) => ({
      ...claim,
      tables: claim.tables.filter((name) => written.has(name)),
    })),
    design: analysis.design.findings,
    methods: methodsText(analysis),
    warnings: [...context.warnings, ...warningsOf(analysis)],
    tables,
    cells: cellsOf(analysis, tables, context.provenance),
    provenance: context.provenance,
    truth: context.truth === null ? null : scoreAnalysis(analysis, context.truth),
  };
}

function cellsOf({ cells }: Analysis, tables: readonly Table[], provenance: Provenance): Dataset | null {
  const table = tables.find(({ name }) => name === 'cells');
  return cells === null || table === undefined ? null : cellsDataset(cells, table, provenance);
}

function tablesOf(analysis: Analysis): readonly Table[] {
  return [
    samplesTable(analysis),
    sampleClustersTable(analysis),
    clusterAgreementTable(analysis),
    ...cellTables(analysis.cells, analysis.origin),
    ...persisterTables(analysis.cells?.persisters ?? null),
    ...metaProgrammeTables(analysis.cells?.metaProgrammes ?? null),
    programmeGenesTable(analysis),
    patientEffectsTable(analysis),
    programmePatientsTable(analysis),
    voteTable(analysis),
    treatmentTable(analysis),
    geneSetsTable(analysis),
    overlapTable(analysis),
    ...regulatorTables(analysis),
    ...switchTables(analysis.switch),
    ...markerTables(analysis),
    ...targetAnalysisTables(analysis.targets),
    ...lineageTables(analysis.origin),
    ...copyNumberTables(analysis.origin, analysis.cells),
    ...geneticTables(analysis.origin),
    reversalTable(analysis),
    notReturnedGenesTable(analysis),
    ...cellReversalTables(analysis.cellReversal),
  ].filter((table) => table.nRows > 0);
}

function summaryOf({ input, nCells, study }: Analysis): StudySummary {
  const count = (values: readonly string[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
    return counts;
  };
  return {
    nPatients: new Set(input.patient).size,
    nSamples: input.counts.samples.length,
    nCells: nCells.reduce<number>((sum, n) => sum + (n ?? 0), 0),
    nGenes: input.counts.genes.length,
    samplesPerStage: count(input.stage),
    technologies: [...new Set(input.technology)],
    treatments: [...new Set(input.treatment)],
    contrast: study.contrast,
  };
}

function warningsOf(analysis: Analysis): readonly Warning[] {
  const { confounded } = analysis.design;
  const left =
    confounded.length === 0
      ? []
      : [
          {
            code: 'confounded-patients',
            message: `Left out of the evidence, because their stages come from different technologies or batches: ${confounded.join(', ')}.`,
          },
        ];
  return [
    ...left,
    ...analysis.fixedEffect.warnings,
    ...analysis.effects.warnings,
    ...analysis.display.warnings,
    ...analysis.enrichment.flatMap((found) => found.warnings),
    ...(analysis.regulators?.warnings ?? []),
    ...originWarnings(analysis.origin),
  ];
}

function originWarnings({ lineages, copyNumber, alarm }: Analysis['origin']): readonly Warning[] {
  return [
    ...(lineages?.warnings ?? []),
    ...(copyNumber?.patients ?? []).flatMap(({ patient, warnings }) =>
      warnings.map(({ code, message }) => ({ code, message: `${patient}: ${message}` })),
    ),
    ...(alarm?.warnings ?? []),
  ];
}
