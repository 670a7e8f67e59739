import type { RegulonEdge } from '../data/resources.js';
import type { DrawnSample } from './draw-samples.js';
import type { GeneModel } from './gene-model.js';
import { plantedMarker, relatedRegulators, unsharedMarker } from './gene-symbols.js';
import type { SimulationOptions } from './options.js';
import { cellsTruth, countStates } from './record-cells.js';
import type { GeneEffect, PatientModel } from './patient-model.js';
import { hasPersisters, type PatientPlan } from './patient-plan.js';
import type { SimulatedCells } from './simulate-cells.js';
import type { SimulatedLineages } from './simulate-lineages.js';
import { volumeSchedule, type ArmGrowth } from './simulate-volumes.js';
import {
  truthSchemaVersion,
  type PatientTruth,
  type PlantedRegulator,
  type ReversalTruth,
  type SampleTruth,
  type SimulationTruth,
} from './truth.js';

/** Everything a simulation drew. */
export interface DrawnStudy {
  readonly options: SimulationOptions;
  readonly model: GeneModel;
  readonly patients: readonly PatientModel[];
  readonly samples: readonly DrawnSample[];
  readonly regulons: readonly RegulonEdge[];
  readonly arms: readonly ArmGrowth[];
  readonly lineages: SimulatedLineages;
}

/** Writes down what was planted, as plain data. */
export function recordTruth(drawn: DrawnStudy): SimulationTruth {
  const { options, model, patients, samples } = drawn;
  return {
    schemaVersion: truthSchemaVersion,
    seed: options.seed,
    programme: {
      up: effectsWhere(model, model.programme, (effect) => effect > 0),
      down: effectsWhere(model, model.programme, (effect) => effect < 0),
    },
    regulator: regulatorTruth(drawn),
    marker: { shared: plantedMarker, notShared: unsharedMarker },
    cellCycle: {
      s: effectsWhere(model, model.cycle.S, (effect) => effect !== 0),
      g2m: effectsWhere(model, model.cycle.G2M, (effect) => effect !== 0),
    },
    dissociation: dissociationTruth(model, patients),
    arm: armTruth(drawn),
    iron: patients.flatMap(({ plan, ironGenes }) =>
      plan.iron === null ? [] : [{ patient: plan.patient, direction: plan.iron, genes: ironGenes }],
    ),
    treatments: Object.entries(model.treatments).map(([treatment, effects]) => ({
      treatment,
      genes: effectsWhere(model, effects, (effect) => effect !== 0),
    })),
    patients: patients.map(patientTruth),
    samples: samples.map(sampleTruth),
    cellStates: ofCells(samples, ({ dataset, droplets }) => cellsTruth(dataset.obsNames, droplets).state),
    cells: ofCells(samples, ({ dataset, droplets }) => cellsTruth(dataset.obsNames, droplets)),
    resistantClones: drawn.lineages.resistant,
    growth: { schedule: volumeSchedule, arms: drawn.arms },
    troubles: options.troubles,
    parameters: options.parameters,
  };
}

function effectsWhere(
  model: GeneModel,
  effects: Float64Array,
  accept: (effect: number) => boolean,
): readonly GeneEffect[] {
  return model.genes.flatMap((gene, g) => {
    const log2Effect = effects[g] as number;
    return accept(log2Effect) ? [{ gene, log2Effect }] : [];
  });
}

function regulatorTruth({ options, regulons }: DrawnStudy): PlantedRegulator {
  const symbol = options.regulator;
  return {
    symbol,
    targets: regulons.filter((e) => e.source === symbol).map(({ target, weight }) => ({ target, weight })),
    related: relatedRegulators.filter((name) => name !== symbol),
  };
}

function ofCells<T>(
  samples: readonly DrawnSample[],
  truthOf: (cells: SimulatedCells) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    samples.flatMap(({ plan, drawn }) => (drawn === null ? [] : [[plan.sample, truthOf(drawn)]])),
  );
}

function dissociationTruth(model: GeneModel, patients: readonly PatientModel[]): SimulationTruth['dissociation'] {
  const affected = patients.find(({ artefact }) => artefact !== null);
  const effects = affected?.artefact ?? new Float64Array(model.genes.length);
  return { patient: affected?.plan.patient ?? null, genes: effectsWhere(model, effects, (effect) => effect !== 0) };
}

function armTruth({ model, patients, options }: DrawnStudy): SimulationTruth['arm'] {
  return {
    patient: patients.find(({ gain }) => gain !== null)?.plan.patient ?? null,
    arm: model.gainedArm,
    factor: options.parameters.armFactor,
    genes: model.genes.filter((_, g) => model.arms[g] === model.gainedArm),
  };
}

function patientTruth({ plan, scaling, privateGenes }: PatientModel): PatientTruth {
  const { patient, role, technology, treatments, stages } = plan;
  const present = hasPersisters(role);
  return {
    patient,
    role,
    technology,
    treatments,
    stages,
    programme: present ? 'present' : 'none',
    reversal: reversalTruth(plan),
    scaling: present ? scaling : 0,
    privateGenes: present ? privateGenes : [],
  };
}

function reversalTruth(plan: PatientPlan): ReversalTruth {
  if (!plan.stages.includes('relapse')) return 'not testable';
  if (!hasPersisters(plan.role)) return 'nothing to reverse';
  return plan.role === 'clonal-resistance' ? 'not returned' : 'returned';
}

function sampleTruth({ plan, fractions, normalFraction, drawn }: DrawnSample): SampleTruth {
  const { sample, patient, stage } = plan;
  const [, persisterFraction, resistantFraction] = fractions as readonly [number, number, number];
  return {
    sample,
    patient,
    stage,
    persisterFraction,
    resistantFraction,
    normalFraction,
    ambientShare: drawn === null || drawn.ambient === 0 ? null : drawn.ambient,
    mitochondrialShare: drawn?.mitochondria ?? null,
    cells: drawn === null ? null : countStates(drawn.droplets),
  };
}
