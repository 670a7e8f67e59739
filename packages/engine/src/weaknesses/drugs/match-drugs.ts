import type { RunContext } from '../../core/context.js';
import { OptionError } from '../../core/errors.js';
import type { MethodInfo } from '../../core/method.js';
import type { DrugGene, DrugSignature } from '../../data/resources.js';
import type { MarkerStudy } from '../../markers/marker-study.js';
import { compareText } from '../../programme/compare-text.js';
import { sharedGenes } from './shared-direction.js';
import { type SignatureReversal, signatureReversal } from './signature-reversal.js';
import { type TargetChance, targetChance, type TargetMatch, targetMatches } from './target-matches.js';

/** What drug matching is. */
export const matchDrugsInfo: MethodInfo = {
  id: 'match-drugs',
  title: 'Drugs matched by target and by reversal of the programme',
  version: '1.0.0',
  doi: ['10.1126/science.1132939', '10.1093/nar/gkad1040'],
  input: 'the shared programme, a drug–gene table, a table of drug signatures',
  output: 'per drug: targets for and against, reversal with null, patients that agree, essential targets, status',
  random: true,
};

/** The tables drugs are matched against; null where there is none. */
export interface DrugTables {
  readonly drugGenes: readonly DrugGene[] | null;
  readonly signatures: readonly DrugSignature[] | null;
  /** Core fitness genes: dividing normal cells need them too; null without a pack. */
  readonly essential: ReadonlySet<string> | null;
}

/** Options of `matchDrugs`. */
export interface MatchDrugsOptions {
  /** Default 0.05. */
  readonly fdr?: number;
  /** Permutations of the null of signatures. Default 1000. */
  readonly permutations?: number;
  /** Genes a signature must share with the study. Default 20. */
  readonly minGenes?: number;
}

/** One drug. */
export interface DrugMatch {
  readonly rank: number;
  readonly drug: string;
  /** As the tables write it; empty where they do not say. */
  readonly status: string;
  readonly sources: readonly string[];
  /** Null where the drug–gene table does not have the drug. */
  readonly targets: TargetMatch | null;
  /** Null where there is no signature of the drug. */
  readonly reversal: SignatureReversal | null;
  /** Lines that speak for it and against it: by targets, by signature. */
  readonly linesFor: number;
  readonly linesAgainst: number;
  /** Core fitness genes among the targets it does not activate. */
  readonly essentialTargets: readonly string[];
  /** `supported`: something for, nothing against. `contradicted`: something against, nothing for. */
  readonly verdict: 'supported' | 'not supported' | 'contradicted';
}

/** Drugs held against the programme. */
export interface DrugMatches {
  readonly status: 'ok' | 'not testable';
  readonly reasons: readonly string[];
  readonly drugs: readonly DrugMatch[];
  readonly nPairs: number;
  readonly nSignatures: number;
  readonly withEssential: boolean;
  /** Null without a drug–gene table. */
  readonly chance: TargetChance | null;
}

/**
 * Matches drugs in two ways that are kept apart. **By target**: a drug that inhibits what the patients share as raised, or
 * activates what they share as lowered, has a target for it; the opposite is against it. **By signature**: see
 * `signatureReversal`. Drugs are ordered by verdict, lines for, lines against, z of the reversal, targets for, name.
 *
 * A match is a hypothesis: RNA of a target is neither its activity nor a need for it, and a signature comes from other cells.
 *
 * @param tables - without any the result is "not testable" and says what to supply
 * @throws OptionError for a rate or number out of range
 */
