import type { DesignFinding, MethodParagraph, StudyResult, Table, TruthScore } from '@remnant/engine';
import { cellTables } from './cell-tables.test-helper.js';
import { originTables } from './origin-tables.test-helper.js';
import { both, referenceClaims } from './reference-claims.test-helper.js';
import { fixtureTables } from './reference-tables.test-helper.js';
import { switchTables } from './switch-tables.test-helper.js';
import { targetTables } from './target-tables.test-helper.js';

const design: readonly DesignFinding[] = [
  {
    id: 'shared',
    level: 'ok',
    text: both(
      'A shared programme can be asked of 8 patients with both stages.',
      'Un programme commun peut être recherché chez 8 patients ayant les deux stades.',
    ),
  },
  {
    id: 'technology',
    level: 'note',
    text: both(
      'Three technologies; each patient has one, so effects are taken within patients.',
      'Trois technologies ; chaque patient n’en a qu’une, les effets sont donc estimés au sein des patients.',
    ),
  },
  {
    id: 'replicates',
    level: 'warning',
    text: both(
      'Five patients have one sample per stage: their AUC is only a sign.',
      'Cinq patients n’ont qu’un échantillon par stade : leur AUC n’est qu’un signe.',
    ),
  },
  {
    id: 'relapse',
    level: 'blocking',
    text: both(
      'Reversal cannot be asked of six patients: no relapse sample.',
      'La réversion ne peut être testée chez six patients : aucun échantillon de rechute.',
    ),
  },
];

const methods: readonly MethodParagraph[] = [
  {
    id: 'tmm',
    title: both('Normalisation', 'Normalisation'),
    text: both(
      'Library sizes were scaled by the trimmed mean of M values.',
      'Les tailles de banque ont été corrigées par la moyenne tronquée des valeurs M.',
    ),
    doi: ['10.1186/gb-2010-11-3-r25'],
  },
  {
    id: 'voom',
    title: both('Published-style model', 'Modèle de type publié'),
    text: both(
      'Log counts per million were fitted with observation weights and the patient as a fixed effect; variances were moderated by empirical Bayes.',
      'Les log de comptes par million ont été ajustés avec des poids par observation et le patient en effet fixe ; les variances ont été modérées par une méthode bayésienne empirique.',
    ),
    doi: ['10.1186/gb-2014-15-2-r29', '10.2202/1544-6115.1027'],
  },
];

const truth: TruthScore = {
  passed: false,
  lines: [
    {
      id: 'auroc',
      label: both('Shared-programme genes, AUROC', 'Gènes du programme commun, AUROC'),
      value: 0.982,
      shown: '0.982',
      target: '≥ 0.95',
      passed: true,
    },
    {
      id: 'rank',
      label: both('Planted regulator, rank', 'Régulateur introduit, rang'),
      value: 1,
      shown: '1',
      target: '= 1',
      passed: true,
    },
    {
      id: 'clonal',
      label: both('Clonal patient not called reversible', 'Patient clonal non déclaré réversible'),
      value: null,
      shown: 'partial',
      target: 'not returned',
      passed: false,
    },
  ],
};

/** A result of the reference study with plausible numbers, for tests and pictures. */
export function referenceStudy(genes?: number): StudyResult {
  return {
    schemaVersion: 1,
    cells: null,
    title: 'TNBC xenografts under chemotherapy',
    organism: 'human',
    summary: {
      nPatients: 8,
      nSamples: 87,
      nCells: 9812,
      nGenes: 9394,
      samplesPerStage: { untreated: 23, residual: 42, relapse: 22 },
      technologies: ['10x', 'bulk RNA-seq', 'microarray'],
      treatments: ['AC', 'capecitabine', 'carboplatin', 'cisplatin'],
      contrast: { from: 'untreated', to: 'residual', back: 'relapse' },
    },
    claims: referenceClaims,
    design,
    methods,
    warnings: [
      {
        code: 'intensities',
        message: '59 samples are microarray intensities: the mean–variance trend is an approximation for them.',
      },
    ],
    tables: allTables(genes),
    provenance: {
      remnantVersion: '0.1.0',
      seed: 1,
      options: {
        seed: 1,
        regulators: ['FOSL1'],
        markers: ['CD44'],
        pAdjustedMax: 1e-4,
        logFoldChangeMin: 0.5,
        fdr: 0.05,
        signatureSize: 100,
        reversalMargin: 0.2,
      },
      inputs: [{ path: 'samples.csv', bytes: 6120, sha256: 'a'.repeat(64) }],
      packs: [
        {
          name: 'collectri',
          version: '2023-11',
          sha256: 'b'.repeat(64),
          licence: 'see source',
          source: 'omnipathdb.org',
        },
      ],
    },
    truth: null,
  };
}

/** The same study as if it were simulated and scored against its truth. */
export function simulatedStudy(genes?: number): StudyResult {
  return { ...referenceStudy(genes), truth };
}

/** The tables of every part of a run, each once. */
function allTables(genes: number | undefined): readonly Table[] {
  const tables = [...fixtureTables(genes), ...cellTables(), ...originTables(), ...switchTables(), ...targetTables()];
  return tables.filter(({ name }, i) => tables.findIndex((table) => table.name === name) === i);
}
