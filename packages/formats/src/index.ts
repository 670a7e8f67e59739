export type { CellDataset, CellFormat } from './cells/cell-dataset.js';
export { chooseCounts, type Counts } from './cells/choose-counts.js';
export { estimateMemory, type MatricesRead, type MemoryEstimate } from './cells/estimate-memory.js';
export { readCells, type ReadCellsOptions } from './cells/read-cells.js';
export { type CountsDataset, readCounts } from './cells/read-counts.js';
export { cellColumnNamed, type CellTable, cellTexts, requireDisjoint, selectCells } from './cells/select-cells.js';
export { writeH5ad } from './cells/write-h5ad.js';
export { loadGeneTable } from './genes/load-gene-table.js';
export * from './packs/index.js';
export { type FileSource, joinPath, memorySource, missingFile, normalisePath } from './source.js';
export { checkCounts } from './tables/check-counts.js';
export { type ColumnSchema, formatCsv, parseCsv, type TableSchema } from './tables/csv.js';
export type { GeneColumnRule } from './tables/gene-column.js';
export {
  type ExpressionTable,
  type ExpressionTableReport,
  readExpressionTable,
  type ReadExpressionTableOptions,
} from './tables/read-expression-table.js';
export { gunzip, isGzip } from './text/gunzip.js';
export { type FileKind, sniff } from './text/sniff.js';
export type { Delimiter } from './text/split-rows.js';
export { readTextTable, type TextTable } from './text/text-table.js';
export { zipFiles } from './zip-files.js';
export * from './simulate/index.js';
export * from './study/index.js';
