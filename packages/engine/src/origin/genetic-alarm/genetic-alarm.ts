import { type RunContext, throwIfAborted } from '../../core/context.js';
import { ShapeError } from '../../core/errors.js';
import type { Estimate, MethodInfo, Warning } from '../../core/method.js';
import { randomEffects } from '../../stats/meta-analysis.js';
import type { OriginVerdict } from '../lineages/lineage-verdict.js';
import { jointVerdict, readTie, sourceVerdict } from './alarm-verdict.js';
import { cloneChange } from './clone-change.js';
import { type GeneticAlarmOptions, resolveAlarmOptions, type ResolvedAlarmOptions } from './options.js';
import { tieTest } from './tie-test.js';
import { mostTiedLabel, type TiedLabel } from './tied-label.js';
import type { CloneChange, GeneticAlarm, GeneticEvidence, LabelTie, PatientAlarm, SourceAlarm } from './types.js';

/** What {@link geneticAlarm} is. */
export const geneticAlarmInfo: MethodInfo = {
  id: 'genetic-alarm',
  title: 'Is the persister state tied to a clone, an arm or a mutation?',
  version: '1.0.0',
  doi: ['10.1093/biomet/53.3-4.447', '10.2307/1934145'],
  input: 'persister calls of cells and their genetic labels (barcode, copy number or mutation), with sample and stage',
  output: 'per patient and source: tie with P value and heritability, most tied label with odds ratio, verdict',
  random: true,
};

/**
 * Is the persister state tied to a clone, a chromosome arm or a mutation? Per patient and source: a permutation test of
 * state against labels with the sample as stratum (`tieTest`), the most tied value with its odds ratio (`mostTiedLabel`),
 * what became of the clones between the stages of the contrast (`cloneChange`), and a verdict (`sourceVerdict`): adaptation,
 * selection, mixed or cannot tell. The patient is the unit of everything over patients.
 *
 * Cost: permutations × (cells + labels × cells in the rarer state) per patient and source.
 *
 * @param evidence - one entry per patient and source; a source that abstained says why and has no labels
 * @throws ShapeError when the arrays of one patient differ in length; OptionError for options out of range; AbortedError
 */
export async function geneticAlarm(
  evidence: readonly GeneticEvidence[],
  options: GeneticAlarmOptions,
  context: RunContext,
): Promise<GeneticAlarm> {
  const resolved = resolveAlarmOptions(options);
  evidence.forEach(checkEvidence);
  const found: { readonly patient: string; readonly alarm: SourceAlarm }[] = [];
  for (const one of evidence) {
    throwIfAborted(context);
    found.push({ patient: one.patient, alarm: await sourceAlarm(one, resolved, context) });
  }
  const patients = [...new Set(evidence.map(({ patient }) => patient))].map((patient) =>
    patientAlarm(
      patient,
      found.filter((one) => one.patient === patient).map(({ alarm }) => alarm),
    ),
  );
  const verdict = jointVerdict(patients.map((patient) => patient.verdict));
  const counts = { adaptation: 0, selection: 0, mixed: 0, 'cannot tell': 0 };
  for (const patient of patients) counts[patient.verdict] += 1;
  return {
    patients,
    verdict,
    reasons: [overPatients(counts)],
    counts,
    heritability: pooledHeritability(patients, resolved.level),
    warnings: warningsOf(patients),
  };
}

function checkEvidence({ patient, source, sample, stage, persister, labels }: GeneticEvidence): void {
  const columns = [
    ['stage', stage.length],
    ['persister', persister.length],
    ...labels.map(({ name, values }) => [`label ${name}`, values.length] as const),
  ] as const;
  for (const [column, found] of columns) {
    if (found === sample.length) continue;
    throw new ShapeError(`The ${source} evidence of patient "${patient}" does not fit its cells.`, {
      column,
      expected: `${String(sample.length)} values`,
      found: String(found),
    });
  }
}

async function sourceAlarm(
  evidence: GeneticEvidence,
  options: ResolvedAlarmOptions,
  context: RunContext,
): Promise<SourceAlarm> {
  const { source, abstained } = evidence;
  const labelled = evidence.persister.flatMap((state, i) =>
    state !== null && evidence.labels.some(({ values }) => values[i] != null) ? [state] : [],
  );
  const counts = { source, nCells: labelled.length, nPersisters: labelled.filter(Boolean).length };
  const clones = abstained === null ? cloneChange(evidence, options) : noClones(abstained);
  const labels = abstained === null ? await tieTest(evidence, options, context) : [];
  const why = abstained ?? whyNotTested(counts, options);
  const { tie, tieReasons } =
    labels.length === 0 ? ({ tie: 'cannot tell', tieReasons: [why] } as const) : readTie(labels, options);
  const mostTied = labels.length === 0 ? null : mostTiedLabel(evidence, options);
  const stateChange = changeOfState(evidence, options.contrast);
  const isStrong = isStrongTie(labels[0], mostTied, options.strong);
  const { verdict, reasons } = sourceVerdict({ tie, fate: clones.fate, isStrong, stateChange }, options);
  return {
    ...counts,
    tie,
    tieReasons,
    pValue: labels.reduce((least, { pAdjusted }) => Math.min(least, pAdjusted), labels.length === 0 ? NaN : 1),
    labels,
    mostTied,
    clones,
    stateChange,
    verdict,
    reasons: verdict === 'cannot tell' ? [...reasons, ...tieReasons, ...clones.reasons] : [...reasons, ...tieReasons],
  };
}

