import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wordKey } from './nearest.js';
import { columnAliases } from './sample-columns.js';
import { nearestStage, readStage, stages, stageWords, unsafeStageWord } from './stages.js';

describe('readStage', () => {
  it.each([
    [
      'untreated',
      ['chemonaive', 'Chemo-Naive', 'naïve', 'NAIVE', 'baseline', 'pre', 'Pre-treatment', 'before', 'vehicle'],
    ],
    [
      'untreated',
      ['control', 'CTRL', 'UT', 'non traité', 'Non traitée', 'avant', 'avant traitement', 'témoin', 'DMSO'],
    ],
    [
      'residual',
      ['persister', 'persisters', 'MRD', 'RD', 'residual disease', 'DTP', 'DTPs', 'drug_tolerant', 'tolerant'],
    ],
    [
      'residual',
      ['on-treatment', 'on treatment', 'under treatment', 'during', 'sous traitement', 'résiduel', 'Résiduels'],
    ],
    [
      'relapse',
      ['PD', 'progression', 'regrowth', 'recurrence', 'rechute', 'récidive', 'relapsed', 'progressive disease'],
    ],
  ] as const)('reads words for %s', (stage, words) => {
    for (const word of words) expect(readStage(word), word).toEqual({ stage, synonym: true });
  });

  it('does not call a stage its own synonym', () => {
    for (const stage of stages) expect(readStage(` ${stage.toUpperCase()} `)).toEqual({ stage, synonym: false });
  });

  it('returns null for unknown words', () => {
    for (const word of ['', '?', 'day33', 'sample', 'PR', 'SD']) expect(readStage(word), word).toBeNull();
  });

  it('reads every word of its own lists, and no word as two stages', () => {
    const seen = new Map<string, string>();
    for (const stage of stages) {
      for (const word of stageWords[stage]) {
        expect(readStage(word)?.stage, word).toBe(stage);
        expect(seen.get(wordKey(word)) ?? stage, word).toBe(stage);
        seen.set(wordKey(word), stage);
        expect(unsafeStageWord(word), word).toBeNull();
      }
    }
  });
});

describe('unsafeStageWord', () => {
  it.each([
    'treated',
    'Treated',
    'T',
    'post',
    'post-treatment',
    'after',
    'après',
    'resistant',
    'sensitive',
    'primary',
    'drug holiday',
    'NT',
  ])('refuses "%s" with a reason', (word) => {
    expect(readStage(word)).toBeNull();
    expect(unsafeStageWord(word)).toMatch(/\.$/);
  });

  it('says nothing of words that are merely unknown', () => {
    expect(unsafeStageWord('day33')).toBeNull();
  });
});

describe('nearestStage', () => {
  it('suggests the accepted word with its stage', () => {
    expect(nearestStage('residaul')).toEqual({ word: 'residual', stage: 'residual' });
    expect(nearestStage('chemonaiv')).toEqual({ word: 'chemonaive', stage: 'untreated' });
    expect(nearestStage('zzzzzz')).toBeNull();
  });
});

describe('the guide', () => {
  const guide = readFileSync(new URL('../../../../docs/guide/study-file.md', import.meta.url), 'utf8');

  it('lists every stage word as the code has it', () => {
    for (const stage of stages) expect(guide).toContain(`| \`${stage}\` | ${stageWords[stage].slice(1).join(', ')} |`);
  });

  it('lists every column with its aliases', () => {
    for (const [field, aliases] of Object.entries(columnAliases)) {
      const line = guide
        .split('\n')
        .find((text) => text.startsWith(`| \`${field}\` |`) && text.includes(aliases[0] ?? ''));
      expect(line, field).toContain(`| ${aliases.map((alias) => `\`${alias}\``).join(', ')} |`);
    }
  });
});
