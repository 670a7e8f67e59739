import { describe, expect, it } from 'vitest';
import { english } from './en.js';
import { french } from './fr.js';

/** Paths of every text and function in a text object. */
function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}:${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, `${path}/${key}`));
}

function textAt(value: unknown, path: string): unknown {
  return path
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

/** Translations of phrases the engine writes in English: English needs none. */
const translations = ['/units/', '/quantities/'];

describe('the two languages', () => {
  it('say the same things', () => {
    const shared = (paths: string[]): string[] =>
      paths.filter((path) => !translations.some((map) => path.startsWith(map)));
    expect(shared(pathsOf(french))).toEqual(shared(pathsOf(english)));
  });

  it('leave no text empty', () => {
    for (const text of [english, french]) {
      for (const path of pathsOf(text).filter((p) => p.endsWith(':string'))) {
        expect(textAt(text, path.replace(/:string$/, '')), path).not.toBe('');
      }
    }
  });

  it('are not copies of each other beyond words both languages share', () => {
    const same = pathsOf(english)
      .filter((path) => path.endsWith(':string'))
      .map((path) => path.replace(/:string$/, ''))
      .filter((path) => textAt(english, path) === textAt(french, path))
      .map((path) => textAt(english, path));
    const shared = [
      'Patient',
      'Patients',
      'Total',
      'NES',
      'FDR',
      'P',
      'Verdict',
      'Source',
      'Provenance',
      'Programme',
      'Licence',
      'doublets',
      'Fraction',
      'clone',
    ];
    expect(same.filter((text) => !shared.includes(String(text)))).toEqual([]);
  });

  it('keep French punctuation off the start of a line', () => {
    for (const path of pathsOf(french).filter((p) => p.endsWith(':string'))) {
      expect(String(textAt(french, path.replace(/:string$/, ''))), path).not.toMatch(/ [;!?%»]| :(?:\s|$)|« /);
    }
    expect(french.figures.voteNull.caption).toContain('\u202f;');
    expect(french.missing['no-table']('vote', [])).toContain('«\u202fvote\u202f»');
  });

  it('translate the reasons a reversal gives', () => {
    expect(french.reason('no relapse sample')).toBe('aucun échantillon au stade «\u202frechute\u202f»');
    expect(french.reason('no untreated and no relapse sample')).toBe(
      'aucun échantillon au stade «\u202fnon traité\u202f» ni au stade «\u202frechute\u202f»',
    );
    expect(french.reason('something new')).toBe('something new');
  });
});
