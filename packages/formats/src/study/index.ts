export { loadStudy } from './load-study.js';
export { type ParsedStudyFile, parseStudyFile } from './parse-study-file.js';
