import type { Stage } from '../../study/types.js';
import { createRng } from '../../core/rng.js';
import type { GeneticEvidence, GeneticSource } from './types.js';

/** A simulated patient: two samples, several clones, of which one may carry an arm gain and the persister state. */
export interface PlantedPatient {
  readonly seed: number;
  readonly source?: GeneticSource;
  /** Cells of the resistant clone in the residual sample; none in a clean patient. */
  readonly nResistant: number;
  /** Chance that a resistant and that another residual cell is a persister. */
  readonly resistantChance?: number;
  readonly otherChance?: number;
  readonly nUntreated?: number;
  readonly nResidual?: number;
  /** Share of cells without a genetic call, twice that among persisters. */
  readonly abstaining?: number;
}

const arms = Array.from({ length: 20 }, (_, a) => `${String(a + 1)}q`);

/** Clones B to E at shares 40, 30, 20 and 10 % with arms of their own; clone A is resistant and gains 8q. One arm call in twenty is wrong. */
export function plantedEvidence(planted: PlantedPatient): GeneticEvidence {
  const { seed, source = 'copy-number', nResistant, resistantChance = 0.8, otherChance = 0.15 } = planted;
  const { nUntreated = 200, nResidual = 300, abstaining = 0 } = planted;
  const rng = createRng(seed, 'planted-evidence');
  const cell = (stage: Stage, resistant: boolean): { stage: Stage; clone: string; persister: boolean } => {
    const u = rng.uniform();
    const clone = resistant ? 'A' : u < 0.4 ? 'B' : u < 0.7 ? 'C' : u < 0.9 ? 'D' : 'E';
    const chance = stage === 'untreated' ? 0.03 : resistant ? resistantChance : otherChance;
    return { stage, clone, persister: rng.uniform() < chance };
  };
  const cells = [
    ...Array.from({ length: nUntreated }, () => cell('untreated', false)),
    ...Array.from({ length: nResidual }, (_, i) => cell('residual', i < nResistant)),
  ];
  const called = cells.map(({ persister }) => rng.uniform() >= abstaining * (persister ? 2 : 1));
  const gained = (clone: string, a: number): boolean => (clone === 'A' ? a === 7 : a === clone.charCodeAt(0) - 66);
  return {
    patient: `P${String(seed)}`,
    source,
    abstained: null,
    sample: cells.map(({ stage }) => `${stage}1`),
    stage: cells.map(({ stage }) => stage),
    persister: cells.map(({ persister }) => persister),
    labels: [
      { name: 'clone', kind: 'clone', values: cells.map(({ clone }, i) => (called[i] === true ? clone : null)) },
      ...arms.map((name, a) => ({
        name,
        kind: 'arm' as const,
        values: cells.map(({ clone }, i) =>
          called[i] !== true ? null : gained(clone, a) !== rng.uniform() < 0.05 ? 'gain' : 'neutral',
        ),
      })),
    ],
  };
}
