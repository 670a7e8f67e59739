import type { FixedEffectModel } from '../programme/fixed-effect-model.js';
import type { PatientEffects } from '../programme/patient-effects.js';
import type { PatientMetaAnalysis } from '../programme/patient-meta-analysis.js';

/** What a list of genes is ranked on. */
export interface MarkerStudy {
  /** The model of all samples, and what it calls: +1 raised, −1 lowered, 0 neither. */
  readonly fixedEffect: {
    readonly table: Pick<FixedEffectModel['table'], 'gene' | 'logFoldChange' | 't' | 'pAdjusted'>;
    readonly direction: Int8Array;
  };
  /** One effect per patient, and their mean; null where only a table of the contrast is at hand. */
  readonly perPatient: { readonly effects: PatientEffects; readonly meta: PatientMetaAnalysis } | null;
}
