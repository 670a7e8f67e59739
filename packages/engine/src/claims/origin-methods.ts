import type { OriginAnalysis } from './analysis.js';
import type { MethodParagraph } from './results.js';
import { both } from './words.js';

/** The methods on the origin of the persister state in words; none without a genetic source. */
export function originMethods({ lineages, copyNumber, alarm }: OriginAnalysis): readonly (MethodParagraph | null)[] {
  return [
    lineages === null
      ? null
      : {
          id: 'lineages',
          title: both((w) => w.pick('Lineage barcodes', 'Codes-barres de lignage')),
          text: both((w) =>
            w.pick(
              'Clones per sample with Shannon’s effective number and richness rarefied to one number of cells; below 50 barcoded cells a sample is insufficient. A later stage against an earlier one: ratio of rarefied richness with interval, Morisita’s overlap. Clone against state: agreement of sister cells against permutations within samples.',
              'Clones par échantillon, nombre effectif de Shannon et richesse raréfiée à un même nombre de cellules ; sous 50 cellules à code-barres un échantillon est insuffisant. Un stade contre un stade antérieur : rapport des richesses raréfiées avec intervalle, recouvrement de Morisita. Clone contre état : accord des cellules sœurs contre des permutations au sein des échantillons.',
            ),
          ),
          doi: ['10.2307/1934145', '10.1093/jpe/rtr044'],
        },
    copyNumber === null
      ? null
      : {
          id: 'copy-number',
          title: both((w) => w.pick('Copy number from expression', 'Nombre de copies d’après l’expression')),
          text: both((w) =>
            w.pick(
              'Expression of each cell against normal cells of the patient, or against its untreated cells where there are too few; clones by splits that hold on genes without a part in them; loss, neutral or gain per arm and segment with posterior probability, on summed cells. Genes of the persister programme take no part. A quiet genome, few cells, low depth or no reference give no call. An alteration is against the reference: with untreated cells, only what changed since then.',
              'Expression de chaque cellule par rapport aux cellules normales du patient ou, si elles sont trop peu, à ses cellules non traitées ; clones par partages qui tiennent sur des gènes n’y ayant pas servi ; perte, neutre ou gain par bras et segment avec probabilité a posteriori, sur les cellules sommées. Les gènes du programme persistant en sont exclus. Génome calme, peu de cellules, faible profondeur ou absence de référence : pas d’appel. Une altération l’est par rapport à la référence : avec des cellules non traitées, seulement ce qui a changé depuis.',
            ),
          ),
          doi: ['10.1126/science.1254257', '10.1101/gr.228080.117'],
        },
    alarm === null
      ? null
      : {
          id: 'genetic-alarm',
          title: both((w) => w.pick('Genetic alarm', 'Alerte génétique')),
          text: both((w) =>
            w.pick(
              'Per patient and genetic source: is the persister state tied to a clone, an arm or a variant (permutations within samples, corrected for all labels looked at), and were the clones kept between the stages? Selection: most clones were replaced, or most persisters share one label. Adaptation: clones were kept and the state goes with none, or most cells entered it. The alarm is raised by a tie at P ≤ 0.01 or by lost clones.',
              'Par patient et source génétique : l’état persistant est-il lié à un clone, un bras ou un variant (permutations au sein des échantillons, corrigées pour toutes les étiquettes examinées), et les clones ont-ils été conservés entre les stades ? Sélection : la plupart des clones remplacés, ou la plupart des persistantes partagent une étiquette. Adaptation : clones conservés, état lié à aucun, ou entrée de la plupart des cellules. L’alerte est levée par un lien à P ≤ 0,01 ou par des clones perdus.',
            ),
          ),
          doi: ['10.1093/biomet/53.3-4.447'],
        },
  ];
}
