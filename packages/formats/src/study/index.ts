export { loadStudy } from './load-study.js';
export { type ParsedStudyFile, parseStudyFile } from './parse-study-file.js';
export { type CellLabels, matchCellLabels, type MatchedLabels, readCellLabels } from './read-cell-labels.js';