/** The tie is strong, and most persisters carry the most tied value. */
function isStrongTie(label: LabelTie | undefined, tied: TiedLabel | null, strong: number): boolean {
  if (label === undefined || tied === null) return false;
  const share = tied.nCarriersInState / (tied.nCarriersInState + tied.nOthersInState);
  return (label.heritability.value ?? 0) >= strong && (tied.logOddsRatio.low ?? 0) > 0 && share >= strong;
}

/** Share of labelled cells in the state, later minus earlier stage. */
function changeOfState(
  { persister, stage, labels }: GeneticEvidence,
  { from, to }: ResolvedAlarmOptions['contrast'],
): number | null {
  const share = (wanted: string): number => {
    const states = persister.flatMap((state, i) =>
      state !== null && stage[i] === wanted && labels.some(({ values }) => values[i] != null) ? [state] : [],
    );
    return states.filter(Boolean).length / states.length;
  };
  const change = share(to) - share(from);
  return Number.isFinite(change) ? change : null;
}

function noClones(reason: string): CloneChange {
  return { fate: 'cannot tell', reasons: [reason], shift: null, overlap: null, composition: null, variants: [] };
}

function whyNotTested(
  { nCells, nPersisters }: Pick<SourceAlarm, 'nCells' | 'nPersisters'>,
  { minimumCells, minimumPerState }: ResolvedAlarmOptions,
): string {
  if (nCells < minimumCells) return `${String(nCells)} cells with a label and a state, ${String(minimumCells)} needed`;
  const rarer = Math.min(nPersisters, nCells - nPersisters);
  return rarer < minimumPerState
    ? `${String(rarer)} cells of the rarer state, ${String(minimumPerState)} needed`
    : `fewer than ${String(minimumPerState)} cells in the rarer state of their sample, or one clone only`;
}

function patientAlarm(patient: string, sources: readonly SourceAlarm[]): PatientAlarm {
  const verdict = jointVerdict(sources.map((source) => source.verdict));
  const telling = sources.filter((source) => verdict === 'cannot tell' || source.verdict !== 'cannot tell');
  return {
    patient,
    alarm: sources.some(({ tie, clones }) => tie === 'tied' || clones.fate === 'lost'),
    verdict,
    reasons: telling.map(({ source, reasons }) => `${source}: ${reasons.join('; ')}`),
    sources,
  };
}

function overPatients(counts: Readonly<Record<OriginVerdict, number>>): string {
  const all = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const told = Object.entries(counts).filter(([verdict, n]) => verdict !== 'cannot tell' && n > 0);
  const each = told.map(([verdict, n]) => `${verdict} in ${String(n)}`).join(', ');
  return told.length === 0
    ? `no patient of ${String(all)} can be told`
    : `${each} of ${String(all)} patients; ${String(counts['cannot tell'])} cannot be told`;
}

/** Each patient by its most tied label: choosing it pulls the mean up, which the method says. */
function pooledHeritability(patients: readonly PatientAlarm[], level: number): Estimate {
  const method = 'mean over patients of the heritability of the most tied label, Student’s interval between patients';
  const values = patients.flatMap(({ sources }) => {
    const own = sources.flatMap(({ labels }) => labels[0]?.heritability.value ?? []);
    return own.length === 0 ? [] : [Math.max(...own)];
  });
  const unknown = values.map(() => NaN);
  const pooled = randomEffects(values, unknown, { weights: 'equal', level });
  if (pooled.status !== 'ok') {
    const reasons = pooled.reasons.length > 0 ? pooled.reasons : ['too few patients'];
    return { value: null, low: null, high: null, level, method, status: 'not-identifiable', reasons };
  }
  const { estimate, low, high } = pooled;
  return { value: estimate, low, high, level, method, status: 'ok', reasons: [] };
}

function warningsOf(patients: readonly PatientAlarm[]): readonly Warning[] {
  const technical = patients.filter(({ sources }) =>
    sources.some(
      ({ clones: { composition, variants } }) =>
        composition?.basis === 'technical only' || variants.some(({ basis }) => basis === 'technical only'),
    ),
  );
  const coverage = patients.some(({ sources }) => sources.some(({ source }) => source === 'mutation'));
  return [
    ...(technical.length === 0
      ? []
      : [
          {
            code: 'alarm-technical-only',
            message: `${technical.map(({ patient }) => patient).join(', ')}: one sample per stage, so that the change of the clones is known against the sampling of cells only.`,
          },
        ]),
    ...(coverage
      ? [
          {
            code: 'alarm-variant-coverage',
            message:
              'Whether a variant is covered depends on the expression of its gene and allele: a wild-type call may be an allele not read.',
          },
        ]
      : []),
  ];
}
