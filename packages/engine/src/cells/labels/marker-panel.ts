/** Normal cells of a tumour that markers can name. */
export type NormalCellLineage =
  | 'T/NK cell'
  | 'B/plasma cell'
  | 'myeloid cell'
  | 'mast cell'
  | 'erythroid cell'
  | 'endothelial cell'
  | 'fibroblast/pericyte';

/** Lineages tumours keep. Their markers speak against a call of another lineage and are never evidence of malignancy. */
export type TumourHintLineage = 'epithelial' | 'melanocytic' | 'neural/glial';

/** A lineage of the panel. */
export type PanelLineage = NormalCellLineage | TumourHintLineage;

/** One marker with the work that uses it for the lineage. */
export interface LineageMarker {
  readonly lineage: PanelLineage;
  readonly gene: string;
  readonly reason: string;
  readonly doi: readonly string[];
}

/** Tirosh et al. 2016, Science 352:189: cells of melanomas. */
const tirosh = '10.1126/science.aad0501';
/** Puram et al. 2017, Cell 171:1611: cells of head and neck carcinomas. */
const puram = '10.1016/j.cell.2017.10.044';
/** Neftel et al. 2019, Cell 178:835: cells of glioblastomas. */
const neftel = '10.1016/j.cell.2019.06.024';
/** Franzén et al. 2019, Database baz046: PanglaoDB, markers of cell types over many data sets. */
const panglao = '10.1093/database/baz046';

/**
 * Markers of the normal cells of a tumour, and of the lineages tumours come from. Left out on purpose: genes that carcinoma
 * cells raise in a mesenchymal or stressed state, as persisters do (VIM, FN1, ACTA2, TAGLN, THY1, CD44, S100A8, S100A9, MHC class II).
 */
