import { OptionError } from '../core/errors.js';
import { createRng, shuffleInPlace, type Rng } from '../core/rng.js';
import {
  housekeepingGenes,
  dissociationGenes,
  ironOverloadGenes,
  ironStarvationGenes,
  mitochondrialGenes,
  namedGenes,
  plantedMarker,
  programmeDownGenes,
  programmeUpGenes,
  regulatorNames,
} from './gene-symbols.js';
import type { SimulationOptions } from './options.js';
import { simulationParameters as parameters } from './parameters.js';
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
  const rng = createRng(options.seed, 'simulate/genes');
  const reserved = reservedGenes();
  if (reserved.has(options.regulator)) {
    throw new OptionError(`${options.regulator} cannot be the planted regulator: it has another planted role.`, {
      hint: 'Choose a gene outside the programme, the immediate-early genes, the iron axis and the housekeeping genes.',
    });
  }
  const genes = chooseGenes(options, rng.split('names'));
  const indexOf = new Map(genes.map((gene, g) => [gene, g]));
  const arms = placeGenes(genes, options, rng.split('arms'));
  return {
    genes,
    indexOf,
    arms,
    gainedArm: chooseGain(genes, arms, options.regulator),
    baseline: drawBaseline(genes, options.regulator, rng.split('baseline')),
    technology: drawTechnology(genes.length, rng.split('technology')),
    dispersion: Float64Array.from(genes, () => uniformIn(rng, parameters.cellDispersion)),
    programme: drawProgramme(genes.length, indexOf, rng.split('programme')),
    ...drawTreatments(genes, options.regulator, reserved, rng.split('treatments')),
  };
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
  up: number,
  rng: Rng,
): Float64Array<ArrayBuffer> {
  const effects = new Float64Array(nGenes);
  chosen.forEach((gene, i) => {
    effects[gene] = (i < up ? 1 : -1) * uniformIn(rng, parameters.privateEffect);
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
  ]);
}

function chooseGenes(options: SimulationOptions, rng: Rng): readonly string[] {
  const chosen = new Set([...reservedGenes(), ...namedGenes, ...regulatorNames, options.regulator]);
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

function drawBaseline(genes: readonly string[], regulator: string, rng: Rng): Float64Array {
  const abundant = new Set([...housekeepingGenes, ...mitochondrialGenes]);
  return Float64Array.from(genes, (gene) => {
    const drawn = parameters.geneSpread * rng.normal();
    // Both must be measured well in every sample: one to be seen flat, one to be seen at all.
    if (gene === regulator || gene === plantedMarker) return 1;
    return abundant.has(gene) ? 3.5 + drawn / 3 : drawn;
  });
}

function drawTechnology(nGenes: number, rng: Rng): GeneModel['technology'] {
  const chemistry = normals(nGenes, parameters.technologySpread / 2, rng);
  return {
    '10x-v3': new Float64Array(nGenes),
    '10x-v2': chemistry,
    'bulk-rnaseq': normals(nGenes, parameters.technologySpread, rng),
  };
}

function drawProgramme(nGenes: number, indexOf: ReadonlyMap<string, number>, rng: Rng): Float64Array {
  const effects = new Float64Array(nGenes);
  const plant = (gene: string, effect: number): void => {
    effects[indexOf.get(gene) as number] = effect;
  };
  for (const gene of programmeUpGenes) plant(gene, uniformIn(rng, parameters.programmeEffect));
  for (const gene of programmeDownGenes) plant(gene, -uniformIn(rng, parameters.programmeEffect));
  plant(plantedMarker, parameters.markerEffect);
  return effects;
}

function drawTreatments(
  genes: readonly string[],
  regulator: string,
  reserved: ReadonlySet<string>,
  rng: Rng,
): Pick<GeneModel, 'treatments' | 'plainGenes'> {
  const plainGenes = genes.flatMap((gene, g) => (gene === regulator || reserved.has(gene) ? [] : [g]));
  const shuffled = [...plainGenes];
  shuffleInPlace(shuffled, rng);
  const size = parameters.treatmentGenes;
  const effects = simulatedTreatments.map((treatment, i) => {
    const chosen = shuffled.slice(i * size, (i + 1) * size);
    return [treatment, drawSignedEffects(genes.length, chosen, Math.round((2 * size) / 3), rng)] as const;
  });
  return { treatments: Object.fromEntries(effects), plainGenes };
}
