import { keptPacks } from './kept-packs.js';
import type { KnownCopy, Pack, PackFile } from './pack.js';
import { targetPacks } from './target-packs.js';

const broad = 'https://data.broadinstitute.org/gsea-msigdb/msigdb/release';
const msigdb = 'https://www.gsea-msigdb.org/gsea/msigdb/human/collections.jsp';
const msigdbDoi = ['10.1073/pnas.0506580102', '10.1016/j.cels.2015.12.004'];

const collectri: Pack = {
  name: 'collectri',
  title: 'CollecTRI: signed transcription factor → target network',
  version: '2.0',
  licence: 'CC BY 4.0',
  source: 'https://zenodo.org/records/8192729',
  doi: ['10.1093/nar/gkad841'],
  role: 'regulons',
  files: [
    {
      name: 'CollecTRI_regulons.csv',
      alsoNamed: ['collectri_human_TF_target.csv.gz', 'TFs_network_CollecTRI.csv'],
      url: 'https://zenodo.org/records/8192729/files/CollecTRI_regulons.csv',
      parser: 'regulons',
      organism: 'human',
      required: true,
      known: [
        { sha256: '4473c9189dd53dacc80297709ad1452dda1086a1cc2185f9a56146c261668701', version: '2.0' },
        ...copies('as used by Baudre et al., 43,056 edges', [
          '68fc80ddd820086d49ab941aa24c8f3ea3f17ed182cc23b2a416a0e4877c7a6a',
          '40b5e9a48e788b97cd6326d88257fc3bb268de429cf48aa7d0b489ec858db775',
        ]),
      ],
    },
  ],
  byHand: null,
};

const trrust: Pack = {
  name: 'trrust',
  title: 'TRRUST: literature-curated transcription factor → target network',
  version: '2',
  licence: 'CC BY-SA 4.0',
  source: 'https://www.grnpedia.org/trrust/',
  doi: ['10.1093/nar/gkx1013'],
  role: 'regulons',
  files: [
    {
      ...trrustFile('human'),
      required: true,
      known: copies('2', ['780636801f71fc422cb425445dc80103777624b0e9dd3be721e31cbbd7f27916']),
    },
    {
      ...trrustFile('mouse'),
      required: false,
      known: copies('2', ['f8997dfa2397b52183f019a8975397b7faa5d1ca5971074e4ea03baacf10aca5']),
    },
  ],
  byHand: null,
};

const hallmark: Pack = {
  name: 'hallmark',
  title: 'MSigDB Hallmark gene sets',
  version: '7.0',
  licence: 'CC BY 4.0',
  source: msigdb,
  doi: msigdbDoi,
  role: 'gene-sets',
  files: [
    gmt(`${broad}/7.0/h.all.v7.0.symbols.gmt`, {
      alsoNamed: ['msigdb_hallmark_v7.0_human.gmt'],
      known: copies('7.0', ['4803c09aae50bbd96d53fc681bd5545a4c89278993c15145dd7b7c994f893516']),
    }),
  ],
  byHand: null,
};

const reactome: Pack = {
  name: 'reactome',
  title: 'Reactome pathways, as gene sets of MSigDB',
  version: '2023.1',
  licence: 'CC BY 4.0',
  source: msigdb,
  doi: [...msigdbDoi, '10.1093/nar/gkab1028'],
  role: 'gene-sets',
  files: [
    gmt(`${broad}/2023.1.Hs/c2.cp.reactome.v2023.1.Hs.symbols.gmt`, {
      alsoNamed: ['msigdb_reactome_v2023.1_human.gmt.gz'],
      known: copies('2023.1', [
        'c605faea5ff90a64d006f41260c1c8949eb4bd7d14ab86e0bb1b608c655b7512',
        '0828e1e23f706b51de20333c796e8880d933c0dde52d43a97ee54227bcc56838',
      ]),
    }),
  ],
  byHand: null,
};

