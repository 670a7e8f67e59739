import type { MarkerStudy } from '../../markers/marker-study.js';
import { agreementNeeded } from '../../regulators/evidence.js';

/** What the patients share about one gene. */
export interface SharedGene {
  readonly gene: string;
  /** +1 raised, −1 lowered in the state, 0 not shared. */
  readonly direction: 1 | 0 | -1;
  /** Mean over patients, log2; of the model of all samples without effects per patient. */
  readonly effect: number;
  /** Moderated t over patients, or of the model of all samples. */
  readonly t: number;
  /** Patients with the sign of the mean, of those asked. */
  readonly agree: number;
  readonly asked: number;
}

/**
 * The shared direction of every gene. A gene is shared when a model calls it (the patient-level estimate, or the model of all
 * samples) and at least three quarters of three or more patients have that sign.
 */
export function sharedGenes({ fixedEffect, perPatient }: MarkerStudy): ReadonlyMap<string, SharedGene> {
  const { table, direction } = fixedEffect;
  if (perPatient === null) {
    return new Map(
      table.gene.map((gene, g) => {
        const [effect, t] = [table.logFoldChange[g] as number, table.t[g] as number];
        return [gene, { gene, direction: 0, effect, t, agree: 0, asked: 0 }];
      }),
    );
  }
  const calledBy = new Map(table.gene.map((gene, g) => [gene, direction[g] ?? 0]));
  const { effects, meta } = perPatient;
  const k = effects.patients.length;
  return new Map(
    effects.genes.map((gene, g): [string, SharedGene] => {
      const [effect, t] = [meta.effect[g] as number, meta.t[g] as number];
      const sign = Math.sign(effect);
      const agree = effects.effects.subarray(g * k, (g + 1) * k).filter((own) => own * sign > 0).length;
      const called = sign !== 0 && (meta.direction[g] === sign || calledBy.get(gene) === sign);
      const shared = called && k >= 3 && agree >= agreementNeeded(k);
      return [gene, { gene, direction: (shared ? sign : 0) as 1 | 0 | -1, effect, t, agree, asked: k }];
    }),
  );
}
