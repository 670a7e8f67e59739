import type { Pack, PackFile } from './pack.js';

/** Packs that can be installed and verified, and that no step of this version reads. */
export const keptPacks: readonly Pack[] = [
  {
    name: 'progeny',
    title: 'PROGENy: pathway-responsive genes with weights',
    version: '2018',
    licence: 'Apache-2.0 (package); see source for data',
    source: 'https://github.com/saezlab/progeny',
    doi: ['10.1038/s41467-017-02391-6'],
    role: 'kept',
    files: [
      file('progeny_human_top100.csv.gz', '4368524fea8291d4c0fb73667ad2e57dbbaacafb26dc295c74719e9418b2d2e7', 'human'),
      optional(
        'progeny_mouse_top100.csv.gz',
        '81386aa3beadb9f9d55ebf244972041c75ee378c85b69ada78b8fca87ff10a2d',
        'mouse',
      ),
      optional(
        'progeny_mouse_full_top500.csv.gz',
        'e59b5bde42cc24267ae15f4bcefea9b112e7ad33356f5c57ff5fe5affc9060c6',
        'mouse',
      ),
    ],
    byHand: 'In R, write the models of the progeny package as CSV (gene, pathway, weight).',
  },
  {
    name: 'essential',
    title: 'Core fitness genes, and genes essential in both the Broad and the Sanger screens',
    version: '2019',
    licence: 'supplementary data of the papers; cite them',
    source: 'https://doi.org/10.1038/s41467-019-13805-y',
    doi: ['10.1038/s41467-019-13805-y', '10.1038/s41586-019-1103-9'],
    role: 'kept',
    files: [
      file('core_fitness_genes.csv.gz', '97849b18d1bd56847fd1cd3b573d0304062516a56859c8de19a30a4e8ce9fffd', 'human'),
      optional(
        'essential_genes_broad_sanger_2019.csv.gz',
        'e0de5e7dddabfbd6f1eaebeab9b77584082a7d9a87ae5b30402d6ab900d4f14e',
        'human',
      ),
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
    role: 'kept',
    files: [
      file('adc_her2_trop2_7.csv', 'f20969cd00fd76c0fe1905935836760859e8a56a45a81b91e632535fed642242', null),
      optional('Lewis2024-clinicalPK.csv', 'fef72d5d1f97b9a4083fa775a92050b02628b2928abe2380564ffc8e3f4789a5', null),
      optional('doi-2017_T-DXd_pk.csv', '38ed70660932a077d37061060abb5543c91cf3d0146a1a6aed24b296a31f1a32', null),
      optional('girish-2012_T-DM1_pk.csv', '6044de430d4b8e3180881c80c9467a1d91fcd1090293949ed584ff672fc0be1f', null),
    ],
    byHand: 'Transcribe the tables of the source as CSV under these names.',
  },
  {
    name: 'genes',
    title: 'Ensembl genes of human and mouse, for checking the built-in gene tables',
    version: 'GRCh38, GRCm38',
    licence: 'Ensembl: open data',
    source: 'https://www.ensembl.org',
    doi: ['10.1093/nar/gkab1049'],
    role: 'kept',
    files: [
      file('ensembl_grch38_genes.csv.gz', 'a1b4910cdff6cf9f9ab3a9d6c52bc5b92c766fea49c25dc9eeff6a4117d666f6', 'human'),
      optional(
        'ensembl_grcm38_genes.csv.gz',
        '8121e2f90814e249950fa5a4ed77bf01199c5e99eb484a98b77ce0508c671bcd',
        'mouse',
      ),
    ],
    byHand:
      'Export ensgene, entrez, symbol, chr, start, end, strand, biotype and description from Ensembl BioMart as CSV.',
  },
];

function file(name: string, sha256: string, organism: PackFile['organism']): PackFile {
  const plain = name.replace(/\.gz$/, '');
  return {
    name,
    alsoNamed: plain === name ? [] : [plain],
    url: null,
    parser: null,
    organism,
    required: true,
    known: [{ sha256, version: 'as checked by Remnant' }],
  };
}

function optional(name: string, sha256: string, organism: PackFile['organism']): PackFile {
  return { ...file(name, sha256, organism), required: false };
}