const goBp: Pack = {
  name: 'go-bp',
  title: 'Gene Ontology biological processes, as gene sets of MSigDB',
  version: '6.2',
  licence: 'CC BY 4.0',
  source: msigdb,
  doi: [...msigdbDoi, '10.1038/75556'],
  role: 'gene-sets',
  files: [
    gmt(`${broad}/6.2/c5.bp.v6.2.symbols.gmt`, {
      alsoNamed: ['msigdb_go_bp_v6.2_human.gmt.gz'],
      known: copies('6.2', [
        'ac99402e20dec46cf0dfe5812bb4518bf72df90501ff1d4d529632e92c98032f',
        '01911b4af159fc56b10ab7445c72a3049a6f1b25d08da128a5d41757bd846159',
      ]),
    }),
  ],
  byHand: null,
};

const metaprograms: Pack = {
  name: 'metaprograms',
  title: 'Meta-programmes of intratumour heterogeneity (Curated Cancer Cell Atlas)',
  version: '2023',
  licence: 'MIT',
  source: 'https://github.com/tiroshlab/3ca/tree/main/ITH_hallmarks',
  doi: ['10.1038/s41586-023-06130-4'],
  role: 'meta-programmes',
  files: [
    compartment('Cancer', '4572539f5b4a8d30cc74914be839d1db6d551d23fb3436050b90464766b93777', 'gmt'),
    compartment('B_cells', '974a781606f158405568e3ee5e198e8e7c75c3d94ecf39e0b9cb3c7e0e9d0d76'),
    compartment('CD4_T_cells', '33d020661b968e0522cfdb2d60124d623fd4720aef51437f5c6b1688ceb804d6'),
    compartment('CD8_T_cells', '9b11180afd1a34599287ba89439a5538d9266896210b62634738ccd9518ac089'),
    compartment('Endothelial', '3148dedeb251f60d63c2c0eb75d5422d77061117ab1c0967f9b48a0fcebd1d83'),
    compartment('Epithelial', '94c3c9b6d2babe372126b4dbb78cee33c29186b35058f52168720f09d111a018'),
    compartment('Fibroblasts', '3865132c2d8a4c1eb71b603c854e0666b8a58fd92c067680c08b2d0083979bbd'),
    compartment('Macrophages', 'b4c6c4d3a8c8f41df00415358eae6b0f5616253659c879293db7d92e8fa22f1b'),
  ],
  byHand:
    'In R, read ITH_hallmarks/MPs_distribution/MP_list.RDS.gz of the source and write each compartment as a GMT file named Cancer.gmt, B_cells.gmt and so on (name, description, genes; tab-separated).',
};

const ferroptosis: Pack = {
  name: 'ferroptosis',
  title: 'Drivers and suppressors of ferroptosis (FerrDb) and the WikiPathways ferroptosis pathway',
  version: 'FerrDb 2, WikiPathways WP4313 of MSigDB 2023.2',
  licence: 'FerrDb: free for academic use; WikiPathways: CC0',
  source: 'http://www.zhounan.org/ferrdb/current/',
  doi: ['10.1093/nar/gkac935', '10.1093/nar/gkad960'],
  role: 'gene-sets',
  files: [
    {
      name: 'ferrdb_v2_human.csv',
      alsoNamed: [],
      url: null,
      parser: 'gene-classes',
      organism: 'human',
      required: true,
      known: copies('FerrDb 2', ['83a1d844cd6a0122b412752d4f74b25faca5187f5877619763005d8853e90361']),
    },
    {
      name: 'WP_FERROPTOSIS.v2023.2.Hs.tsv',
      alsoNamed: ['wikipathways_ferroptosis_msigdb_v2023.2.tsv'],
      url: null,
      parser: 'msigdb-tsv',
      organism: 'human',
      required: false,
      known: copies('WP4313 of MSigDB 2023.2', ['999ca0e964e1b5b8d3fc24eb78ff052fc7fd7ed0bcea9e472ee2e7a799232f05']),
    },
  ],
  byHand:
    'Download drivers and suppressors from FerrDb and write ferrdb_v2_human.csv with the columns gene and class (driver or suppressor).',
};

