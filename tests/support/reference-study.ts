import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const folder = fileURLToPath(new URL('../../../shared/data/bulk/tnbc_pdx_ap1_baudre/', import.meta.url));
const counts = 'common_rawcounts_8pdx.csv.gz';

/** The folder of published tables of the reference study, beside this checkout. */
export const referenceStudyFolder: string = folder;

/** One sample of the reference study, as its sample sheet gives it. */
export interface ReferenceSample {
  readonly sample: string;
  readonly patient: string;
  readonly stage: 'untreated' | 'residual' | 'relapse';
  readonly treatment: string;
  readonly technology: string;
}

/** What is written around the published counts. */
export interface ReferenceStudyOptions {
  /** `resources` of the study file: packs or paths. Default none. */
  readonly resources?: readonly string[];
}

/**
 * Whether to leave out the tests on the reference study; says why when it does. Where `REMNANT_REQUIRE` names `shared`
 * the tests run, and fail without it.
 */
export function withoutReferenceStudy(what: string): boolean {
  const required = (process.env['REMNANT_REQUIRE'] ?? '').split(',').includes('shared');
  if (existsSync(join(folder, counts)) || required) return false;
  console.log(`skipped: ${what}: the reference study is not in ../shared beside this checkout`);
  return true;
}

/**
 * The reference study as a study folder: eight triple-negative breast cancer xenografts, 87 samples in one table of counts.
 * The published file is copied as it is; study file and sample sheet are written around it.
 *
 * @returns path of the study file
 */
export function writeReferenceStudy(target: string, options: ReferenceStudyOptions = {}): string {
  mkdirSync(target, { recursive: true });
  copyFileSync(join(folder, counts), join(target, counts));
  writeFileSync(join(target, 'samples.csv'), sampleSheet(readReferenceSamples()));
  writeFileSync(join(target, 'study.yaml'), studyFile(options));
  return join(target, 'study.yaml');
}

/** The samples, read from the names of the columns: `<model>_<arm><replicate>`. */
export function readReferenceSamples(): ReferenceSample[] {
  const text = gunzipSync(readFileSync(join(folder, counts))).toString('utf8');
  const header = text.slice(0, text.indexOf('\n')).trim().replaceAll('"', '').split(',');
  return header.slice(1).map(sampleOf);
}

/** Regimens by the start of the arm; a relapse is named after the class of its drug. */
const regimens: readonly (readonly [start: string, regimen: string])[] = [
  ['chemonaive', 'none'],
  ['AC', 'AC'],
  ['Anthra', 'AC'],
  ['Cape', 'capecitabine'],
  ['Cispla', 'cisplatin'],
  ['Carbo', 'carboplatin'],
];

function sampleOf(sample: string): ReferenceSample {
  const [patient = '', arm = ''] = sample.split('_');
  const treatment = regimens.find(([start]) => arm.startsWith(start))?.[1];
  if (treatment === undefined) throw new Error(`The reference study has a column of an unknown arm: ${sample}`);
  return { sample, patient, stage: stageOf(arm), treatment, technology: technologyOf(patient) };
}

function stageOf(arm: string): ReferenceSample['stage'] {
  if (arm.startsWith('chemonaive')) return 'untreated';
  return arm.includes('Relapse') ? 'relapse' : 'residual';
}

function technologyOf(patient: string): string {
  if (patient === 'HBCx10' || patient === 'HBCx33') return 'microarray';
  return patient === 'HBCx14' ? 'bulk RNA-seq' : "10x 3'";
}

function sampleSheet(samples: readonly ReferenceSample[]): string {
  const rows = samples.map(({ sample, patient, stage, treatment, technology }) =>
    [sample, patient, stage, treatment, technology, counts, sample].join(','),
  );
  return `${['sample,patient,stage,treatment,technology,expression,column', ...rows].join('\n')}\n`;
}

function studyFile({ resources = [] }: ReferenceStudyOptions): string {
  return [
    'remnant: 1',
    'title: Triple-negative breast cancer xenografts under chemotherapy',
    'organism: human',
    'samples: samples.csv',
    ...(resources.length === 0 ? [] : [`resources: [${resources.join(', ')}]`]),
    'contrast: {from: untreated, to: residual, back: relapse}',
    '',
  ].join('\n');
}
