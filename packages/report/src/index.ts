export { typeset } from './format/typography.js';
export { type ReportPolicySources, reportPolicySources } from './page/policy.js';
export { missingFigures, type MissingFigure, renderFigures, type RenderedFigure } from './render-figures.js';
export { renderReport } from './render-report.js';
export type { ReportOptions } from './report-context.js';
export { typesetText } from './text/typeset-text.js';
