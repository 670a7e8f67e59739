import { OptionError } from '../core/errors.js';
import { createRng, shuffleInPlace, type Rng } from '../core/rng.js';
import { cellCycleGenes, type CellCycleKind } from '../cells/sets/cell-cycle.js';
import { symbolsOf } from '../cells/sets/curated-gene.js';
import type { NormalLineage } from './cell-identity.js';
import {
  housekeepingGenes,
  dissociationGenes,
  epithelialGenes,
  ironOverloadGenes,
  ironStarvationGenes,
  lineageMarkers,
  mitochondrialGenes,
  namedGenes,
  plantedMarker,
  programmeDownGenes,
  programmeUpGenes,
  regulatorNames,
} from './gene-symbols.js';
import type { SimulationOptions } from './options.js';
import type { SimulationParameters } from './parameters.js';
import { simulatedTreatments, type SimulatedTechnology } from './patient-plan.js';

/** What every patient of a simulated study has in common. All effects are log2 and one per gene. */
export interface GeneModel {
  readonly genes: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Chromosome arm of each gene; empty where the given arms do not name it. */
  readonly arms: readonly string[];
  readonly gainedArm: string;
  readonly baseline: Float64Array;
  readonly technology: Readonly<Record<SimulatedTechnology, Float64Array>>;
  /** Dispersion of each gene between cells. */
  readonly dispersion: Float64Array;
  /** The shared programme: effect on a persister cell; zero outside it. */
  readonly programme: Float64Array;
  /** Effect of each regimen on persister cells under it; zero outside its private genes. */
  readonly treatments: Readonly<Record<string, Float64Array>>;
  /** Effect of each phase of the cell cycle on the cells in it; zero outside its genes. */
  readonly cycle: Readonly<Record<CellCycleKind, Float64Array>>;
  /** Each normal lineage against the tumour cells of the study. */
  readonly lineages: Readonly<Record<Exclude<NormalLineage, 'mouse'>, Float64Array>>;
  /** Genes of the mitochondrial genome. */
  readonly mitochondrial: readonly number[];
  /** Genes free to carry private and treatment effects. */
  readonly plainGenes: readonly number[];
}

/** Names for the arms of genes when none are given: the arms of the human autosomes that carry genes. */
const autosomeArms: readonly string[] = [
  ...Array.from({ length: 12 }, (_, i) => [`${String(i + 1)}p`, `${String(i + 1)}q`]).flat(),
  ...['13q', '14q', '15q', '16p', '16q', '17p', '17q', '18p', '18q', '19p', '19q', '20p', '20q', '21q', '22q'],
];
/** The arm gained by the clonal patient: 8q, or 1q where the planted regulator lies on 8q. */
const gainCandidates: readonly string[] = ['8q', '1q'];
const leastArmGenes = 10;

/** Draws the genes of a study, their expression, and the effects that patients share. */
export function createGeneModel(options: SimulationOptions): GeneModel {
  const { parameters } = options;
  const rng = createRng(options.seed, 'simulate/genes');
  const reserved = reservedGenes();
  refuseReserved(options.regulator, reserved);
  const genes = chooseGenes(options, reserved, rng.split('names'));
  const indexOf = new Map(genes.map((gene, g) => [gene, g]));
  const arms = placeGenes(genes, options, rng.split('arms'));
  return {
    genes,
    indexOf,
    arms,
    gainedArm: chooseGain(genes, arms, options.regulator),
    baseline: drawBaseline(genes, options, rng.split('baseline')),
    technology: drawTechnology(genes.length, parameters, rng.split('technology')),
    dispersion: Float64Array.from(genes, () => uniformIn(rng, parameters.cellDispersion)),
    programme: drawProgramme(indexOf, parameters, rng.split('programme')),
    cycle: drawCycle(indexOf, parameters, rng.split('cycle')),
    lineages: drawLineages(indexOf, parameters, rng.split('lineages')),
    mitochondrial: mitochondrialGenes.map((gene) => indexOf.get(gene) as number),
    ...drawTreatments(genes, options, reserved, rng.split('treatments')),
  };
}

function refuseReserved(regulator: string, reserved: ReadonlySet<string>): void {
  if (!reserved.has(regulator)) return;
  throw new OptionError(`${regulator} cannot be the planted regulator: it has another planted role.`, {
    hint: 'Choose a gene outside the programme, the cell cycle, the immediate-early genes, the iron axis, the markers of cell types and the housekeeping genes.',
  });
}

/** A number drawn uniformly from a range. */
export function uniformIn(rng: Rng, range: readonly [number, number]): number {
  return range[0] + (range[1] - range[0]) * rng.uniform();
}

/** Normal draws with mean zero. */
export function normals(n: number, spread: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: n }, () => spread * rng.normal());
}

/** Private effects on the first genes of a shuffled list: `up` of them up, then `down` of them down. */
export function drawSignedEffects(
  nGenes: number,
  chosen: readonly number[],
  signed: { readonly up: number; readonly size: readonly [number, number]; readonly rng: Rng },
): Float64Array<ArrayBuffer> {
  const effects = new Float64Array(nGenes);
  chosen.forEach((gene, i) => {
    effects[gene] = (i < signed.up ? 1 : -1) * uniformIn(signed.rng, signed.size);
  });
  return effects;
}

function reservedGenes(): ReadonlySet<string> {
  return new Set([
    ...programmeUpGenes,
    plantedMarker,
    ...programmeDownGenes,
    ...dissociationGenes,
    ...ironOverloadGenes,
    ...ironStarvationGenes,
    ...housekeepingGenes,
    ...mitochondrialGenes,
    ...symbolsOf(cellCycleGenes),
    ...Object.values(lineageMarkers).flat(),
    ...epithelialGenes,
  ]);
}

