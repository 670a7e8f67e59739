import type { Rng } from '../core/rng.js';
import type { Stage } from '../study/types.js';

/** Every role a patient can have. */
export const patientRoles = ['reversible', 'clonal-resistance', 'null', 'artefact', 'artefact-only'] as const;

/**
 * What is planted in a patient. `artefact` is a reversible patient whose residual samples also show dissociation,
 * `artefact-only` one whose residual samples show nothing else: no persisters. The plan has no `artefact-only` patient.
 */
export type PatientRole = (typeof patientRoles)[number];

/** How a patient was sequenced. */
export type SimulatedTechnology = '10x-v3' | '10x-v2' | 'bulk-rnaseq';

/** One patient of the plan. */
export interface PatientPlan {
  readonly patient: string;
  readonly role: PatientRole;
  readonly technology: SimulatedTechnology;
  readonly treatments: readonly string[];
  readonly stages: readonly Stage[];
  readonly iron: 'overload' | 'starvation' | null;
  /** Whether samples of the patient hold immune and stromal cells, where these are simulated at all. */
  readonly normalCells: boolean;
}

/** What replaces parts of the plan. */
export interface PlanOverrides {
  /** Roles of the first patients. */
  readonly roles?: readonly PatientRole[];
  readonly technology?: SimulatedTechnology | null;
}

/** One sample of the plan. */
export interface SamplePlan {
  readonly sample: string;
  readonly patient: string;
  readonly stage: Stage;
  /** Regimen given; `none` before treatment. A relapse carries the regimen it came back from. */
  readonly treatment: string;
  readonly day: number;
  /** Counts from 1. */
  readonly replicate: number;
  readonly technology: SimulatedTechnology;
}

const allStages: readonly Stage[] = ['untreated', 'residual', 'relapse'];
const noRelapse: readonly Stage[] = ['untreated', 'residual'];
const dayOfStage: Readonly<Record<Stage, number>> = { untreated: 0, residual: 28, relapse: 77 };
const bulkReplicates = 3;

type Blueprint = Omit<PatientPlan, 'patient'>;

// The reference study in small: five single-cell patients with one sample per stage, three bulk ones with replicates.
const blueprints: readonly Blueprint[] = [
  blueprint('reversible', '10x-v3', ['capecitabine'], allStages, { iron: 'overload', normalCells: true }),
  blueprint('reversible', 'bulk-rnaseq', ['AC'], allStages),
  blueprint('clonal-resistance', '10x-v3', ['cisplatin'], allStages),
  blueprint('null', '10x-v3', ['capecitabine'], allStages, { normalCells: true }),
  blueprint('artefact', '10x-v3', ['AC'], noRelapse),
  blueprint('reversible', 'bulk-rnaseq', ['capecitabine', 'cisplatin'], allStages),
  blueprint('reversible', '10x-v2', ['capecitabine'], allStages, { iron: 'starvation', normalCells: true }),
  blueprint('reversible', 'bulk-rnaseq', ['cisplatin'], noRelapse),
];

/** The regimens of the plan. */
export const simulatedTreatments: readonly string[] = ['capecitabine', 'AC', 'cisplatin'];

/**
 * The plan of a study: patients P01, P02 … The first eight play the fixed roles; patients beyond them repeat the
 * technologies, regimens and stages of the first eight but are all reversible, so that each special role is played once.
 * Overrides replace roles and technologies, and nothing else.
 */
export function planPatients(patients: number, overrides: PlanOverrides = {}): readonly PatientPlan[] {
  return Array.from({ length: patients }, (_, i): PatientPlan => {
    const model = blueprints[i % blueprints.length] as Blueprint;
    const patient = `P${String(i + 1).padStart(2, '0')}`;
    const planned: Blueprint = i < blueprints.length ? model : { ...model, role: 'reversible', iron: null };
    const role = overrides.roles?.[i] ?? planned.role;
    return { patient, ...planned, role, technology: overrides.technology ?? planned.technology };
  });
}

/** The samples of a patient: one per stage and regimen for single cells, three replicates for bulk. */
export function planSamples(plan: PatientPlan): readonly SamplePlan[] {
  const bulk = plan.technology === 'bulk-rnaseq';
  const replicates = bulk ? bulkReplicates : 1;
  return plan.stages.flatMap((stage) =>
    (stage === 'untreated' ? ['none'] : plan.treatments).flatMap((treatment) =>
      Array.from({ length: replicates }, (_, i): SamplePlan => {
        const regimen = stage !== 'untreated' && plan.treatments.length > 1 ? [treatment] : [];
        const parts = [plan.patient, stage, ...regimen, ...(bulk ? [String(i + 1)] : [])];
        const { patient, technology } = plan;
        const day = dayOfStage[stage];
        return { sample: parts.join('_'), patient, stage, treatment, day, replicate: i + 1, technology };
      }),
    ),
  );
}

/** Whether the persister programme is present in the residual samples of a role. */
export function hasPersisters(role: PatientRole): boolean {
  return role !== 'null' && role !== 'artefact-only';
}

/** Whether dissociation raises the immediate-early genes in the residual samples of a role. */
export function hasArtefact(role: PatientRole): boolean {
  return role === 'artefact' || role === 'artefact-only';
}

/** Cells of a single-cell sample: uniform between half of `cells` and all of them. */
export function drawCellCount(cells: number, rng: Rng): number {
  const least = Math.ceil(cells / 2);
  return least + rng.integer(cells - least + 1);
}

function blueprint(
  role: PatientRole,
  technology: SimulatedTechnology,
  treatments: readonly string[],
  stages: readonly Stage[],
  special: Partial<Pick<PatientPlan, 'iron' | 'normalCells'>> = {},
): Blueprint {
  return { role, technology, treatments, stages, iron: null, normalCells: false, ...special };
}
