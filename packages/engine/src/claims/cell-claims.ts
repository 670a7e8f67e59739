import type { CellAnalysis } from './analysis.js';
import type { Claim, ClaimLine } from './claim.js';
import { minimumPatients, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** Everything said about the cells themselves; nothing without single-cell samples. */
export function cellClaims(found: CellAnalysis | null): readonly Claim[] {
  return found === null ? [] : [goodCellsClaim(found), abundanceClaim(found)];
}

/** Which cells are tumour, good, single? */
function goodCellsClaim({ quality, tumour, cells }: CellAnalysis): Claim {
  const barcodes = quality.reduce((sum, q) => sum + q.nBarcodes, 0);
  const good = cells.barcodes.length;
  const counted = tumour.reduce((sum, one) => sum + one, 0);
  const empty = quality.filter((q) => q.nKept === 0);
  const removed = (filter: string): number =>
    quality.reduce((sum, q) => sum + (q.rows.find((row) => row.filter === filter)?.removed ?? 0), 0);
  return {
    id: 'cells.good',
    step: 'cells',
    question: both((w) =>
      w.pick('Which cells are tumour, good and single?', 'Quelles cellules sont tumorales, bonnes et uniques ?'),
    ),
    sentence: both((w) => {
      const lost = w.pick(
        `host species ${w.given(removed('tumour-species'))}, empty droplets ${w.given(removed('empty-droplets'))}, counts or genes ${w.given(removed('total-counts') + removed('detected-genes'))}, mitochondrial ${w.given(removed('mitochondrial'))}, doublets ${w.given(removed('doublets'))}`,
        `espèce hôte ${w.given(removed('tumour-species'))}, gouttes vides ${w.given(removed('empty-droplets'))}, comptages ou gènes ${w.given(removed('total-counts') + removed('detected-genes'))}, mitochondrie ${w.given(removed('mitochondrial'))}, doublets ${w.given(removed('doublets'))}`,
      );
      return w.pick(
        `${w.count(good, ['good cell', 'good cells'], ['', ''])} of ${w.count(barcodes, ['barcode', 'barcodes'], ['', ''])}; ${w.count(counted, ['counts', 'count'], ['', ''])} as tumour. Removed: ${lost}.${empty.length === 0 ? '' : ` No good cell in ${w.list(empty.map((q) => q.sample))}.`}`,
        `${w.count(good, ['', ''], ['bonne cellule', 'bonnes cellules'])} sur ${w.count(barcodes, ['', ''], ['code-barres', 'codes-barres'])} ; ${w.count(counted, ['', ''], ['compte comme tumorale', 'comptent comme tumorales'])}. Écartées : ${lost}.${empty.length === 0 ? '' : ` Aucune bonne cellule dans ${w.list(empty.map((q) => q.sample))}.`}`,
      );
    }),
    verdict: good === 0 ? 'not testable' : empty.length === 0 ? 'supported' : 'not supported',
    numbers: [
      plainNumber('Barcodes', 'Codes-barres', barcodes),
      plainNumber('Good cells', 'Bonnes cellules', good),
      plainNumber('Good cells that count as tumour', 'Bonnes cellules comptées comme tumorales', counted),
    ],
    patients: null,
    control: both((w) =>
      w.pick(
        'Limits are set sample by sample and printed; each barcode has one reason for its removal. Marker genes name a normal cell only on positive evidence: no cell is called malignant from markers.',
        'Les limites sont fixées échantillon par échantillon et imprimées ; chaque code-barres écarté l’est pour une seule raison. Les marqueurs ne nomment une cellule normale que sur preuve positive : aucune n’est dite maligne par ses marqueurs.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Copy number or mutations per cell, to tell tumour from normal cells of the same lineage; genotypes or hashing, to see doublets of like cells.',
        'Le nombre de copies ou des mutations par cellule, pour distinguer la tumeur des cellules normales de même lignée ; des génotypes ou un marquage, pour voir les doublets de cellules semblables.',
      ),
    ),
    lines: [],
    tables: ['cell_filters', 'cell_quality', 'cell_labels', 'cells'],
    figures: ['cell-filters', 'cell-map-stages', 'cell-map-patients', 'cell-map-labels'],
  };
}

/** Where do cells gather under treatment? */
function abundanceClaim({ abundance, clusters, embedding }: CellAnalysis): Claim {
  const called = clusters?.tests.filter((test) => test.direction !== 0) ?? [];
  const patients = new Set(abundance?.units.map((unit) => unit.patient) ?? []).size;
  const testable = abundance?.status === 'ok' && patients >= minimumPatients;
  const moved = (abundance?.nGained ?? 0) + (abundance?.nLost ?? 0);
  const reason = embedding.status === 'ok' ? (abundance?.reasons ?? []) : embedding.reasons;
  return {
    id: 'cells.abundance',
    step: 'cells',
    question: both((w) =>
      w.pick(
        'Do cells gather elsewhere under treatment?',
        'Les cellules se rassemblent-elles ailleurs sous traitement ?',
      ),
    ),
    sentence: both((w) => {
      if (!testable) {
        return w.pick(
          `This could not be tested: ${reason.join('; ') || 'too few patients have cells at both stages'}.`,
          'Cela n’a pas pu être testé : trop peu de patients ont des cellules aux deux stades, ou aucune représentation n’a été calculée.',
        );
      }
      const all = abundance.neighbourhoods.indexCells.length;
      return w.pick(
        `${w.count(abundance.nGained, ['neighbourhood gains', 'neighbourhoods gain'], ['', ''])} cells and ${w.given(abundance.nLost)} lose them, of ${w.given(all)}, over ${w.count(patients, ['patient', 'patients'], ['', ''])}; ${clusterWords(w, called)}.`,
        `${w.count(abundance.nGained, ['', ''], ['voisinage gagne', 'voisinages gagnent'])} des cellules et ${w.given(abundance.nLost)} en perdent, sur ${w.given(all)}, chez ${w.count(patients, ['', ''], ['patient', 'patients'])} ; ${clusterWords(w, called)}.`,
      );
    }),
    verdict: !testable ? 'not testable' : moved > 0 ? 'supported' : 'not supported',
    numbers: [
      plainNumber('Neighbourhoods that gain cells', 'Voisinages qui gagnent des cellules', abundance?.nGained ?? null),
      plainNumber('Neighbourhoods that lose cells', 'Voisinages qui perdent des cellules', abundance?.nLost ?? null),
      plainNumber('Clusters called', 'Groupes retenus', clusters === null ? null : called.length),
    ],
    patients: null,
    control: both((w) =>
      w.pick(
        'Cells are counted per patient and stage and each patient compared with itself: thousands of cells of one patient are one number. With labels exchanged within patients the same test stays below its false-discovery rate (method page).',
        'Les cellules sont comptées par patient et par stade, chaque patient comparé à lui-même : des milliers de cellules d’un patient font un seul nombre. Avec des étiquettes échangées au sein des patients, le même test reste sous son taux de fausses découvertes (page de méthode).',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'More patients: neighbourhoods shared by few patients cannot be called.',
        'Plus de patients : un voisinage que peu partagent ne peut être retenu.',
      ),
    ),
    lines: called.map(
      (test): ClaimLine => ({
        id: test.label,
        label: { en: test.label, fr: test.label.replace('cluster', 'groupe') },
        verdict: 'supported',
        sentence: both((w) =>
          w.pick(
            `${w.number(100 * test.meanFrom, 1)} % of cells before treatment, ${w.number(100 * test.meanTo, 1)} % under it (adjusted P ${w.pValue(test.pAdjusted)}).`,
            `${w.number(100 * test.meanFrom, 1)} % des cellules avant traitement, ${w.number(100 * test.meanTo, 1)} % sous traitement (P ajusté ${w.pValue(test.pAdjusted)}).`,
          ),
        ),
      }),
    ),
    tables: ['abundance', 'cluster_tests', 'cluster_samples'],
    figures: ['abundance-map', 'cluster-changes'],
  };
}

function clusterWords(w: Words, called: readonly unknown[]): string {
  return w.pick(
    called.length === 0
      ? 'no cluster changes its share'
      : w.count(called.length, ['cluster changes its share', 'clusters change their share'], ['', '']),
    called.length === 0
      ? 'aucun groupe ne change de part'
      : w.count(called.length, ['', ''], ['groupe change de part', 'groupes changent de part']),
  );
}