export async function matchDrugs(
  study: MarkerStudy,
  tables: DrugTables,
  options: MatchDrugsOptions,
  context: RunContext,
): Promise<DrugMatches> {
  const { fdr = 0.05, permutations = 1000, minGenes = 20 } = options;
  if (!(fdr > 0 && fdr < 1)) throw new OptionError('Option fdr must lie between 0 and 1.', { found: String(fdr) });
  if (!(Number.isInteger(permutations) && permutations >= 100)) {
    throw new OptionError('Option permutations must be at least 100.', { found: String(permutations) });
  }
  const found = {
    nPairs: tables.drugGenes?.length ?? 0,
    nSignatures: tables.signatures?.length ?? 0,
    withEssential: tables.essential !== null,
  };
  const reasons = whyNot(study, tables);
  if (reasons.length > 0) return { status: 'not testable', reasons, drugs: [], chance: null, ...found };
  const shared = sharedGenes(study);
  const byTarget = targetMatches(tables.drugGenes ?? [], shared, tables.essential);
  const chance = tables.drugGenes === null ? null : targetChance(byTarget, shared);
  const scoring = { permutations, fdr, minGenes };
  const bySignature = await signatureReversal(tables.signatures ?? [], study, scoring, context);
  return { status: 'ok', reasons: [], drugs: ordered(joined(tables, byTarget, bySignature)), chance, ...found };
}

function whyNot({ perPatient }: MarkerStudy, { drugGenes, signatures }: DrugTables): readonly string[] {
  const nPatients = perPatient?.effects.patients.length ?? 0;
  return [
    ...(drugGenes === null && signatures === null
      ? [
          'no drug table was given: supply a drug–gene table (drug, gene, direction, status, source) or drug signatures (drug, gene, effect), as a pack or a file',
        ]
      : []),
    ...(nPatients < 3 ? [`${String(nPatients)} patients can be compared with themselves; at least 3 are needed`] : []),
  ];
}

function joined(
  { drugGenes, signatures }: DrugTables,
  byTarget: readonly TargetMatch[],
  bySignature: readonly SignatureReversal[],
): readonly Omit<DrugMatch, 'rank'>[] {
  const targetsOf = new Map(byTarget.map((match) => [match.drug, match]));
  const reversalOf = new Map(bySignature.map((score) => [score.drug, score]));
  const about = new Map<string, { statuses: Set<string>; sources: Set<string> }>();
  for (const { drug, status, source } of [...(drugGenes ?? []), ...(signatures ?? [])]) {
    const own = about.get(drug) ?? { statuses: new Set<string>(), sources: new Set<string>() };
    if (status !== '') own.statuses.add(status);
    if (source !== '') own.sources.add(source);
    about.set(drug, own);
  }
  return [...about].map(([drug, { statuses, sources }]) => {
    const targets = targetsOf.get(drug) ?? null;
    const reversal = reversalOf.get(drug) ?? null;
    const linesFor = Number((targets?.nFor ?? 0) > 0) + Number(reversal?.standing === 'reverses');
    const linesAgainst = Number((targets?.nAgainst ?? 0) > 0) + Number(reversal?.standing === 'mimics');
    return {
      drug,
      status: [...statuses].sort(compareText).join('; '),
      sources: [...sources].sort(compareText),
      targets,
      reversal,
      linesFor,
      linesAgainst,
      essentialTargets: (targets?.targets ?? [])
        .filter(({ essential, action }) => essential === true && action !== 'activates')
        .map(({ gene }) => gene),
      verdict: verdictOf(linesFor, linesAgainst),
    };
  });
}

function verdictOf(linesFor: number, linesAgainst: number): DrugMatch['verdict'] {
  if (linesAgainst > 0) return linesFor > 0 ? 'not supported' : 'contradicted';
  return linesFor > 0 ? 'supported' : 'not supported';
}

const verdictOrder = ['supported', 'not supported', 'contradicted'] as const;

function ordered(drugs: readonly Omit<DrugMatch, 'rank'>[]): readonly DrugMatch[] {
  const z = ({ reversal }: Omit<DrugMatch, 'rank'>): number => reversal?.z ?? 0;
  return [...drugs]
    .sort(
      (a, b) =>
        verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) ||
        b.linesFor - a.linesFor ||
        a.linesAgainst - b.linesAgainst ||
        z(b) - z(a) ||
        (b.targets?.nFor ?? 0) - (a.targets?.nFor ?? 0) ||
        compareText(a.drug, b.drug),
    )
    .map((drug, i) => ({ rank: i + 1, ...drug }));
}
