import { stageName } from '../study/wording.js';
import type { Analysis } from './analysis.js';
import { cellMethods } from './cell-methods.js';
import { originMethods } from './origin-methods.js';
import type { MethodParagraph } from './results.js';
import { both } from './words.js';

/** The methods of a run in words, as a paper would state them, with the options used. */
export function methodsText(analysis: Analysis): readonly MethodParagraph[] {
  const { options, study } = analysis;
  const { from, to, back } = study.contrast;
  const paragraphs: (MethodParagraph | null)[] = [
    {
      id: 'expression',
      title: both((w) => w.pick('Expression', 'Expression')),
      text: both((w) =>
        w.pick(
          'Cells are summed per sample; tables are used as given, log2 values taken back to linear. Gene names are reconciled and the genes measured in every sample kept. Library sizes are scaled by TMM; log2 counts per million carry voom weights.',
          'Les cellules sont sommées par échantillon ; les tables sont prises telles quelles, les valeurs log2 ramenées à l’échelle linéaire. Les noms de gènes sont harmonisés et seuls les gènes mesurés partout sont gardés. Les tailles de librairie sont ajustées par TMM ; les log2 de coups par million portent les poids de voom.',
        ),
      ),
      doi: ['10.1186/gb-2010-11-3-r25', '10.1186/gb-2014-15-2-r29'],
    },
    ...cellMethods(analysis.cells),
    {
      id: 'model-of-all-samples',
      title: both((w) => w.pick('Model of all samples', 'Modèle de tous les échantillons')),
      text: both((w) =>
        w.pick(
          `One linear model per gene with stage and patient as fixed effects; contrast ${stageName(to, w)} minus ${stageName(from, w)}; empirical-Bayes moderated t; Benjamini–Hochberg. Genes are called at adjusted P < ${String(options.pAdjustedMax)} and |log2 fold change| > ${String(options.logFoldChangeMin)}. Standard errors are those of limma's contrasts.fit, as published; with observation weights they are approximate, and the claim also counts calls with exact ones. The unit here is the sample.`,
          `Un modèle linéaire par gène, stade et patient en effets fixes ; contraste ${stageName(to, w)} moins ${stageName(from, w)} ; t modéré par Bayes empirique ; Benjamini–Hochberg. Un gène est retenu si P ajusté < ${w.given(options.pAdjustedMax)} et |log2 du rapport| > ${w.given(options.logFoldChangeMin)}. Les erreurs types sont celles de contrasts.fit (limma), comme publié ; avec des poids d’observation elles sont approchées, et l’énoncé compte aussi les gènes retenus avec les erreurs exactes. L’unité est ici l’échantillon.`,
        ),
      ),
      doi: ['10.2202/1544-6115.1027', '10.1111/j.2517-6161.1995.tb02031.x'],
    },
    {
      id: 'patient-level',
      title: both((w) => w.pick('Patient-level estimate', 'Estimation au niveau du patient')),
      text: both((w) =>
        w.pick(
          'One effect per gene and patient, pooled with equal weights; Hartung–Knapp intervals; variance between patients by REML. Genes are ranked by the moderated t over patients.',
          'Un effet par gène et par patient, réunis à poids égaux ; intervalles de Hartung–Knapp ; variance entre patients par REML. Les gènes sont classés par le t modéré sur les patients.',
        ),
      ),
      doi: ['10.1002/sim.1482'],
    },
    {
      id: 'vote',
      title: both((w) => w.pick('Vote of the patients', 'Vote des patients')),
      text: both((w) =>
        w.pick(
          `Patients with a change of at least ${String(options.logFoldChangeMin)} log2 in one direction are counted per gene; the null permutes stage labels within patient ${String(options.permutations)} times.`,
          `On compte par gène les patients dont la variation atteint ${w.given(options.logFoldChangeMin)} log2 dans un sens ; l’hypothèse nulle permute ${String(options.permutations)} fois les étiquettes de stade au sein de chaque patient.`,
        ),
      ),
      doi: [],
    },
    {
      id: 'leave-one-patient-out',
      title: both((w) => w.pick('Leave one patient out', 'Un patient exclu à la fois')),
      text: both((w) =>
        w.pick(
          `The signature (${String(options.signatureSize)} genes up, ${String(options.signatureSize)} down) is learned again without each patient and scored on that patient's samples; random genes of like expression give its null.`,
          `La signature (${String(options.signatureSize)} gènes augmentés, ${String(options.signatureSize)} diminués) est réapprise sans chaque patient puis mesurée sur ses échantillons ; des gènes aléatoires d’expression semblable en donnent l’hypothèse nulle.`,
        ),
      ),
      doi: ['10.1093/nar/gks461'],
    },
    analysis.enrichment.length === 0
      ? null
      : {
          id: 'gene-sets',
          title: both((w) => w.pick('Gene sets', 'Jeux de gènes')),
          text: both((w) =>
            w.pick(
              'Preranked enrichment of the moderated t with random gene sets; overlap of called genes with the meta-programmes by the hypergeometric distribution.',
              'Enrichissement préclassé du t modéré, avec jeux de gènes aléatoires ; recouvrement des gènes retenus avec les méta-programmes par la loi hypergéométrique.',
            ),
          ),
          doi: ['10.1073/pnas.0506580102', '10.1038/s41586-023-06130-4'],
        },
    analysis.regulators === null
      ? null
      : {
          id: 'regulators',
          title: both((w) => w.pick('Regulators', 'Régulateurs')),
          text: both((w) =>
            w.pick(
              'Activity by univariate and multivariate linear models and by weighted sums of signed targets, and their consensus; the permutation null keeps the size and overlap of regulons.',
              'Activité par modèles linéaires univarié et multivarié et par sommes pondérées des cibles signées, et leur consensus ; l’hypothèse nulle par permutation garde la taille et le recouvrement des régulons.',
            ),
          ),
          doi: ['10.1093/bioadv/vbac016', '10.1093/nar/gkad841'],
        },
    ...originMethods(analysis.origin),
    {
      id: 'reversal',
      title: both((w) => w.pick('Reversal', 'Réversion')),
      text: both((w) =>
        w.pick(
          `Per patient, 1 − ⟨R − U, P − U⟩ / |P − U|² over all genes, with U ${stageName(from, w)}, P ${stageName(to, w)} and R ${stageName(back, w)}. Intervals resample replicates, or blocks of cells where there are none (technical only). The verdict is read from the index with replicate noise taken out.`,
          `Par patient, 1 − ⟨R − U, P − U⟩ / |P − U|² sur tous les gènes, avec U ${stageName(from, w)}, P ${stageName(to, w)} et R ${stageName(back, w)}. Les intervalles rééchantillonnent les réplicats ou, à défaut, des blocs de cellules (technique seulement). Le verdict se lit sur l’indice débarrassé du bruit entre réplicats.`,
        ),
      ),
      doi: [],
    },
  ];
  return paragraphs.filter((paragraph) => paragraph !== null);
}
