import type { DesignFinding } from './design-finding.js';
import type { StudyDesign } from './study-design.js';
import { aSample, both } from './wording.js';

/** What is known of the data once the files have been opened. */
export interface DesignFacts {
  /** Cells of each single-cell sample, by sample name. */
  readonly cellsPerSample?: Readonly<Record<string, number>>;
  /** Genes measured in every sample. */
  readonly genes?: number;
  /** Resource packs at hand; without it, those the study lists. */
  readonly packs?: readonly string[];
}

/** Sums over fewer cells than this are mostly noise; the usual lower bound for pseudobulk (Crowell 2020, doi 10.1038/s41467-020-19894-4). */
const fewestCells = 10;
/** Sums over fewer cells than this are still rough. */
const fewCells = 100;
/** Fewer genes than this leave scaling factors, regulons and gene sets without support: a panel, not a transcriptome. */
const fewestGenes = 2000;

/** What the opened files add to the design: samples with too few cells, too few genes in common. */
export function dataFindings(design: StudyDesign, facts: DesignFacts): DesignFinding[] {
  return [...cellFindings(design, facts.cellsPerSample ?? {}), ...geneFindings(facts.genes)];
}

function cellFindings(design: StudyDesign, cellsPerSample: Readonly<Record<string, number>>): DesignFinding[] {
  const counted = design.study.samples.flatMap(({ sample }) => {
    const cells = cellsPerSample[sample];
    return cells === undefined ? [] : [{ sample, cells }];
  });
  const between = (low: number, high: number): string[] => {
    return counted
      .filter(({ cells }) => cells >= low && cells < high)
      .map(({ sample, cells }) => `${sample} (${String(cells)})`);
  };
  const finding = (
    id: string,
    level: DesignFinding['level'],
    names: readonly string[],
    limit: number,
  ): DesignFinding[] => {
    if (names.length === 0) return [];
    const text = both((w) =>
      w.pick(
        `${w.count(names.length, ...aSample)} with fewer than ${String(limit)} cells: ${w.list([...names].sort())}. The sum over so few cells is ${limit === fewestCells ? 'mostly noise' : 'rough'}.`,
        `${w.count(names.length, ...aSample)} de moins de ${String(limit)} cellules : ${w.list([...names].sort())}. La somme sur si peu de cellules est ${limit === fewestCells ? 'surtout du bruit' : 'approximative'}.`,
      ),
    );
    return [{ id, level, text }];
  };
  return [
    ...finding('too-few-cells', 'warning', between(0, fewestCells), fewestCells),
    ...finding('few-cells', 'note', between(fewestCells, fewCells), fewCells),
  ];
}

function geneFindings(genes: number | undefined): DesignFinding[] {
  if (genes === undefined || genes >= fewestGenes) return [];
  const text = both((w) =>
    w.pick(
      `Only ${String(genes)} genes are measured in every sample: too few for regulons, gene sets and normalisation to be trusted.`,
      `Seuls ${String(genes)} gènes sont mesurés dans tous les échantillons : trop peu pour se fier aux régulons, aux jeux de gènes et à la normalisation.`,
    ),
  );
  return [{ id: 'few-genes', level: 'warning', text }];
}
