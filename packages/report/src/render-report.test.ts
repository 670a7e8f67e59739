import { type Claim, claimSteps, type Column, type StudyResult, type Table } from '@remnant/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { typeset } from './format/typography.js';
import { escapeMarkup } from './markup/markup.js';
import { renderReport } from './render-report.js';
import { referenceStudy, simulatedStudy } from './testing/reference-study.test-helper.js';
import { type MetElement, parseStrictly } from './testing/well-formed.test-helper.js';

const study = referenceStudy(400);
const languages = ['en', 'fr'] as const;

/** The page without its style and script, which are XML-safe by another test. */
const bodyOf = (html: string): string =>
  html.replace(/<style>[^]*?<\/style>/, '').replace(/<script>[^]*?<\/script>/, '');
const textOf = (html: string): string => bodyOf(html).replace(/<[^>]*>/g, ' ');
const addresses = (elements: readonly MetElement[]): string[] =>
  elements
    .flatMap(({ attributes }) => [attributes['href'], attributes['src']])
    .filter((address) => address !== undefined);

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  for (const inner of Object.values(value)) deepFreeze(inner);
  return Object.freeze(value);
}

describe.each(languages)('the report in %s', (lang) => {
  let html = '';
  let elements: readonly MetElement[] = [];
  beforeAll(() => {
    html = renderReport(study, { lang });
    elements = parseStrictly(html);
  });

  it('is well-formed, with unique ids and links that lead somewhere', () => {
    const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const address of addresses(elements).filter((href) => href.startsWith('#')))
      expect(ids).toContain(address.slice(1));
    for (const { attributes } of elements) {
      for (const id of attributes['aria-labelledby']?.split(' ') ?? []) expect(ids).toContain(id);
    }
  });

  it('refers to nothing outside but DOIs, and only as links', () => {
    for (const address of addresses(elements))
      expect(address).toMatch(/^(#|tables\/[\w%.]+\.csv$|figures\/[\w-]+\.svg$|https:\/\/doi\.org\/10\.|data:,$)/);
    for (const { name, attributes } of elements) {
      if (attributes['href']?.startsWith('https:')) expect(name).toBe('a');
      expect(Object.keys(attributes).filter((key) => key.startsWith('on') || key === 'style' || key === 'src')).toEqual(
        [],
      );
    }
    expect(/https?:\/\//.exec(html.replace(/https:\/\/doi\.org\/|http:\/\/www\.w3\.org\/2000\/svg/g, ''))).toBeNull();
  });

  it('shows a claim of every step of the analysis, whole and in the summary', () => {
    const [claim] = study.claims as [Claim];
    const said = (step: string): Claim['sentence'] => ({ en: `Answer of ${step}.`, fr: `Réponse de ${step}.` });
    const claims = claimSteps.map((step) => ({ ...claim, id: step, step, sentence: said(step), figures: [] }));
    const text = textOf(renderReport({ ...study, claims }, { lang }));
    for (const step of claimSteps) expect(text.split(said(step)[lang]).length - 1, step).toBeGreaterThanOrEqual(2);
  });

  it('gives the same bytes again and leaves its input alone', () => {
    expect(renderReport(deepFreeze(referenceStudy(400)), { lang }) === html).toBe(true);
  });

  it('opens every claim into its evidence', () => {
    for (const claim of study.claims) {
      const written = (text: Claim['sentence']): string => escapeMarkup(typeset(text[lang], lang));
      expect(html.split(written(claim.sentence)).length - 1, claim.id).toBe(2);
      for (const text of [claim.question, claim.control, claim.needed]) expect(html.includes(written(text))).toBe(true);
      for (const line of claim.lines) expect(html.includes(written(line.sentence))).toBe(true);
      for (const number of claim.numbers) expect(html.includes(written(number.label))).toBe(true);
      for (const table of claim.tables) expect(html.includes(`tables/${table}.csv`)).toBe(true);
      for (const figure of claim.figures) expect(html.includes(`id="figure-${figure}"`)).toBe(true);
    }
  });

  it('says what could not be tested and names every method, warning, input and pack', () => {
    const text = textOf(html);
    for (const finding of study.design)
      expect(text.includes(escapeMarkup(typeset(finding.text[lang], lang)))).toBe(true);
    for (const method of study.methods)
      expect(text.includes(escapeMarkup(typeset(method.text[lang], lang)))).toBe(true);
    for (const warning of study.warnings) expect(text.includes(warning.message)).toBe(true);
    for (const { sha256 } of [...study.provenance.inputs, ...study.provenance.packs])
      expect(text.includes(sha256)).toBe(true);
    expect(html.slice(html.indexOf('id="not-testable"'))).toContain(
      escapeMarkup(typeset(study.claims[5]?.question[lang] ?? '?', lang)),
    );
    expect(/undefined|NaN|\[object|Infinity/.exec(text)).toBeNull();
  });
});

describe('English and French', () => {
  it('have the same structure, element by element', () => {
    const [en, fr] = languages.map((lang) => parseStrictly(renderReport(study, { lang })));
    const skeleton = (elements: readonly MetElement[] = []): string[] =>
      elements
        .filter(({ name }) => !['text', 'tspan'].includes(name))
        .map(({ name, attributes }) => `${name}#${attributes['id'] ?? ''}.${attributes['class'] ?? ''}`);
    expect(skeleton(fr).filter((entry) => !entry.includes('line#'))).toEqual(
      skeleton(en).filter((entry) => !entry.includes('line#')),
    );
  });

  it('write numbers each in their own way', () => {
    const [en = '', fr = ''] = languages.map((lang) => textOf(renderReport(study, { lang })));
    expect(en.includes('0.47 to 1.03')).toBe(true);
    expect(fr.includes('0,47 à 1,03')).toBe(true);
    expect(en.includes('4,781')).toBe(true);
    expect(fr.includes('4\u202f781')).toBe(true);
  });
});

/** Every free text of a result with something nasty at its end; words the contract fixes are left alone. */
function hostile(result: StudyResult): StudyResult {
  const nasty = (text: string): string => `${text}"'><img src=x onerror=alert(1)></svg></script>&\u0000\ud800]]>`;
  const both = ({ en, fr }: { en: string; fr: string }): { en: string; fr: string } => ({
    en: nasty(en),
    fr: nasty(fr),
  });
  const fixed = new Set(['stage', 'call', 'verdict', 'relation', 'display', 'group_kind', 'outlier']);
  const column = (c: Column): Column =>
    c.kind === 'number' || fixed.has(c.name)
      ? { ...c, description: nasty(c.description) }
      : {
          ...c,
          description: nasty(c.description),
          values: c.values.map((value) => (value === null ? null : nasty(value))),
        };
  const table = (t: Table): Table => ({ ...t, description: nasty(t.description), columns: t.columns.map(column) });
  return {
    ...result,
    title: nasty(result.title),
    organism: nasty(result.organism),
    summary: {
      ...result.summary,
      technologies: [nasty('10x')],
      treatments: [nasty('AC')],
      samplesPerStage: { [nasty('odd')]: 3 },
    },
    claims: result.claims.map((claim) => ({
      ...claim,
      id: nasty(claim.id),
      question: both(claim.question),
      sentence: both(claim.sentence),
      control: both(claim.control),
      needed: both(claim.needed),
      numbers: claim.numbers.map((number) => ({ ...number, label: both(number.label), unit: nasty(number.unit) })),
      lines: claim.lines.map((line) => ({
        ...line,
        id: nasty(line.id),
        label: both(line.label),
        sentence: both(line.sentence),
      })),
      tables: [...claim.tables, nasty('tables/../../x')],
    })),
    design: result.design.map((finding) => ({ ...finding, text: both(finding.text) })),
    methods: result.methods.map((method) => ({
      ...method,
      title: both(method.title),
      text: both(method.text),
      doi: ['javascript:alert(1)', nasty('10.1186/x')],
    })),
    warnings: [{ code: nasty('code'), message: nasty('message') }],
    tables: [...result.tables.map(table), { ...table(result.tables[0] as Table), name: nasty('odd') }],
    provenance: {
      ...result.provenance,
      remnantVersion: nasty('1'),
      options: { [nasty('option')]: nasty('value'), list: [nasty('a')], nested: { a: nasty('b') } },
      inputs: [{ path: nasty('a.csv'), bytes: 1, sha256: nasty('f') }],
      packs: result.provenance.packs.map((pack) => ({
        ...pack,
        name: nasty(pack.name),
        licence: nasty('MIT'),
        source: 'javascript:alert(1)',
      })),
    },
    truth:
      result.truth === null
        ? null
        : {
            ...result.truth,
            lines: result.truth.lines.map((line) => ({
              ...line,
              label: both(line.label),
              shown: nasty(line.shown),
              target: nasty(line.target),
            })),
          },
  };
}

describe('hostile names', () => {
  it.each(languages)('stay text (%s)', (lang) => {
    const elements = parseStrictly(renderReport(hostile(simulatedStudy(400)), { lang }));
    expect(elements.filter(({ name }) => name === 'img')).toEqual([]);
    expect(elements.filter(({ name }) => name === 'script')).toHaveLength(1);
    for (const { attributes } of elements)
      expect(Object.keys(attributes).filter((key) => key.startsWith('on'))).toEqual([]);
    for (const address of addresses(elements))
      expect(address).toMatch(/^(#|tables\/[^/:]*\.csv$|figures\/[\w-]+\.svg$|https:\/\/doi\.org\/10\.|data:,$)/);
  });
});

/** The same result with every number missing. */
function withoutNumbers(result: StudyResult): StudyResult {
  const blank = (t: Table): Table => ({
    ...t,
    columns: t.columns.map((c) =>
      c.kind === 'number'
        ? { ...c, values: new Float64Array(t.nRows).fill(NaN) }
        : { ...c, values: c.values.map(() => null) },
    ),
  });
  const claims = result.claims.map((claim) => ({
    ...claim,
    patients: null,
    numbers: claim.numbers.map((number) => ({ ...number, value: null, low: null, high: null })),
  }));
  return { ...result, claims, tables: result.tables.map(blank) };
}

describe('what is missing', () => {
  it.each([
    ['no number in any table', withoutNumbers(study)],
    ['no table at all', { ...study, tables: [] }],
    [
      'empty tables',
      {
        ...study,
        tables: study.tables.map((t) => ({
          ...t,
          nRows: 0,
          columns: t.columns.map((c) =>
            c.kind === 'number' ? { ...c, values: new Float64Array(0) } : { ...c, values: [] },
          ),
        })),
      },
    ],
    ['tables without columns', { ...study, tables: study.tables.map((t) => ({ ...t, columns: [] })) }],
  ])('leaves figures out and says so: %s', (_, result: StudyResult) => {
    for (const lang of languages) {
      const html = renderReport(result, { lang });
      parseStrictly(html);
      expect(html.includes('<figure')).toBe(false);
      expect(html.includes(lang === 'en' ? 'Figures left out' : 'Figures absentes')).toBe(true);
      expect(/undefined|NaN|Infinity/.exec(textOf(html))).toBeNull();
    }
  });

  it('reads without claims, design, methods, warnings or packs', () => {
    const provenance = { ...study.provenance, packs: [], inputs: [], options: {} };
    const summary = Object.fromEntries(
      Object.entries(study.summary).filter(([key]) => key !== 'contrast'),
    ) as unknown as StudyResult['summary'];
    const html = renderReport(
      { ...study, claims: [], design: [], methods: [], warnings: [], provenance, summary },
      { lang: 'en' },
    );
    parseStrictly(html);
    expect(html.includes('This run made no claim.')).toBe(true);
    expect(html.includes('starting stage')).toBe(true);
  });

  it('shows the score of a simulated study and only of one', () => {
    expect(
      renderReport(simulatedStudy(400), { lang: 'fr' }).includes('2 des 3 faits introduits ont été retrouvés'),
    ).toBe(true);
    expect(renderReport(study, { lang: 'fr' }).includes('id="truth"')).toBe(false);
    expect(renderReport(study, { lang: 'en' }).includes('planted truth to score')).toBe(false);
  });
});
