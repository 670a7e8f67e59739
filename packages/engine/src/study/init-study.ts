import { type FoundSample, findData, type ListedFile } from './find-data.js';
import { guessSample, type SampleGuess } from './guess-sample.js';
import { byName, countBy, samplesText } from './labels.js';

/** A first study, as files to write, and what the user should check or fill in. */
export interface StudyProposal {
  readonly yaml: string;
  readonly samplesCsv: string;
  readonly notes: readonly string[];
}

/** Written where a name does not tell; the study is not read until it has been replaced. */
const unknown = '?';

/** One line of the sample sheet to be. */
interface ProposedSample extends FoundSample {
  readonly guess: SampleGuess;
}

/**
 * Proposes a study file and a sample sheet from what a folder holds.
 *
 * Patient, stage, treatment, day and replicate are guessed from names; what a name does not tell is left empty, and an
 * unknown patient or stage is written `?`, which the reader refuses until it is filled in. Nothing is invented.
 *
 * @param files - listing of the folder, below it too; for tables with the header, which the caller reads
 * @param options - title of the study, for instance the name of the folder
 *
 * @example
 * proposeStudy([{ path: 'P01_relapse.h5ad', kind: 'file' }]).samplesCsv;
 * // sample,patient,stage,treatment,technology,counts
 * // P01_relapse,P01,relapse,,,P01_relapse.h5ad
 */
export function proposeStudy(files: readonly ListedFile[], options: { readonly title?: string } = {}): StudyProposal {
  const found = findData(files);
  const { samples, notes } = withUniqueNames(found.samples.map(guessed));
  const own =
    samples.length === 0 ? ['No data were found: add one row per sample to samples.csv.'] : guessNotes(samples);
  return {
    yaml: yamlText(options.title),
    samplesCsv: csvText(samples),
    notes: [...found.notes, ...notes, ...own],
  };
}

/** Guesses from the sample's own name, and with the folder above it when that name does not tell the patient. */
function guessed(sample: FoundSample): ProposedSample {
  const guess = guessSample(sample.name);
  if (guess.patient !== null) return { ...sample, guess };
  const longer = guessSample(sample.longName);
  return longer.patient === null ? { ...sample, guess } : { ...sample, name: sample.longName, guess: longer };
}

/** A sample found in several tables is taken from the one with most samples; other equal names get their path in front. */
function withUniqueNames(samples: readonly ProposedSample[]): { samples: ProposedSample[]; notes: string[] } {
  const perPath = countBy(samples.map(({ path }) => path));
  const perName = countBy(samples.map(({ name }) => name));
  const notes: string[] = [];
  const kept = samples.flatMap((sample) => {
    if (perName.get(sample.name) === 1) return [sample];
    if (sample.input === 'cells') return [{ ...sample, name: pathName(sample.path) }];
    const tables = samples.filter(({ name, input }) => name === sample.name && input === 'table');
    const best = tables.reduce((a, b) => ((perPath.get(b.path) ?? 0) > (perPath.get(a.path) ?? 0) ? b : a));
    if (best === sample) return [sample];
    notes.push(`${sample.path}: samples it shares with ${best.path} are taken from there.`);
    return [];
  });
  return { samples: kept, notes: [...new Set(notes)] };
}

function pathName(path: string): string {
  return path.replace(/\.(zarr\.zip|zarr|h5ad|h5|csv|tsv|txt)(\.gz)?$/i, '').replaceAll('/', '_');
}

/** Names such as `P01_T1` beside `P01` may be one patient: only the user knows. */
function nestedPatients(samples: readonly ProposedSample[]): string[] {
  const patients = [...new Set(samples.flatMap(({ guess }) => guess.patient ?? []))].sort();
  return patients.flatMap((patient) => {
    const inner = patients.find((other) => patient.startsWith(other) && /^[\s_.-]/.test(patient.slice(other.length)));
    return inner === undefined ? [] : [`Are "${patient}" and "${inner}" one patient? If so, give them one name.`];
  });
}

function guessNotes(samples: readonly ProposedSample[]): string[] {
  const list = (names: readonly string[]): string => {
    const more = names.length > 10 ? `, … (${String(names.length)} in all)` : '';
    return `${names.slice(0, 10).join(', ')}${more}`;
  };
  const without = (field: keyof SampleGuess): string[] => {
    return samples.filter(({ guess }) => guess[field] === null).map(({ name }) => name);
  };
  const perStage = countBy(samples.flatMap(({ guess }) => guess.stage ?? []));
  const stages = [...perStage].sort(byName).map(([stage, n]) => `${stage} ${String(n)}`);
  const notes = [
    `Found ${samplesText(samples.length)}. Everything in samples.csv is guessed from names: check each line.`,
  ];
  if (stages.length > 0) notes.push(`Stages guessed: ${stages.join(', ')}.`);
  const [noStage, noPatient] = [without('stage'), without('patient')];
  if (noStage.length > 0) {
    notes.push(`Fill in the stage (untreated, residual or relapse) in place of "?": ${list(noStage)}.`);
  }
  if (noPatient.length > 0) notes.push(`Fill in the patient in place of "?": ${list(noPatient)}.`);
  if (samples.some(({ technology }) => technology === '')) {
    notes.push(
      'Fill in the technology where it is empty (10x, bulk RNA-seq, microarray …): it shows what is confounded.',
    );
  }
  notes.push(...nestedPatients(samples));
  notes.push('The organism is taken as human: change it in study.yaml if it is mouse.');
  return notes;
}

function yamlText(title: string | undefined): string {
  return [
    'remnant: 1',
    ...(title === undefined ? [] : [`title: ${JSON.stringify(title)}`]),
    'organism: human # human | mouse',
    'samples: samples.csv',
    'contrast: {from: untreated, to: residual, back: relapse}',
    '',
  ].join('\n');
}

function csvText(samples: readonly ProposedSample[]): string {
  const columns: readonly (readonly [string, (sample: ProposedSample) => string])[] = [
    ['sample', ({ name }) => name],
    ['patient', ({ guess }) => guess.patient ?? unknown],
    ['stage', ({ guess }) => guess.stage ?? unknown],
    ['treatment', ({ guess }) => guess.treatment ?? ''],
    ['day', ({ guess }) => guess.day ?? ''],
    ['replicate', ({ guess }) => guess.replicate ?? ''],
    ['technology', ({ technology }) => technology],
    ['counts', ({ input, path }) => (input === 'cells' ? path : '')],
    ['expression', ({ input, path }) => (input === 'table' ? path : '')],
    ['column', ({ column }) => column ?? ''],
  ];
  const always = new Set(['sample', 'patient', 'stage', 'treatment', 'technology']);
  const used = columns.filter(([name, value]) => always.has(name) || samples.some((s) => value(s) !== ''));
  const shown = samples.length === 0 ? columns : used;
  const rows = samples.map((sample) => shown.map(([, value]) => csvCell(value(sample))));
  return [shown.map(([name]) => name), ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

function csvCell(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