const states: Pack = {
  name: 'states',
  title: 'Cell-cycle, dissociation, quiescence and leukaemic-stemness gene sets',
  version: '2019',
  licence: 'MIT (Seurat cell cycle, dissociation); GPL-3 (quiescence)',
  source: 'https://github.com/satijalab/seurat',
  doi: ['10.1126/science.aad0501', '10.1038/nmeth.4437', '10.1186/s13059-023-02963-4', '10.1038/nature20598'],
  role: 'gene-sets',
  files: [
    {
      ...gmt('cell_state_small.gmt', {
        alsoNamed: [],
        known: copies('2019', ['9620f0761578cdf5f5baa570c405fca70787c5d09d9b27c7b3e0aaa0631b0e78']),
      }),
      url: null,
    },
    {
      name: 'lsc17_ng2016.csv',
      alsoNamed: [],
      url: null,
      parser: null,
      organism: 'human',
      required: false,
      known: copies('2016', ['c629c6bb9bdd64794ca82c4a689445b326e6f5c8271cfe0b87795e87d14a7efe']),
    },
  ],
  byHand: 'Write the sets of your choice as cell_state_small.gmt (name, description, genes; tab-separated).',
};

const surfaceome: Pack = {
  name: 'surfaceome',
  title: 'SURFY: proteins predicted at the cell surface',
  version: '2018',
  licence: 'supplementary data of the paper; cite it',
  source: 'https://wlab.ethz.ch/surfaceome/',
  doi: ['10.1073/pnas.1808790115', '10.1371/journal.pone.0121314'],
  role: 'surface',
  files: [
    {
      name: 'surfy_surfaceome_human.csv',
      alsoNamed: ['surfy_surfaceome_human.csv.gz'],
      url: null,
      parser: 'surfaceome',
      organism: 'human',
      required: true,
      known: copies('2018', ['2b5efd3aed8eaf6d137f748d1128bf87c161a9424a5dd5541d37d0125f64bd71']),
    },
    {
      name: 'cspa_surface_proteins_human.csv',
      alsoNamed: ['cspa_surface_proteins_human.csv.gz'],
      url: null,
      parser: null,
      organism: 'human',
      required: false,
      known: copies('2015', ['c0dc6742ea814ef948996a6ff991ea1cc48836b64ad012c6a6bee280cf33eaf0']),
    },
  ],
  byHand:
    'Download table_S3_surfaceome.xlsx from the source and save its sheet "in silico surfaceome only" as surfy_surfaceome_human.csv, with the row of column names ("UniProt gene", "Surfaceome Label" …) first.',
};

/** Every pack Remnant knows, in the order they are listed. */
export const packs: readonly Pack[] = [
  collectri,
  trrust,
  hallmark,
  reactome,
  goBp,
  metaprograms,
  ferroptosis,
  states,
  surfaceome,
  ...targetPacks,
  ...keptPacks,
];

/** Files whose content is known under one version. */
function copies(version: string, sha256: readonly string[]): KnownCopy[] {
  return sha256.map((hash) => ({ sha256: hash, version }));
}

function gmt(url: string, more: Pick<PackFile, 'alsoNamed' | 'known'>): PackFile {
  const name = url.slice(url.lastIndexOf('/') + 1);
  return { name, url, parser: 'gmt', organism: 'human', required: true, ...more };
}

function trrustFile(organism: 'human' | 'mouse'): Pick<PackFile, 'name' | 'alsoNamed' | 'url' | 'parser' | 'organism'> {
  return {
    name: `trrust_rawdata.${organism}.tsv`,
    alsoNamed: [`trrust_v2_${organism}.tsv.gz`],
    url: `https://www.grnpedia.org/trrust/data/trrust_rawdata.${organism}.tsv`,
    parser: 'regulons',
    organism,
  };
}

/** Meta-programmes of one compartment; those of the cancer cells are the ones compared with a persister programme. */
function compartment(name: string, sha256: string, parser: 'gmt' | null = null): PackFile {
  return {
    name: `${name}.gmt`,
    alsoNamed: [],
    url: null,
    parser,
    organism: 'human',
    required: parser !== null,
    known: copies('2023', [sha256]),
  };
}
