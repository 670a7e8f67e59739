export { barcodeEvidence, type PersisterStates } from './barcode-evidence.js';
export {
  type CloneShare,
  type ClonePassage,
  type CloneTreatment,
  cloneTreatment,
  type CloneTreatmentOptions,
  type CloneTreatmentTest,
  type TreatmentArm,
  treatmentArm,
  type TreatmentLibrary,
} from './clone-treatment.js';
export { type CloneCounts, type CompositionChange, compositionChange } from './composition-change.js';
export { copyNumberEvidence } from './copy-number-evidence.js';
export { geneticAlarm, geneticAlarmInfo } from './genetic-alarm.js';
export type { GeneticAlarmOptions } from './options.js';
export { geneticAlarmTasks } from './tie-null.js';
export type { TiedLabel } from './tied-label.js';
export type * from './types.js';
export {
  type VariantCells,
  type VariantChange,
  variantEvidence,
  type VariantFraction,
  variantFractions,
  type VariantStudy,
} from './variant-fractions.js';
export { type CellVariants, variantsFromTable } from './variants-from-table.js';
