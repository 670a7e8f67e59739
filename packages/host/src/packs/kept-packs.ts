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
