import { type Language, resultsJsonSchema, type StudyResult, toResultsDocument } from '@remnant/engine';
import { formatCsv } from '@remnant/formats';
import { renderFigures, renderReport } from '@remnant/report';
import { formatJson } from './format-json.js';
import type { OutputFile } from './output-file.js';

/**
 * Every file of a results folder: `report.html`, `results.json` with its schema, one CSV per table, one SVG per figure,
 * and `provenance.json`. The same in every host, byte for byte.
 */
export function outputFiles(result: StudyResult, { lang }: { readonly lang: Language }): OutputFile[] {
  const tables = result.tables.map((table) => ({ table, content: new TextEncoder().encode(formatCsv(table)) }));
  const csv = new Map(tables.map(({ table, content }) => [table, content]));
  const document = toResultsDocument(result, (table) => csv.get(table) as Uint8Array);
  return [
    { path: 'report.html', content: renderReport(result, { lang }) },
    { path: 'results.json', content: formatJson(document) },
    { path: 'results.schema.json', content: formatJson(resultsJsonSchema()) },
    { path: 'provenance.json', content: formatJson(result.provenance) },
    ...document.tables.map(({ path }, i) => ({ path, content: (tables[i] as (typeof tables)[number]).content })),
    ...renderFigures(result, { lang }).map(({ id, svg }) => ({ path: `figures/${id}.svg`, content: svg })),
  ];
}
