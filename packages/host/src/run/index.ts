export { type CheckRequest, type CheckResult, checkStudy } from './check-study.js';
export { type RunRequest, runStudy } from './run-study.js';
