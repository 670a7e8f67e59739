import type { CellAnalysis } from './analysis.js';
import type { MethodParagraph } from './results.js';
import { both } from './words.js';

/** The methods on single cells in words; none without single-cell samples. */
export function cellMethods(found: CellAnalysis | null): readonly (MethodParagraph | null)[] {
  if (found === null) return [];
  const { embedding, abundance, persisters } = found;
  return [
    {
      id: 'cell-quality',
      title: both((w) => w.pick('Good cells', 'Bonnes cellules')),
      text: both((w) =>
        w.pick(
          'Sample by sample: species split of xenografts, empty droplets of raw matrices, limits on counts, detected genes and mitochondrial share, doublets by simulated neighbours. Normal cells are named by lineage markers on positive evidence only; the user’s own labels go first. Summed samples hold good cells that count as tumour.',
          'Échantillon par échantillon : séparation des espèces des xénogreffes, gouttes vides des matrices brutes, limites sur les comptages, les gènes détectés et la part mitochondriale, doublets par voisins simulés. Les cellules normales ne sont nommées par leurs marqueurs de lignée que sur preuve positive ; les étiquettes de l’utilisateur priment. Les échantillons sommés contiennent les bonnes cellules comptées comme tumorales.',
        ),
      ),
      doi: ['10.1093/bioinformatics/btw777', '10.1186/s13059-019-1662-y', '10.1016/j.cels.2018.11.005'],
    },
    embedding.status !== 'ok'
      ? null
      : {
          id: 'cell-view',
          title: both((w) => w.pick('View of the cells', 'Représentation des cellules')),
          text: both((w) =>
            w.pick(
              `Log-normalised counts of ${String(embedding.variableGenes.length)} variable genes, ${String(embedding.components.shape[1])} principal components, ${embedding.corrected === null ? '' : 'differences between patients taken out by mutual nearest neighbours, '}neighbours, clusters of the graph of shared neighbours and UMAP, computed by ${embedding.kernels.name} ${embedding.kernels.version}. A view: no claim about patients rests on it alone.`,
              `Comptages log-normalisés de ${String(embedding.variableGenes.length)} gènes variables, ${String(embedding.components.shape[1])} composantes principales, ${embedding.corrected === null ? '' : 'différences entre patients ôtées par voisins mutuels, '}voisins, groupes du graphe des voisins communs et UMAP, calculés par ${embedding.kernels.name} ${embedding.kernels.version}. Une représentation : aucun énoncé sur les patients ne repose sur elle seule.`,
            ),
          ),
          doi: ['10.1186/s13059-016-0947-7', '10.21105/joss.00861'],
        },
    abundance === null
      ? null
      : {
          id: 'abundance',
          title: both((w) => w.pick('Abundance', 'Abondance')),
          text: both((w) =>
            w.pick(
              `Cells of sampled neighbourhoods are counted per patient and stage and tested with the patient as block (voom, moderated t); spatial false-discovery rate ${w.given(abundance.fdr)}. Cluster fractions are compared within patients on the logit scale.`,
              `Les cellules de voisinages échantillonnés sont comptées par patient et par stade et testées avec le patient en bloc (voom, t modéré) ; taux spatial de fausses découvertes de ${w.given(abundance.fdr)}. Les parts des groupes sont comparées au sein des patients sur l’échelle logit.`,
            ),
          ),
          doi: ['10.1038/s41587-021-01033-z', '10.1093/bioinformatics/btac582'],
        },
    found.metaProgrammes === null
      ? null
      : {
          id: 'meta-programmes',
          title: both((w) => w.pick('Programmes without labels', 'Programmes sans étiquettes')),
          text: both((w) =>
            w.pick(
              'Each sample is factorised by consensus non-negative matrix factorisation at several ranks. Programmes that return at another rank and in another patient are merged into meta-programmes; how many is judged on patients left out. Each is tested between stages with one difference per patient (Hartung–Knapp) and compared with published and curated sets.',
              'Chaque échantillon est factorisé par factorisation matricielle non négative consensuelle à plusieurs rangs. Les programmes qui reviennent à un autre rang et chez un autre patient sont réunis en méta-programmes ; leur nombre est jugé sur des patients mis de côté. Chacun est testé entre stades avec une différence par patient (Hartung–Knapp) et comparé à des jeux publiés et choisis.',
            ),
          ),
          doi: ['10.7554/eLife.43803', '10.1038/s41586-023-06130-4'],
        },
    {
      id: 'persister-calls',
      title: both((w) => w.pick('Persister cells', 'Cellules persistantes')),
      text: both((w) =>
        w.pick(
          `Each patient is called with the programme of the other patients (cycle, dissociation, stress and mitochondrial genes left out): a likelihood ratio of the cell’s counts, a two-state mixture anchored in the patient’s own untreated cells, calls at a false-discovery rate of ${w.given(persisters.fdr)} within each sample. Controls: labels shuffled within patients, random genes of like expression, adjustment for confounders, untreated cells given the programme by hand. Fractions carry the sampling of cells and, where there are replicates, the variation between them.`,
          `Chaque patient est évalué avec le programme des autres (sans les gènes du cycle, de la dissociation, du stress et de la mitochondrie) : rapport de vraisemblance des comptages de la cellule, mélange à deux états ancré dans les cellules non traitées du patient lui-même, appels à un taux de fausses découvertes de ${w.given(persisters.fdr)} dans chaque échantillon. Contrôles : étiquettes permutées au sein des patients, gènes aléatoires d’expression semblable, ajustement pour les facteurs de confusion, cellules non traitées dotées du programme à la main. Les fractions portent l’échantillonnage des cellules et, avec des réplicats, leur variation.`,
        ),
      ),
      doi: ['10.1093/biostatistics/5.2.155'],
    },
  ];
}
