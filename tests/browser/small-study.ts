import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { simulateStudy } from '@remnant/engine';
import { studyFiles, writeH5ad } from '@remnant/formats';

/**
 * A small simulated study on disk that needs every kind of reader: 10x folders of both layouts, tables of counts, and one
 * sample as .h5ad, which is read by WebAssembly.
 *
 * @returns path of the study file
 */
export async function writeSmallStudy(folder: string): Promise<string> {
  const study = simulateStudy({ genes: 1000, cells: 60, seed: 3 });
  const files: Record<string, Uint8Array> = { ...studyFiles(study) };
  const sample = study.samples.find(({ cells }) => cells !== null);
  if (sample?.cells == null) throw new Error('The simulated study has no single-cell sample.');
  const place = `cells/${sample.sample}`;
  const sheet = new TextDecoder().decode(files['samples.csv']).replace(`,${place},`, `,${place}.h5ad,`);
  files['samples.csv'] = new TextEncoder().encode(sheet);
  files[`${place}.h5ad`] = await writeH5ad(sample.cells);
  for (const [path, content] of Object.entries(files)) {
    if (path.startsWith(`${place}/`)) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return join(folder, 'study.yaml');
}
