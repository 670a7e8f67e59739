import type { ReportContext } from '../report-context.js';
import { numbersOrMissing, readColumns, type ReadTable, textsOrMissing } from '../tables/read-columns.js';
import { isPooled } from './pooled.js';
import { namesIn } from './table-order.js';

/** The table `surface_markers` as read. */
export type SurfaceRanking = ReadTable<'rank' | 'log2_fold_change', 'gene' | 'verdict'>;

/** A gene in one patient; the fraction is NaN where no called cells were read. */
export interface MarkerDot {
  readonly effect: number;
  readonly positive: number;
}

/** A surface gene over the patients. Missing numbers are NaN. */
export interface MarkerRow {
  readonly gene: string;
  readonly rank: number;
  readonly isShared: boolean;
  readonly isNamed: boolean;
  readonly mean: number;
  readonly agree: number;
  readonly asked: number;
  readonly worstRank: number;
  readonly worstWithout: string;
  readonly dots: ReadonlyMap<string, MarkerDot>;
}

/** Genes shown of a ranking, besides those asked for by name. */
const most = 20;

/** The first genes of the ranking and every gene asked for by name, in the order of their rank. */
export function surfaceMarkerRows({ result }: ReportContext, read: SurfaceRanking): readonly MarkerRow[] {
  const named = namesIn(textsOrMissing(result, 'named_markers', 'gene'));
  const dots = dotsByGene(result);
  const number = (column: string): Float64Array => numbersOrMissing(result, 'surface_markers', column);
  const [agree, asked] = [number('patients_agree'), number('patients')];
  const worst = number('rank_worst_without_one');
  const without = textsOrMissing(result, 'surface_markers', 'worst_without');
  const ranked = read.texts.gene.map((name, i): MarkerRow => {
    const gene = name ?? '';
    return {
      gene,
      rank: read.numbers.rank[i] as number,
      isShared: read.texts.verdict[i] === 'shared',
      isNamed: named.includes(gene),
      mean: read.numbers.log2_fold_change[i] as number,
      agree: agree[i] as number,
      asked: asked[i] as number,
      worstRank: worst[i] as number,
      worstWithout: without[i] ?? '',
      dots: dots.get(gene) ?? new Map<string, MarkerDot>(),
    };
  });
  const shown = ranked.filter(({ rank, isNamed }) => rank <= most || isNamed).sort((a, b) => a.rank - b.rank);
  const unlisted = named.filter((gene) => !ranked.some((row) => row.gene === gene));
  return [...shown, ...unlisted.map((gene) => unranked(result, gene, dots.get(gene) ?? new Map<string, MarkerDot>()))];
}

type Result = ReportContext['result'];

/** A gene asked for by name that is not on the list of surface proteins. */
function unranked(result: Result, gene: string, dots: ReadonlyMap<string, MarkerDot>): MarkerRow {
  const effects = [...dots.values()].map(({ effect }) => effect).filter(Number.isFinite);
  const at = textsOrMissing(result, 'named_markers', 'gene').findIndex(
    (name, i) => name === gene && isPooled(textsOrMissing(result, 'named_markers', 'patient')[i]),
  );
  const mean = numbersOrMissing(result, 'named_markers', 'log2_fold_change')[at] ?? NaN;
  return {
    gene,
    rank: NaN,
    isShared: false,
    isNamed: true,
    mean,
    agree: effects.filter((effect) => Math.sign(effect) === Math.sign(mean)).length,
    asked: effects.length,
    worstRank: NaN,
    worstWithout: '',
    dots,
  };
}

/** Effects and positive fractions of every gene, from the ranked markers and from those asked for by name. */
function dotsByGene(result: Result): ReadonlyMap<string, ReadonlyMap<string, MarkerDot>> {
  const found = new Map<string, Map<string, MarkerDot>>();
  const add = (gene: string | null | undefined, patient: string | null | undefined, dot: MarkerDot): void => {
    if (typeof gene !== 'string' || typeof patient !== 'string' || isPooled(patient)) return;
    const own = found.get(gene) ?? new Map<string, MarkerDot>();
    if (!own.has(patient)) own.set(patient, dot);
    found.set(gene, own);
  };
  const ranked = readColumns(result, 'marker_patients', { numbers: ['log2_fold_change'], texts: ['gene', 'patient'] });
  if (ranked.found) {
    const positive = numbersOrMissing(result, 'marker_patients', 'positive_persister');
    ranked.texts.gene.forEach((gene, i) => {
      add(gene, ranked.texts.patient[i], {
        effect: ranked.numbers.log2_fold_change[i] as number,
        positive: positive[i] as number,
      });
    });
  }
  const named = readColumns(result, 'named_markers', { numbers: ['log2_fold_change'], texts: ['gene', 'patient'] });
  if (named.found) {
    named.texts.gene.forEach((gene, i) => {
      add(gene, named.texts.patient[i], { effect: named.numbers.log2_fold_change[i] as number, positive: NaN });
    });
  }
  return found;
}
