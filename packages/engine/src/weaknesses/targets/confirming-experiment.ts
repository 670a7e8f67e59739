import type { Bilingual } from '../../core/text.js';
import type { TargetLine } from './target-evidence.js';

/** The experiment that would settle a target, by the most direct of the lines that support it. */
export function confirmingExperiment(gene: string, lines: readonly TargetLine[], drug: string | null): Bilingual {
  if (lines.includes('drug') && drug !== null) {
    return {
      en: `Dose–response of ${drug} on sorted persister and untreated cells, with ${gene} knocked out as control of the target.`,
      fr: `Dose–réponse de ${drug} sur cellules persistantes triées et cellules non traitées, avec inactivation de ${gene} comme contrôle de la cible.`,
    };
  }
  if (lines.includes('regulator')) {
    return {
      en: `Loss of function of ${gene} (CRISPRi) before and during treatment, counting persister cells; rescue by the intact gene.`,
      fr: `Perte de fonction de ${gene} (CRISPRi) avant et pendant le traitement, en comptant les persistantes ; restauration par le gène intact.`,
    };
  }
  if (lines.includes('weakness')) {
    return {
      en: `Inducer of the axis on persister and untreated cells, with its rescue, with and without ${gene}.`,
      fr: `Inducteur de l’axe sur cellules persistantes et non traitées, avec son antidote, avec et sans ${gene}.`,
    };
  }
  if (lines.includes('surface')) {
    return {
      en: `${gene} by flow cytometry or immunohistochemistry on untreated and residual tumours; sorted ${gene}-high cells put back under the drug.`,
      fr: `${gene} en cytométrie ou immunohistochimie sur tumeurs non traitées et résiduelles ; cellules ${gene}-fortes triées, remises sous traitement.`,
    };
  }
  return {
    en: `${gene} protein on untreated and residual tumours of further patients, then its loss of function under treatment.`,
    fr: `Protéine ${gene} sur tumeurs non traitées et résiduelles d’autres patients, puis sa perte de fonction sous traitement.`,
  };
}
