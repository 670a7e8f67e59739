import { type RunContext, rngFor } from '../../core/context.js';
import type { Rng } from '../../core/rng.js';
import { quantile } from '../../stats/quantile.js';
import { genePositions, type ScoredCells, scoreColumn } from '../scores/cell-scores.js';
import { binGenes, type ExpressionBins } from '../scores/control-genes.js';
import { geneAverages } from '../scores/gene-averages.js';
import { cellSizeFactors } from '../scores/log-normalisation.js';
import { moduleScore } from '../scores/module-score.js';
import { markerPanel, normalCellLineages, type PanelLineage, tumourHintLineages } from './marker-panel.js';

/** How the cells score on one lineage of the panel. */
export interface LineageScores {
  readonly lineage: PanelLineage;
  readonly status: 'ok' | 'not-testable';
  readonly reasons: readonly string[];
  readonly measured: readonly string[];
  readonly missing: readonly string[];
  /** Score a cell needs; null where not testable. */
  readonly threshold: number | null;
  /** Mean expression of the markers less that of matched genes; NaN where not testable. */
  readonly scores: Float64Array;
  /** Markers with a count in the cell. */
  readonly detected: Uint8Array;
  /** Markers a cell has to have. */
  readonly detectedMin: number;
}

/** Fewer measured markers do not make a lineage testable. */
const fewestMeasured = 3;
/** Sets of matched random genes that stand in for each lineage to find its threshold. */
const decoysPerLineage = 5;
/** A decoy passes the threshold in one cell of a thousand. */
const decoyQuantile = 0.999;
const expressionBins = 25;

/** Scores every cell on every lineage of the panel, with a threshold from decoys: see `labelTumourCells`. */
export async function lineageScores(cells: ScoredCells, context: RunContext): Promise<readonly LineageScores[]> {
  const positions = genePositions(cells);
  const panels = [...normalCellLineages, ...tumourHintLineages].map((lineage) => panelOf(lineage, positions));
  const testable = panels.filter(({ measured }) => measured.length >= fewestMeasured);
  if (testable.length === 0) return panels.map((panel) => notTestable(panel, cells.counts.shape[0]));
  const decoys = await drawDecoys(cells, testable, context);
  const sets = testable.flatMap((panel, i) => [
    { name: panel.lineage, genes: panel.measured },
    ...(decoys[i] as readonly (readonly string[])[]).map((genes, d) => ({
      name: `${panel.lineage} decoy ${String(d)}`,
      genes,
    })),
  ]);
  const scored = await moduleScore(cells, { sets, bins: expressionBins }, context);
  return panels.map((panel) => {
    const place = sets.findIndex(({ name }) => name === panel.lineage);
    if (place < 0) return notTestable(panel, cells.counts.shape[0]);
    const nulls = Array.from({ length: decoysPerLineage }, (_, d) => scoreColumn(scored, place + 1 + d));
    return scoresOf(panel, { cells, positions, scores: scoreColumn(scored, place), nulls });
  });
}

type Panel = Pick<LineageScores, 'lineage' | 'measured' | 'missing'>;

function panelOf(lineage: PanelLineage, positions: ReadonlyMap<string, number>): Panel {
  const genes = markerPanel.filter((marker) => marker.lineage === lineage).map(({ gene }) => gene);
  return {
    lineage,
    measured: genes.filter((gene) => positions.has(gene)),
    missing: genes.filter((gene) => !positions.has(gene)),
  };
}

/** Random genes of the expression of each marker, none of them a marker. */
async function drawDecoys(
  { counts, genes }: ScoredCells,
  panels: readonly Panel[],
  context: RunContext,
): Promise<readonly (readonly (readonly string[])[])[]> {
  const averages = await geneAverages(counts, cellSizeFactors(counts, {}), { stage: 'label-decoys', context });
  const bins = binGenes(genes, averages, expressionBins);
  const markers = new Set(markerPanel.map(({ gene }) => gene));
  const rng = rngFor(context, 'cells/label-decoys');
  return panels.map(({ lineage, measured }) =>
    Array.from({ length: decoysPerLineage }, (_, d) => decoy(measured, { bins, markers, rng: rng.split(lineage, d) })),
  );
}

function decoy(
  measured: readonly string[],
  { bins, markers, rng }: { readonly bins: ExpressionBins; readonly markers: ReadonlySet<string>; readonly rng: Rng },
): readonly string[] {
  const drawn = measured.flatMap((marker) => {
    const bin = bins.members[bins.binOf[bins.genes.indexOf(marker)] as number] ?? [];
    const free = bin.filter((gene) => !markers.has(bins.genes[gene] as string));
    return free.length === 0 ? [] : [bins.genes[free[rng.integer(free.length)] as number] as string];
  });
  // A set needs a gene; where no bin has a free one the lineage has no controls either and is not testable below.
  return drawn.length === 0 ? measured : drawn;
}

interface Scored {
  readonly cells: ScoredCells;
  readonly positions: ReadonlyMap<string, number>;
  readonly scores: Float64Array;
  readonly nulls: readonly Float64Array[];
}

function scoresOf(panel: Panel, { cells, positions, scores, nulls }: Scored): LineageScores {
  const finite = nulls.flatMap((column) => Array.from(column.filter((score) => !Number.isNaN(score))));
  if (finite.length === 0 || scores.every((score) => Number.isNaN(score))) {
    return { ...notTestable(panel, scores.length), reasons: ['no other gene has the expression of the markers'] };
  }
  const columns = new Set(panel.measured.map((gene) => positions.get(gene) as number));
  return {
    ...panel,
    status: 'ok',
    reasons: [],
    threshold: Math.max(0, quantile(finite, decoyQuantile)),
    scores,
    detected: countDetected(cells, columns),
    detectedMin: panel.measured.length < 5 ? 2 : 3,
  };
}

function countDetected({ counts }: ScoredCells, columns: ReadonlySet<number>): Uint8Array {
  const isMarker = new Uint8Array(counts.shape[1]);
  for (const column of columns) isMarker[column] = 1;
  const detected = new Uint8Array(counts.shape[0]);
  for (let cell = 0; cell < detected.length; cell++) {
    const end = counts.indptr[cell + 1] as number;
    for (let k = counts.indptr[cell] as number; k < end; k++) {
      if (isMarker[counts.indices[k] as number] === 1 && (counts.data[k] as number) > 0) {
        detected[cell] = (detected[cell] as number) + 1;
      }
    }
  }
  return detected;
}

function notTestable(panel: Panel, nCells: number): LineageScores {
  const total = panel.measured.length + panel.missing.length;
  return {
    ...panel,
    status: 'not-testable',
    reasons: [
      `${String(panel.measured.length)} of ${String(total)} markers measured, at least ${String(fewestMeasured)} are needed`,
    ],
    threshold: null,
    scores: new Float64Array(nCells).fill(NaN),
    detected: new Uint8Array(nCells),
    detectedMin: 0,
  };
}