export const markerPanel: readonly LineageMarker[] = [
  marker('T/NK cell', 'PTPRC', 'CD45, on every white blood cell', tirosh),
  marker('T/NK cell', 'CD2', 'adhesion receptor of T and NK cells', tirosh, puram),
  marker('T/NK cell', 'CD3D', 'T-cell receptor complex', tirosh, puram),
  marker('T/NK cell', 'CD3E', 'T-cell receptor complex', tirosh, puram),
  marker('T/NK cell', 'CD3G', 'T-cell receptor complex', tirosh, puram),
  marker('T/NK cell', 'CD8A', 'co-receptor of cytotoxic T cells', tirosh, puram),
  marker('T/NK cell', 'TRAC', 'constant region of the T-cell receptor', panglao),
  marker('T/NK cell', 'IL7R', 'receptor of naive and memory T cells', panglao),
  marker('T/NK cell', 'NKG7', 'granules of cytotoxic cells', tirosh),
  marker('T/NK cell', 'KLRD1', 'CD94, receptor of NK cells', panglao),
  marker('B/plasma cell', 'PTPRC', 'CD45, on every white blood cell', tirosh),
  marker('B/plasma cell', 'CD19', 'B-cell co-receptor', tirosh, puram),
  marker('B/plasma cell', 'CD79A', 'B-cell receptor complex', tirosh, puram),
  marker('B/plasma cell', 'CD79B', 'B-cell receptor complex', tirosh, puram),
  marker('B/plasma cell', 'MS4A1', 'CD20', panglao),
  marker('B/plasma cell', 'BANK1', 'B-cell scaffold protein', panglao),
  marker('B/plasma cell', 'MZB1', 'chaperone of antibodies in plasma cells', panglao),
  marker('B/plasma cell', 'JCHAIN', 'joining chain of antibodies', panglao),
  marker('B/plasma cell', 'TNFRSF17', 'BCMA, receptor of plasma cells', panglao),
  marker('myeloid cell', 'PTPRC', 'CD45, on every white blood cell', tirosh),
  marker('myeloid cell', 'CD14', 'receptor for lipopolysaccharide of monocytes', tirosh, neftel),
  marker('myeloid cell', 'CD68', 'lysosomes of macrophages', tirosh),
  marker('myeloid cell', 'CD163', 'scavenger receptor of macrophages', tirosh, puram),
  marker('myeloid cell', 'CSF1R', 'growth-factor receptor of macrophages', tirosh, neftel),
  marker('myeloid cell', 'AIF1', 'IBA1, macrophages and microglia', neftel),
  marker('myeloid cell', 'TYROBP', 'adaptor of myeloid receptors', neftel),
  marker('myeloid cell', 'FCER1G', 'adaptor of Fc receptors', neftel),
  marker('myeloid cell', 'C1QA', 'complement made by macrophages', panglao),
  marker('myeloid cell', 'C1QB', 'complement made by macrophages', panglao),
  marker('myeloid cell', 'LYZ', 'lysozyme of monocytes and macrophages', panglao),
  marker('mast cell', 'TPSAB1', 'tryptase', puram),
  marker('mast cell', 'TPSB2', 'tryptase', puram),
  marker('mast cell', 'MS4A2', 'high-affinity receptor of IgE', puram),
  marker('mast cell', 'CPA3', 'carboxypeptidase of mast cells', panglao),
  marker('mast cell', 'HDC', 'makes histamine', panglao),
  marker('erythroid cell', 'HBA1', 'haemoglobin', panglao),
  marker('erythroid cell', 'HBA2', 'haemoglobin', panglao),
  marker('erythroid cell', 'HBB', 'haemoglobin', panglao),
  marker('erythroid cell', 'ALAS2', 'haem synthesis of red cells', panglao),
  marker('erythroid cell', 'AHSP', 'chaperone of haemoglobin', panglao),
  marker('erythroid cell', 'GYPA', 'glycophorin of red cells', panglao),
  marker('endothelial cell', 'PECAM1', 'CD31, endothelial junctions', tirosh, puram),
  marker('endothelial cell', 'VWF', 'von Willebrand factor', tirosh, puram),
  marker('endothelial cell', 'CDH5', 'VE-cadherin', tirosh),
  marker('endothelial cell', 'CLDN5', 'claudin of vessels', panglao),
  marker('endothelial cell', 'KDR', 'receptor of VEGF', panglao),
  marker('endothelial cell', 'EGFL7', 'secreted by endothelial cells', panglao),
  marker('endothelial cell', 'PLVAP', 'fenestrae of vessels', panglao),
  marker('fibroblast/pericyte', 'COL1A1', 'collagen I', tirosh),
  marker('fibroblast/pericyte', 'COL1A2', 'collagen I', tirosh, puram),
  marker('fibroblast/pericyte', 'COL3A1', 'collagen III', tirosh, puram),
  marker('fibroblast/pericyte', 'DCN', 'decorin', tirosh, puram),
  marker('fibroblast/pericyte', 'LUM', 'lumican', tirosh),
  marker('fibroblast/pericyte', 'PDGFRA', 'receptor of fibroblasts', panglao),
  marker('fibroblast/pericyte', 'PDGFRB', 'receptor of fibroblasts and pericytes', panglao),
  marker('fibroblast/pericyte', 'RGS5', 'pericytes', panglao),
  marker('epithelial', 'EPCAM', 'epithelial adhesion molecule', puram),
  marker('epithelial', 'KRT8', 'keratin of simple epithelium', puram),
  marker('epithelial', 'KRT18', 'keratin of simple epithelium', puram),
  marker('epithelial', 'KRT19', 'keratin of ducts', puram),
  marker('epithelial', 'CDH1', 'E-cadherin', panglao),
  marker('epithelial', 'CLDN4', 'claudin of tight junctions', panglao),
  marker('melanocytic', 'MLANA', 'MART-1', tirosh),
  marker('melanocytic', 'PMEL', 'melanosomes', tirosh),
  marker('melanocytic', 'TYR', 'tyrosinase', tirosh),
  marker('melanocytic', 'DCT', 'melanin synthesis', panglao),
  marker('melanocytic', 'SLC45A2', 'melanosomes', tirosh),
  marker('neural/glial', 'GFAP', 'astrocyte filament', neftel),
  marker('neural/glial', 'OLIG1', 'oligodendrocyte lineage', neftel),
  marker('neural/glial', 'OLIG2', 'oligodendrocyte lineage', panglao),
  marker('neural/glial', 'PTPRZ1', 'phosphatase of glial progenitors', panglao),
  marker('neural/glial', 'BCAN', 'brevican of glial cells', neftel),
];

/** The lineages of normal cells, in the order results list them. */
export const normalCellLineages: readonly NormalCellLineage[] = [
  'T/NK cell',
  'B/plasma cell',
  'myeloid cell',
  'mast cell',
  'erythroid cell',
  'endothelial cell',
  'fibroblast/pericyte',
];

/** The lineages tumours keep, in the order results list them. */
export const tumourHintLineages: readonly TumourHintLineage[] = ['epithelial', 'melanocytic', 'neural/glial'];

function marker(lineage: PanelLineage, gene: string, reason: string, ...doi: readonly string[]): LineageMarker {
  return { lineage, gene, reason, doi };
}
