import { type Language, resultsJsonSchema, type StudyResult, toResultsDocument } from '@remnant/engine';
import { formatCsv, writeH5ad } from '@remnant/formats';
import { renderFigures, renderReport } from '@remnant/report';
import { formatJson } from './format-json.js';
import type { OutputFile } from './output-file.js';

/** Where the cells of a study are written. */
export const cellsFile = 'cells.h5ad';

/**
 * Every file of a results folder: `report.html`, `results.json` with its schema, one CSV per table, one SVG per figure,
 * `cells.h5ad` where there are cells, and `provenance.json`. The same in every host, byte for byte.
 */
export async function outputFiles(result: StudyResult, { lang }: { readonly lang: Language }): Promise<OutputFile[]> {
  const tables = result.tables.map((table) => ({ table, content: new TextEncoder().encode(formatCsv(table)) }));
  const csv = new Map(tables.map(({ table, content }) => [table, content]));
  const cells = result.cells === null ? [] : [{ path: cellsFile, content: await writeH5ad(result.cells) }];
  const document = toResultsDocument(result, (table) => csv.get(table) as Uint8Array);
  return [
    { path: 'report.html', content: renderReport(result, { lang }) },
    { path: 'results.json', content: formatJson(document) },
    { path: 'results.schema.json', content: formatJson(resultsJsonSchema()) },
    { path: 'provenance.json', content: formatJson(result.provenance) },
    ...document.tables.map(({ path }, i) => ({ path, content: (tables[i] as (typeof tables)[number]).content })),
    ...renderFigures(result, { lang }).map(({ id, svg }) => ({ path: `figures/${id}.svg`, content: svg })),
    ...cells,
  ];
}
