import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { examineDesign, isRemnantError, proposeStudy } from '@remnant/engine';
import { describe, expect, it } from 'vitest';
import { type FileSource, memorySource } from '../source.js';
import { loadStudy } from './load-study.js';

const encoder = new TextEncoder();
const folder = (files: Readonly<Record<string, string | Uint8Array>>): FileSource => {
  const bytes = Object.entries(files).map(([path, content]) => {
    return [path, typeof content === 'string' ? encoder.encode(content) : content] as const;
  });
  return memorySource(Object.fromEntries(bytes));
};
const sheet = 'sample,patient,stage,counts\na,P1,naive,a.h5\nb,P1,persister,b.h5\n';
const yaml = 'remnant: 1\ntitle: T\norganism: human\nsamples: samples.csv\n';
const messageOf = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  path = 'study.yaml',
): Promise<string> => {
  try {
    await loadStudy(folder(files), path);
  } catch (error) {
    if (isRemnantError(error, 'format')) return error.message;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('loadStudy', () => {
  it('reads a study file with its sheet beside it', async () => {
    const study = await loadStudy(folder({ 'study.yaml': yaml, 'samples.csv': sheet }), 'study.yaml');
    expect(study.title).toBe('T');
    expect(study.samples.map(({ sample, stage, row }) => [sample, stage, row])).toEqual([
      ['a', 'untreated', 2],
      ['b', 'residual', 3],
    ]);
  });

  it('finds the sheet relative to the study file, in a folder or as JSON', async () => {
    const files = {
      'tnbc/study.json': '{"remnant": 1, "samples": "sheets/s.tsv"}',
      'tnbc/sheets/s.tsv': sheet.replaceAll(',', '\t'),
    };
    const study = await loadStudy(folder(files), 'tnbc');
    expect(study.title).toBe('tnbc');
    expect(study.samples).toHaveLength(2);
  });

  it('reads a bare sample sheet', async () => {
    const study = await loadStudy(folder({ 'samples.csv': sheet }), 'samples.csv');
    expect(study).toMatchObject({ title: 'samples', organism: 'human', resources: [] });
    expect(study.readings).toContain('organism: not given → human');
    expect(study.readings).toContain('title: not given → "samples"');
  });

  it('reads inline samples, each on its line', async () => {
    const text = `remnant: 1\nsamples:\n  - {sample: 01, patient: 7, stage: naive, counts: a.h5}\n  - sample: 02\n    patient: 7\n    stage: MRD\n    day: 33\n    counts: b.h5\n`;
    const study = await loadStudy(folder({ 'study.yaml': text }), 'study.yaml');
    expect(study.samples.map(({ sample, patient, day, row }) => [sample, patient, day, row])).toEqual([
      ['01', '7', null, 3],
      ['02', '7', 33, 4],
    ]);
    expect(await messageOf({ 'study.yaml': text.replace('MRD', 'xyz') })).toMatch(
      /^study\.yaml, row 4, column "stage": /,
    );
  });

  it('keeps row numbers where the sheet has empty lines', async () => {
    const study = await loadStudy(folder({ 'samples.csv': sheet.replace('\nb', '\n\n,,,\nb') }), 'samples.csv');
    expect(study.samples.map(({ row }) => row)).toEqual([2, 5]);
  });

  it('writes a proposal that reads back, when stages can be guessed', async () => {
    const names = ['P1_naive', 'P1_persister1', 'P1_persister2', 'P2_pre', 'P2_MRD', 'P2_relapse'];
    const { yaml: text, samplesCsv } = proposeStudy([
      { path: 'bulk, all.csv', kind: 'file', columns: ['Symbol', ...names] },
      { path: 'P3 "x"_naive.h5ad', kind: 'file' },
    ]);
    const study = await loadStudy(folder({ 'study.yaml': text, 'samples.csv': samplesCsv }), 'study.yaml');
    expect(study.samples.map(({ patient, stage, path }) => [patient, stage, path])).toEqual([
      ['P3 "x"', 'untreated', 'P3 "x"_naive.h5ad'],
      ['P1', 'untreated', 'bulk, all.csv'],
      ['P1', 'residual', 'bulk, all.csv'],
      ['P1', 'residual', 'bulk, all.csv'],
      ['P2', 'untreated', 'bulk, all.csv'],
      ['P2', 'residual', 'bulk, all.csv'],
      ['P2', 'relapse', 'bulk, all.csv'],
    ]);
  });
});

describe('errors', () => {
  it('a path that does not exist', async () => {
    expect(await messageOf({}, 'nowhere/study.yaml')).toBe(
      'nowhere/study.yaml: This path does not exist. Check its spelling; paths are relative to the study file.',
    );
    expect(await messageOf({ 'a/study.yaml': yaml }, 'a/study.yaml')).toContain(
      'a/samples.csv: This path does not exist.',
    );
  });

  it('a folder without a study, or in place of a sheet', async () => {
    expect(await messageOf({ 'd/x.txt': 'x' }, 'd')).toBe(
      'd: This folder holds no study. Expected one of study.yaml, study.yml, study.json, samples.csv, samples.tsv. Write a first study from the files in it with "remnant init".',
    );
    expect(await messageOf({ 'study.yaml': yaml, 'samples.csv/x': 'x' })).toContain(
      'samples.csv: This is a folder where a file is needed.',
    );
  });

  it('a study file that is not one', async () => {
    expect(await messageOf({ 'study.yaml': '<!DOCTYPE html><html></html>' })).toContain(
      'This is a web page (HTML), not a study file.',
    );
    expect(await messageOf({ 'study.yaml': '' })).toContain('This file is empty, not a study file.');
    expect(await messageOf({ 'study.yaml': 'hello' })).toContain('This is not a study file.');
    expect(await messageOf({ 'study.yaml': new Uint8Array([0x61, 0xe9, 0x0a]) })).toContain('This text is not UTF-8.');
  });

  it('a key that is not known, with its line', async () => {
    expect(await messageOf({ 'study.yaml': `${yaml}organisme: human\n` })).toBe(
      'study.yaml, row 5: The key "organisme" is not known. Did you mean "organism"?',
    );
  });

  it('a YAML error, with line and column', async () => {
    expect(await messageOf({ 'study.yaml': 'remnant: 1\n  samples: x' })).toContain('(line ');
  });

  it('a sheet that is HTML, or lacks a column', async () => {
    expect(await messageOf({ 'study.yaml': yaml, 'samples.csv': '<html><body>login</body></html>' })).toContain(
      'samples.csv: This is a web page (HTML), not a table.',
    );
    expect(await messageOf({ 'study.yaml': yaml, 'samples.csv': sheet.replace('patient', 'who') })).toContain(
      'samples.csv, column "patient": The sample sheet has no column "patient".',
    );
  });

  it('a row of the sheet', async () => {
    expect(await messageOf({ 'study.yaml': yaml, 'samples.csv': sheet.replace('persister', 'treated') })).toMatch(
      /^samples\.csv, row 3, column "stage": The stage "treated" could be read in more than one way\./,
    );
  });
});

describe('the guide', () => {
  const guide = readFileSync(new URL('../../../../docs/guide/study-file.md', import.meta.url), 'utf8');
  const blocks = (language: string): string[] => {
    return [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map((match) => match[1] ?? '');
  };

  it('has examples that can be read', async () => {
    const [example = '', inline = '', words = ''] = blocks('yaml');
    const [samples = ''] = blocks('csv');
    const study = await loadStudy(folder({ 'study.yaml': example, 'samples.csv': samples }), 'study.yaml');
    expect(study).toMatchObject({ title: 'TNBC xenografts under chemotherapy', host: 'mouse' });
    expect(study.samples).toHaveLength(7);
    const second = await loadStudy(folder({ 'study.yaml': inline + words }), 'study.yaml');
    expect(second.samples.map(({ stage, day }) => [stage, day])).toEqual([
      ['untreated', null],
      ['residual', 21],
    ]);
  });
});

const table = new URL(
  '../../../../../shared/data/bulk/tnbc_pdx_ap1_baudre/common_rawcounts_8pdx.csv.gz',
  import.meta.url,
);

/** The sheet a lab would write for the reference study, from the header of its table. */
function referenceSheet(): string {
  const header = gunzipSync(readFileSync(table)).toString('utf8').split('\n', 1)[0] ?? '';
  const names = header.replaceAll('"', '').split(',').slice(1);
  const rows = names.map((name) => {
    const [model = '', what = ''] = name.split('_');
    const drug = what.replace(/\d+$/, '').replace('Relapse', '');
    const stage = what.startsWith('chemonaive') ? 'chemonaive' : what.includes('Relapse') ? 'relapse' : 'persister';
    const technology =
      model === 'HBCx14' ? 'bulk RNA-seq' : ['HBCx10', 'HBCx33'].includes(model) ? 'microarray' : '10x';
    return [name, model, stage, stage === 'chemonaive' ? '' : drug, technology, 'counts.csv.gz', name].join(',');
  });
  return `sample,model,stage,treatment,technology,expression,column\n${rows.join('\n')}\n`;
}

describe.skipIf(!existsSync(table))('the reference study (skipped where the shared data are absent)', () => {
  it('reads as 23 untreated, 42 residual and 22 relapse samples of 8 patients', async () => {
    const study = await loadStudy(folder({ 'study.yaml': yaml, 'samples.csv': referenceSheet() }), 'study.yaml');
    const count = (stage: string): number => study.samples.filter((sample) => sample.stage === stage).length;
    expect([count('untreated'), count('residual'), count('relapse')]).toEqual([23, 42, 22]);
    expect(new Set(study.samples.map(({ patient }) => patient)).size).toBe(8);
    expect(study.readings).toEqual([
      'column: "model" → patient',
      'stage: "chemonaive" → untreated (23 samples)',
      'stage: "persister" → residual (42 samples)',
      'treatment: empty → none (23 samples)',
    ]);
    const reversal = examineDesign(study).questions.find(({ id }) => id === 'reversal');
    expect(reversal?.why.en).toMatch(/^Testable in HBCx10 and HBCx33\./);
  });
});
