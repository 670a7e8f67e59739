import { exp, log2 } from '../core/pinned-math.js';
import { createRng, shuffleInPlace, type Rng } from '../core/rng.js';
import type { Stage } from '../study/types.js';
import { drawSignedEffects, normals, uniformIn, type GeneModel } from './gene-model.js';
import { dissociationGenes, ironOverloadGenes, ironStarvationGenes, plantedMarker } from './gene-symbols.js';
import type { SimulationParameters } from './parameters.js';
import { hasArtefact, hasPersisters, type PatientPlan } from './patient-plan.js';

/** One signed effect on a gene, log2. */
export interface GeneEffect {
  readonly gene: string;
  readonly log2Effect: number;
}

/** What is particular to one patient. All effects are log2 and one per gene. */
export interface PatientModel {
  readonly plan: PatientPlan;
  /** Factor on the whole shared programme. */
  readonly scaling: number;
  /** Expression of the patient against the study, in every stage. */
  readonly expression: Float64Array;
  /** Effect of the persister state: scaled programme, private genes, iron axis, background. */
  readonly persister: Float64Array;
  readonly privateGenes: readonly GeneEffect[];
  readonly ironGenes: readonly GeneEffect[];
  /** Effect of dissociation on every cell of the residual samples; null where there is none. */
  readonly artefact: Float64Array | null;
  /** Effect of the gained arm on cells of the resistant clone; null where there is none. */
  readonly gain: Float64Array | null;
  /** Fraction of residual cells that survive by state or clone, by regimen. */
  readonly residualFraction: Readonly<Record<string, number>>;
}

/** Draws what is particular to one patient. */
export function createPatientModel(model: GeneModel, plan: PatientPlan, options: PatientModelOptions): PatientModel {
  const rng = createRng(options.seed, `simulate/patient/${plan.patient}`);
  const { parameters } = options;
  const nGenes = model.genes.length;
  const scaling = exp(parameters.scalingSpread * rng.normal());
  const privateEffects = drawPrivate(model, parameters, rng.split('private'));
  const iron = ironEffects(model, plan, parameters.ironEffect);
  const background = normals(nGenes, parameters.backgroundSpread * Math.sqrt(2500 / nGenes), rng.split('background'));
  background[model.indexOf.get(options.regulator) as number] = 0;
  const ownScaling = drawOwnScaling(model, parameters, rng.split('own-scaling'));
  return {
    plan,
    scaling,
    expression: normals(nGenes, parameters.patientSpread, rng.split('expression')),
    persister: background.map(
      (small, g) =>
        small +
        scaling * (ownScaling[g] as number) * (model.programme[g] as number) +
        (privateEffects[g] as number) +
        (iron[g] as number),
    ),
    privateGenes: nonZero(model, privateEffects),
    ironGenes: nonZero(model, iron),
    artefact: hasArtefact(plan.role) ? artefactEffects(model, parameters, rng.split('artefact')) : null,
    gain: plan.role === 'clonal-resistance' ? gainEffects(model, parameters.armFactor) : null,
    residualFraction: Object.fromEntries(
      plan.treatments.map((treatment) => [treatment, uniformIn(rng, parameters.persisterFractionResidual)]),
    ),
  };
}

/** What `createPatientModel` needs besides the genes and the plan. */
export interface PatientModelOptions {
  readonly seed: number;
  readonly regulator: string;
  readonly parameters: SimulationParameters;
}

/** Where a sample stands. */
export interface SampleTime {
  readonly stage: Stage;
  readonly treatment: string;
}

/** Expected fraction of each cell state in a sample, in the order of `cellStates`; they sum to one. */
export function stateFractions(
  patient: PatientModel,
  time: SampleTime,
  parameters: SimulationParameters,
): readonly number[] {
  const { role } = patient.plan;
  if (!hasPersisters(role)) return [1, 0, 0];
  const survivors = survivingFraction(patient, time, parameters);
  return role === 'clonal-resistance' ? [1 - survivors, 0, survivors] : [1 - survivors, survivors, 0];
}

function survivingFraction(
  patient: PatientModel,
  { stage, treatment }: SampleTime,
  parameters: SimulationParameters,
): number {
  if (stage === 'untreated') return parameters.persisterFractionUntreated;
  if (stage === 'residual') return patient.residualFraction[treatment] as number;
  return patient.plan.role === 'clonal-resistance'
    ? parameters.resistantFractionRelapse
    : parameters.persisterFractionRelapse;
}

/** Factors by which the patient scales each programme gene on its own; the shared marker keeps its full effect. */
function drawOwnScaling(model: GeneModel, parameters: SimulationParameters, rng: Rng): Float64Array {
  const factors = normals(model.genes.length, parameters.geneScalingSpread, rng).map((deviation) => 1 + deviation);
  factors[model.indexOf.get(plantedMarker) as number] = 1;
  return factors;
}

function drawPrivate(model: GeneModel, parameters: SimulationParameters, rng: Rng): Float64Array {
  const shuffled = [...model.plainGenes];
  shuffleInPlace(shuffled, rng);
  const chosen = shuffled.slice(0, parameters.privateGenes);
  const up = Math.round(parameters.privateGenes / 2);
  return drawSignedEffects(model.genes.length, chosen, { up, size: parameters.privateEffect, rng });
}

function ironEffects(model: GeneModel, plan: PatientPlan, effect: number): Float64Array {
  const effects = new Float64Array(model.genes.length);
  if (plan.iron === null) return effects;
  const size = plan.iron === 'overload' ? effect : -effect;
  for (const gene of ironOverloadGenes) effects[model.indexOf.get(gene) as number] = size;
  for (const gene of ironStarvationGenes) effects[model.indexOf.get(gene) as number] = -size;
  return effects;
}

function artefactEffects(model: GeneModel, parameters: SimulationParameters, rng: Rng): Float64Array {
  const effects = new Float64Array(model.genes.length);
  for (const gene of dissociationGenes) {
    effects[model.indexOf.get(gene) as number] = uniformIn(rng, parameters.artefactEffect);
  }
  return effects;
}

function gainEffects(model: GeneModel, factor: number): Float64Array {
  const gain = log2(factor);
  return Float64Array.from(model.arms, (arm) => (arm === model.gainedArm ? gain : 0));
}

function nonZero(model: GeneModel, effects: Float64Array): readonly GeneEffect[] {
  return model.genes.flatMap((gene, g) => {
    const log2Effect = effects[g] as number;
    return log2Effect === 0 ? [] : [{ gene, log2Effect }];
  });
}
