import type { Pack, PackFile, PackParser } from './pack.js';

/** Packs that say what can be reached with a drug, and what normal cells cannot spare. */
export const targetPacks: readonly Pack[] = [
  {
    name: 'essential',
    title: 'Core fitness genes, and genes essential in both the Broad and the Sanger screens',
    version: '2019',
    licence: 'supplementary data of the papers; cite them',
    source: 'https://doi.org/10.1038/s41467-019-13805-y',
    doi: ['10.1038/s41467-019-13805-y', '10.1038/s41586-019-1103-9'],
    role: 'essential',
    files: [
      file('core_fitness_genes.csv.gz', {
        sha256: '97849b18d1bd56847fd1cd3b573d0304062516a56859c8de19a30a4e8ce9fffd',
        parser: 'essential-genes',
      }),
      file('essential_genes_broad_sanger_2019.csv.gz', {
        sha256: 'e0de5e7dddabfbd6f1eaebeab9b77584082a7d9a87ae5b30402d6ab900d4f14e',
        parser: 'essential-genes',
        required: false,
      }),
    ],
    byHand: 'Save the supplementary tables of the two papers as CSV under these names.',
  },
  {
    name: 'adc',
    title: 'Antibody–drug conjugates against HER2 and TROP2, and their published pharmacokinetics',
    version: '2024',
    licence: 'GPL-3 (repository); digitised published figures',
    source: 'https://github.com/yuezheli/ADC-archives',
    doi: [],
    role: 'antibody-drugs',
    files: [
      file('adc_her2_trop2_7.csv', {
        sha256: 'f20969cd00fd76c0fe1905935836760859e8a56a45a81b91e632535fed642242',
        parser: 'antibody-drugs',
      }),
      pharmacokinetics('Lewis2024-clinicalPK.csv', 'fef72d5d1f97b9a4083fa775a92050b02628b2928abe2380564ffc8e3f4789a5'),
      pharmacokinetics('doi-2017_T-DXd_pk.csv', '38ed70660932a077d37061060abb5543c91cf3d0146a1a6aed24b296a31f1a32'),
      pharmacokinetics('girish-2012_T-DM1_pk.csv', '6044de430d4b8e3180881c80c9467a1d91fcd1090293949ed584ff672fc0be1f'),
    ],
    byHand: 'Transcribe the tables of the source as CSV under these names.',
  },
  {
    name: 'dgidb',
    title: 'DGIdb: drug–gene interactions with their direction and approval',
    version: '5.0',
    licence: 'MIT (software); interactions under the licences of their sources',
    source: 'https://dgidb.org/downloads',
    doi: ['10.1093/nar/gkad1040'],
    role: 'drug-genes',
    files: [table('interactions.tsv', 'drug-genes', 'human')],
    byHand: 'Download interactions.tsv from the source.',
  },
  {
    name: 'drug-signatures',
    title: 'Signatures of drugs or perturbations of your choice: drug, gene, effect',
    version: 'your own',
    licence: 'that of their source',
    source: 'https://clue.io',
    doi: ['10.1016/j.cell.2017.10.049'],
    role: 'drug-signatures',
    files: [table('drug_signatures.csv', 'drug-signatures', null)],
    byHand:
      'Write drug_signatures.csv with one row per drug and gene and the columns drug, gene and effect (log2 fold change or z score, treated against control), and if known status and source.',
  },
];

function file(
  name: string,
  { sha256, parser, required = true }: { sha256: string; parser: PackParser; required?: boolean },
): PackFile {
  const plain = name.replace(/\.gz$/, '');
  return {
    name,
    alsoNamed: plain === name ? [] : [plain],
    url: null,
    parser,
    organism: 'human',
    required,
    known: [{ sha256, version: 'as checked by Remnant' }],
  };
}

function pharmacokinetics(name: string, sha256: string): PackFile {
  return { ...file(name, { sha256, parser: null, required: false }), organism: null };
}

/** A table no checksum is known of: the one met first is recorded. */
function table(name: string, parser: PackParser, organism: PackFile['organism']): PackFile {
  return { name, alsoNamed: [`${name}.gz`], url: null, parser, organism, required: true, known: [] };
}
