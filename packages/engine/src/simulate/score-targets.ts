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

/**
 * Scores markers, switch and weaknesses against the truth:
 *
 * - the planted surface marker is among the first three, and the one that goes both ways is not shared;
 * - no patient whose cells are in one of two states is called anything else (a patient that cannot be told does not count);
 * - the iron axes move the way planted in the patients that have one, and in no other.
 */
export function scoreTargets(truth: SimulationTruth, found: FoundTargets): readonly TruthScoreLine[] {
  return [
    ...(found.surfaceRanking === null ? [] : [markerLine(truth, found.surfaceRanking)]),
    ...sharedLines(truth, found),
    ...shapeLines(truth, found),
    ironLine(truth, found),
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

function ironLine(truth: SimulationTruth, { iron }: FoundTargets): TruthScoreLine {
  const planted = new Map(truth.iron.map(({ patient, direction }) => [patient, direction]));
  const agrees = ({ patient, axis, verdict }: FoundTargets['iron'][number]): boolean => {
    const direction = planted.get(patient);
    if (direction === undefined) return verdict === 'no shift shown';
    return verdict === (direction === axis ? 'raised' : 'lowered');
  };
  const label = {
    en: 'Iron axes with the planted sign, and none where none was planted',
    fr: 'Axes du fer de bon signe, et aucun là où rien n’est simulé',
  };
  return countLine('iron-axes', label, [iron.filter(agrees).length, iron.length]);
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