function chooseGenes(options: SimulationOptions, reserved: ReadonlySet<string>, rng: Rng): readonly string[] {
  const chosen = new Set([...reserved, ...namedGenes, ...regulatorNames, options.regulator]);
  const given = [...new Set(options.geneNames)];
  shuffleInPlace(given, rng);
  for (const name of given) {
    if (chosen.size >= options.genes) break;
    chosen.add(name);
  }
  for (let i = 1; chosen.size < options.genes; i++) chosen.add(`SIM${String(i).padStart(5, '0')}`);
  return [...chosen].sort();
}

function placeGenes(genes: readonly string[], options: SimulationOptions, rng: Rng): readonly string[] {
  const given = options.geneArms;
  if (given !== null) return genes.map((gene) => given[gene] ?? '');
  return genes.map((gene) => {
    const arm = autosomeArms[rng.integer(autosomeArms.length)] as string;
    return gene === options.regulator && arm === gainCandidates[0] ? '1p' : arm;
  });
}

function chooseGain(genes: readonly string[], arms: readonly string[], regulator: string): string {
  const regulatorArm = arms[genes.indexOf(regulator)];
  const arm = gainCandidates.find((candidate) => candidate !== regulatorArm) as string;
  const found = arms.filter((a) => a === arm).length;
  if (found < leastArmGenes) {
    throw new OptionError(`The given gene arms name too few simulated genes on ${arm} to plant a gain there.`, {
      expected: `at least ${String(leastArmGenes)} genes`,
      found: String(found),
      hint: 'Give arms such as "8q" for all gene names, or none at all.',
    });
  }
  return arm;
}

function drawBaseline(genes: readonly string[], { regulator, parameters }: SimulationOptions, rng: Rng): Float64Array {
  const levels = new Map([
    ...[...housekeepingGenes, ...mitochondrialGenes].map((gene): [string, number] => [gene, 3.5]),
    ...epithelialGenes.map((gene): [string, number] => [gene, 2.5]),
    ...Object.values(lineageMarkers)
      .flat()
      .map((gene): [string, number] => [gene, -6]),
  ]);
  return Float64Array.from(genes, (gene) => {
    const drawn = parameters.geneSpread * rng.normal();
    // Both must be measured well in every sample: one to be seen flat, one to be seen at all.
    if (gene === regulator || gene === plantedMarker) return 1;
    const level = levels.get(gene);
    return level === undefined ? drawn : level + drawn / 3;
  });
}

function drawTechnology(nGenes: number, parameters: SimulationParameters, rng: Rng): GeneModel['technology'] {
  const chemistry = normals(nGenes, parameters.technologySpread / 2, rng);
  return {
    '10x-v3': new Float64Array(nGenes),
    '10x-v2': chemistry,
    'bulk-rnaseq': normals(nGenes, parameters.technologySpread, rng),
  };
}

function drawProgramme(indexOf: ReadonlyMap<string, number>, parameters: SimulationParameters, rng: Rng): Float64Array {
  const effects = new Float64Array(indexOf.size);
  const plant = (gene: string, effect: number): void => {
    effects[indexOf.get(gene) as number] = effect;
  };
  for (const gene of programmeUpGenes) plant(gene, uniformIn(rng, parameters.programmeEffect));
  for (const gene of programmeDownGenes) plant(gene, -uniformIn(rng, parameters.programmeEffect));
  plant(plantedMarker, parameters.markerEffect);
  return effects;
}

function drawCycle(
  indexOf: ReadonlyMap<string, number>,
  parameters: SimulationParameters,
  rng: Rng,
): GeneModel['cycle'] {
  const draw = (kind: CellCycleKind): Float64Array => {
    const effects = new Float64Array(indexOf.size);
    for (const gene of symbolsOf(cellCycleGenes, kind)) {
      effects[indexOf.get(gene) as number] = uniformIn(rng, parameters.cycleEffect);
    }
    return effects;
  };
  return { S: draw('S'), G2M: draw('G2M') };
}

function drawLineages(
  indexOf: ReadonlyMap<string, number>,
  parameters: SimulationParameters,
  rng: Rng,
): GeneModel['lineages'] {
  const draw = (lineage: keyof typeof lineageMarkers): Float64Array => {
    const effects = normals(indexOf.size, parameters.lineageSpread, rng.split(lineage));
    for (const gene of Object.values(lineageMarkers).flat()) effects[indexOf.get(gene) as number] = 0;
    for (const gene of lineageMarkers[lineage]) effects[indexOf.get(gene) as number] = parameters.lineageMarkerEffect;
    for (const gene of epithelialGenes) effects[indexOf.get(gene) as number] = -parameters.lineageMarkerEffect;
    return effects;
  };
  return {
    'T cell': draw('T cell'),
    macrophage: draw('macrophage'),
    fibroblast: draw('fibroblast'),
    'endothelial cell': draw('endothelial cell'),
  };
}

function drawTreatments(
  genes: readonly string[],
  { regulator, parameters }: SimulationOptions,
  reserved: ReadonlySet<string>,
  rng: Rng,
): Pick<GeneModel, 'treatments' | 'plainGenes'> {
  const plainGenes = genes.flatMap((gene, g) => (gene === regulator || reserved.has(gene) ? [] : [g]));
  const shuffled = [...plainGenes];
  shuffleInPlace(shuffled, rng);
  const size = parameters.treatmentGenes;
  const signed = { up: Math.round((2 * size) / 3), size: parameters.privateEffect, rng };
  const effects = simulatedTreatments.map((treatment, i) => {
    const chosen = shuffled.slice(i * size, (i + 1) * size);
    return [treatment, drawSignedEffects(genes.length, chosen, signed)] as const;
  });
  return { treatments: Object.fromEntries(effects), plainGenes };
}
