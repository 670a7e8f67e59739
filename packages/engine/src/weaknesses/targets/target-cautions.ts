import type { Bilingual } from '../../core/text.js';
import { confounderSets } from '../../persisters/confounder-sets.js';
import type { MarkerGeneCells } from '../../markers/marker-cells.js';
import type { SharedGene } from '../drugs/shared-direction.js';
import type { DrugMatch } from '../drugs/match-drugs.js';

/** Something that speaks against a target, or limits what it can mean. */
export interface TargetCaution {
  readonly code:
    | 'essential'
    | 'normal-cells'
    | 'opposite-patients'
    | 'unstable-rank'
    | 'confounder'
    | 'in-caller'
    | 'drug-wrong-way';
  readonly text: Bilingual;
}

/** What is known about one gene when its cautions are written. */
export interface CautionInput {
  readonly shared: SharedGene;
  readonly essential: boolean;
  readonly cells: MarkerGeneCells | null;
  /** Worst rank by |t| without any one patient, and that patient; null where it was not asked. */
  readonly worst: { readonly rank: number; readonly without: string } | null;
  readonly rank: number;
  readonly wrongDrugs: readonly DrugMatch[];
}

/** A rank that falls by more than this factor, and beyond the first hundred, is unstable. */
const unstableFactor = 3;
const unstableRank = 100;

/** Everything against one gene, in a fixed order. */
export function targetCautions(input: CautionInput): readonly TargetCaution[] {
  const { shared } = input;
  const opposite = shared.asked - shared.agree;
  const cautions: (TargetCaution | null)[] = [
    input.essential
      ? caution(
          'essential',
          'core fitness gene, which dividing normal cells need too',
          'gène essentiel, dont les cellules normales en division ont aussi besoin',
        )
      : null,
    normalCells(input.cells),
    opposite > 0
      ? caution(
          'opposite-patients',
          `${String(opposite)} of ${String(shared.asked)} patients ${opposite === 1 ? 'does' : 'do'} not go along`,
          opposite === 1
            ? `1 patient sur ${String(shared.asked)} ne suit pas`
            : `${String(opposite)} patients sur ${String(shared.asked)} ne suivent pas`,
        )
      : null,
    unstable(input),
    confounded(shared.gene),
    (input.cells?.inCaller.length ?? 0) > 0
      ? caution('in-caller', 'its RNA helped to call the cells', 'son ARN a servi à appeler les cellules')
      : null,
    input.wrongDrugs.length > 0
      ? caution(
          'drug-wrong-way',
          `${firstNames(input.wrongDrugs)} would push it further`,
          `${firstNames(input.wrongDrugs)} l’accentuerait`,
        )
      : null,
  ];
  return cautions.filter((one) => one !== null);
}

function caution(code: TargetCaution['code'], en: string, fr: string): TargetCaution {
  return { code, text: { en, fr } };
}

/** Normal cells count as carriers when half as many of them as of the persisters are positive. */
function normalCells(cells: MarkerGeneCells | null): TargetCaution | null {
  const [persister, normal] = [cells?.positive.persister.value ?? null, cells?.positive.normal.value ?? null];
  if (persister === null || normal === null || normal < 0.5 * persister || normal < 0.05) return null;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  return caution(
    'normal-cells',
    `found on ${percent(normal)} of normal cells, ${percent(persister)} of persisters`,
    `trouvé sur ${percent(normal)} des cellules normales, ${percent(persister)} des persistantes`,
  );
}

function unstable({ worst, rank }: CautionInput): TargetCaution | null {
  if (worst === null || worst.rank <= unstableRank || worst.rank <= unstableFactor * rank) return null;
  return caution(
    'unstable-rank',
    `falls from rank ${String(rank)} to ${String(worst.rank)} without ${worst.without}`,
    `tombe du rang ${String(rank)} au rang ${String(worst.rank)} sans ${worst.without}`,
  );
}

const confounderWords: Readonly<Record<string, readonly [string, string]>> = {
  's-phase': ['cell cycle', 'cycle cellulaire'],
  'g2m-phase': ['cell cycle', 'cycle cellulaire'],
  dissociation: ['tissue dissociation', 'dissociation du tissu'],
  stress: ['stress', 'stress'],
  mitochondrial: ['mitochondrial genome', 'génome mitochondrial'],
  ribosomal: ['ribosome', 'ribosome'],
  haemoglobin: ['red blood cells', 'globules rouges'],
};

function confounded(gene: string): TargetCaution | null {
  const kind = confounderSets([gene]).find(({ genes }) => genes.length > 0)?.kind;
  const words = kind === undefined ? undefined : confounderWords[kind];
  if (words === undefined) return null;
  return caution('confounder', `moves with ${words[0]} too`, `varie aussi avec : ${words[1]}`);
}

function firstNames(drugs: readonly DrugMatch[]): string {
  const names = drugs.slice(0, 3).map(({ drug }) => drug);
  return drugs.length > 3 ? `${names.join(', ')} …` : names.join(', ');
}
