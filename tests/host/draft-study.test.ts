import { memorySource } from '@remnant/formats';
import { expect, it } from 'vitest';
import { draftStudy } from '../../packages/host/src/init/draft-study.js';
import { guessSample } from '../../packages/host/src/init/guess-sample.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function table(columns: readonly string[], genes = 300): Uint8Array {
  const rows = Array.from({ length: genes }, (_, g) =>
    [`GENE${String(g)}`, ...columns.map((_, c) => (g * 7 + c) % 50)].join(','),
  );
  return encode(`${['gene', ...columns].join(',')}\n${rows.join('\n')}\n`);
}

it.each([
  ['HBCx10_chemonaive_1', { patient: 'HBCx10', stage: 'untreated', treatment: null, replicate: '1' }],
  ['HBCx33_Cisplatin_residual_rep2', { patient: 'HBCx33', stage: 'residual', treatment: 'Cisplatin', replicate: '2' }],
  ['relapse-P3', { patient: 'P3', stage: 'relapse', treatment: null, replicate: null }],
  ['P3 after', { patient: 'P3', stage: null, treatment: 'after', replicate: null }],
  ['untreated_relapse_P1', { patient: 'P1', stage: null, treatment: null, replicate: null }],
] as const)('reads the name %s', (name, expected) => {
  expect(guessSample(name)).toEqual(expected);
});

it('lists every sample that it finds, and what its name did not tell', async () => {
  const source = memorySource({
    'P1/untreated/outs/filtered_feature_bc_matrix/matrix.mtx.gz': encode('x'),
    'P1_residual_AC.h5ad': encode('x'),
    'bulk/counts.csv': table(['P2_untreated', 'P2_relapse', 'P2_odd']),
    'bulk/volumes.csv': encode('model,day,volume\nP2,1,20\nP2,2,30\n'),
    '.hidden/counts.csv': table(['X_untreated']),
    'readme.txt': encode('nothing here'),
  });
  const draft = await draftStudy(source, '/data/My project');
  expect(draft.files['samples.csv']).toBe(
    [
      'sample,patient,stage,treatment,replicate,technology,counts,expression,column',
      'P1_untreated,P1,untreated,,,10x,P1/untreated/outs/filtered_feature_bc_matrix,,',
      'P1_residual_AC,P1,residual,AC,,single-cell,P1_residual_AC.h5ad,,',
      'P2_untreated,P2,untreated,,,bulk RNA-seq,,bulk/counts.csv,P2_untreated',
      'P2_relapse,P2,relapse,,,bulk RNA-seq,,bulk/counts.csv,P2_relapse',
      'P2_odd,P2,,odd,,bulk RNA-seq,,bulk/counts.csv,P2_odd',
      '',
    ].join('\n'),
  );
  expect(draft.files['study.yaml']).toContain('title: "My project"\norganism: human\n');
  expect(draft.toComplete).toEqual(['stage of P2_odd', 'treatment of P2_relapse (when there was one)']);
});

it('says so when there is nothing to make a study of', async () => {
  await expect(draftStudy(memorySource({ 'a.txt': encode('x') }), 'data')).rejects.toThrow(/No data was found/);
  await expect(draftStudy(memorySource({}), 'data')).rejects.toThrow(/This is not a folder/);
});
