export type { OutputFile } from './output-file.js';
export { cellsFile, outputFiles } from './output-files.js';
export { readResults } from './read-results.js';
