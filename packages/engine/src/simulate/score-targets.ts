import type { Bilingual } from '../core/text.js';
import type { TruthScoreLine } from './truth-score.js';
import type { SimulationTruth } from './truth.js';

/** What an analysis said of markers, of the switch and of iron. */
export interface FoundTargets {
  /** Surface genes, the surest marker first; null without a list of surface proteins. */
  readonly surfaceRanking: readonly string[] | null;
  /** Whether the patients share each of the named markers. */
  readonly sharedMarkers: readonly { readonly gene: string; readonly shared: boolean }[];
  /** Shape of the persister state of each patient asked. */
  readonly shapes: readonly { readonly patient: string; readonly verdict: string }[];
  /** Change of the iron axes in each patient. */
  readonly iron: readonly {
    readonly patient: string;
    readonly axis: 'overload' | 'starvation';
    readonly verdict: 'raised' | 'lowered' | 'no shift shown';
  }[];
}

const mostRank = 3;
/** What one patient's axis may be wrong about. */
const falseRate = 0.05;

/**
 * Scores markers, switch and weaknesses against the truth:
 *
 * - the planted surface marker is among the first three, and the one that goes both ways is not shared;
 * - no patient whose cells are in one of two states is called anything else (a patient that cannot be told does not count);
 * - the iron axes move the way planted in the patients that have one, and elsewhere no more often than chance allows.
 */
export function scoreTargets(truth: SimulationTruth, found: FoundTargets): readonly TruthScoreLine[] {
  return [
    ...(found.surfaceRanking === null ? [] : [markerLine(truth, found.surfaceRanking)]),
    ...sharedLines(truth, found),
    ...shapeLines(truth, found),
    ...ironLines(truth, found),
  ];
}

function markerLine({ marker }: SimulationTruth, ranking: readonly string[]): TruthScoreLine {
  const rank = ranking.indexOf(marker.shared) + 1;
  return {
    id: 'marker-rank',
    label: {
      en: `Rank of the planted surface marker, ${marker.shared}`,
      fr: `Rang du marqueur de surface simulé, ${marker.shared}`,
    },
    value: rank === 0 ? null : rank,
    shown: rank === 0 ? '–' : `${String(rank)} / ${String(ranking.length)}`,
    target: `≤ ${String(mostRank)}`,
    passed: rank > 0 && rank <= mostRank,
  };
}

function sharedLines({ marker }: SimulationTruth, { sharedMarkers }: FoundTargets): readonly TruthScoreLine[] {
  const asked = sharedMarkers.filter(({ gene }) => gene === marker.notShared);
  if (asked.length === 0) return [];
  const label = {
    en: `${marker.notShared}, planted with both signs, not called shared`,
    fr: `${marker.notShared}, simulé avec les deux signes, non retenu comme partagé`,
  };
  return [countLine('marker-not-shared', label, [asked.filter(({ shared }) => !shared).length, asked.length])];
}

function shapeLines(truth: SimulationTruth, { shapes }: FoundTargets): readonly TruthScoreLine[] {
  const present = new Set(truth.patients.filter((p) => p.programme === 'present').map(({ patient }) => patient));
  const told = shapes.filter(
    ({ patient, verdict }) => present.has(patient) && verdict !== 'cannot tell' && verdict !== 'not testable',
  );
  if (told.length === 0) return [];
  const label = { en: 'Patients whose switch is called two-state', fr: 'Patients : interrupteur à deux états' };
  return [
    countLine('switch-shape', label, [told.filter(({ verdict }) => verdict === 'two-state').length, told.length]),
  ];
}

function ironLines(truth: SimulationTruth, { iron }: FoundTargets): readonly TruthScoreLine[] {
  const planted = new Map(truth.iron.map(({ patient, direction }) => [patient, direction]));
  const carriers = iron.filter(({ patient }) => planted.has(patient));
  const right = carriers.filter(
    ({ patient, axis, verdict }) => verdict === (planted.get(patient) === axis ? 'raised' : 'lowered'),
  );
  const others = iron.filter(({ patient }) => !planted.has(patient));
  const shown = others.filter(({ verdict }) => verdict !== 'no shift shown').length;
  const most = mostByChance(others.length);
  return [
    countLine('iron-axes', { en: 'Iron axes with the planted sign', fr: 'Axes du fer de bon signe' }, [
      right.length,
      carriers.length,
    ]),
    {
      id: 'iron-null',
      label: { en: 'Iron axes shifted where nothing was planted', fr: 'Axes du fer décalés là où rien n’est simulé' },
      value: shown,
      shown: `${String(shown)}/${String(others.length)}`,
      target: `≤ ${String(most)}`,
      passed: shown <= most,
    },
  ];
}

/** The number of false shifts that one study in a hundred exceeds when each look errs once in twenty. */
function mostByChance(looks: number): number {
  let tail = 1;
  for (let k = 0; k <= looks; k++) {
    tail -= choose(looks, k) * falseRate ** k * (1 - falseRate) ** (looks - k);
    if (tail <= 0.01) return k;
  }
  return looks;
}

function choose(n: number, k: number): number {
  let product = 1;
  for (let i = 1; i <= k; i++) product *= (n - k + i) / i;
  return product;
}

function countLine(id: string, label: Bilingual, [agree, asked]: readonly [number, number]): TruthScoreLine {
  const all = String(asked);
  return {
    id,
    label,
    value: agree,
    shown: `${String(agree)}/${all}`,
    target: `${all}/${all}`,
    passed: agree === asked && asked > 0,
  };
}
