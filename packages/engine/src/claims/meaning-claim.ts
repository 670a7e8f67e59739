import type { Analysis } from './analysis.js';
import type { Claim, Verdict } from './claim.js';
import { plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

interface FoundSet {
  readonly name: string;
  readonly score: number;
  readonly pAdjusted: number;
}

/** What known programmes does it look like? By enrichment over all genes, and by overlap of the called ones. */
export function meaningClaim({ enrichment, overlap, options }: Analysis): Claim {
  const sets = enrichment
    .flatMap((found) =>
      found.names.map((name, i) => ({
        name,
        score: found.normalizedEnrichmentScore[i] ?? NaN,
        pAdjusted: found.pAdjusted[i] ?? NaN,
      })),
    )
    .filter((set) => set.pAdjusted <= options.fdr);
  const raised = strongest(sets.filter((set) => set.score > 0));
  const lowered = strongest(sets.filter((set) => set.score < 0));
  const [up, down] = [
    leadingOverlaps(overlap?.up ?? null, options.fdr),
    leadingOverlaps(overlap?.down ?? null, options.fdr),
  ];
  const tested = enrichment.reduce((sum, found) => sum + found.names.length, 0);
  const verdict = ((): Verdict => {
    if (tested === 0 && overlap === null) return 'not testable';
    return sets.length + up.length + down.length > 0 ? 'supported' : 'not supported';
  })();
  return {
    id: 'programme.meaning',
    step: 'programme',
    question: both((w) =>
      w.pick('What known programmes does it look like?', 'À quels programmes connus ressemble-t-il ?'),
    ),
    sentence: both((w) => {
      if (verdict === 'not testable') {
        return w.pick(
          'No gene-set pack is installed, or no programme could be estimated.',
          'Aucun paquet de jeux de gènes n’est installé, ou aucun programme n’a pu être estimé.',
        );
      }
      if (verdict === 'not supported') {
        return w.pick('No known set stands out.', 'Aucun jeu connu ne se détache.');
      }
      return [
        raised.length + lowered.length === 0
          ? ''
          : w.pick(
              `Enriched at the top: ${names(w, raised)}; at the bottom: ${names(w, lowered)}.`,
              `Enrichis en tête : ${names(w, raised)} ; en queue : ${names(w, lowered)}.`,
            ),
        up.length + down.length === 0
          ? ''
          : w.pick(
              `Meta-programmes that overlap the raised genes most: ${w.list(up)}; the lowered genes: ${w.list(down)}.`,
              `Méta-programmes qui recouvrent le plus les gènes augmentés : ${w.list(up)} ; les gènes diminués : ${w.list(down)}.`,
            ),
      ]
        .filter((part) => part !== '')
        .join(' ');
    }),
    verdict,
    numbers: [
      plainNumber('Sets tested', 'Jeux testés', tested),
      plainNumber('Sets enriched', 'Jeux enrichis', sets.length),
    ],
    patients: null,
    control: both((w) =>
      w.pick(
        'Random gene sets of the same size; the overlap is set against all measured genes. Random sets ignore that genes move together, so these P values are on the small side.',
        'Jeux de gènes aléatoires de même taille ; le recouvrement est rapporté à tous les gènes mesurés. Les jeux aléatoires ignorent que les gènes varient ensemble : ces P sont plutôt trop petits.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'A shared name is not a shared mechanism: the leading genes of each set are in the table.',
        'Un nom commun n’est pas un mécanisme commun : les gènes de tête de chaque jeu sont dans la table.',
      ),
    ),
    lines: [],
    tables: ['gene_sets', 'programme_overlap'],
    figures: ['gene-sets'],
  };
}

function strongest(sets: readonly FoundSet[]): readonly FoundSet[] {
  return [...sets].sort((a, b) => Math.abs(b.score) - Math.abs(a.score)).slice(0, 3);
}

function names(w: Words, sets: readonly FoundSet[]): string {
  return w.list(sets.map((set) => `${readable(set.name)} (${w.signed(set.score, 1)})`));
}

function leadingOverlaps(found: NonNullable<Analysis['overlap']>['up'] | null, fdr: number): readonly string[] {
  if (found === null) return [];
  return found.names
    .map((name, i) => ({ name: readable(name), p: found.pValue[i] ?? 1, pAdjusted: found.pAdjusted[i] ?? 1 }))
    .filter((set) => set.pAdjusted <= fdr)
    .sort((a, b) => a.p - b.p)
    .slice(0, 3)
    .map((set) => set.name);
}

/** `HALLMARK_TNFA_SIGNALING` as `TNFA SIGNALING`; other names as they are. */
function readable(name: string): string {
  const match = /^(?:HALLMARK|REACTOME|GO|WP)_(.+)$/.exec(name);
  return (match?.[1]?.replaceAll('_', ' ') ?? name).replace(/\s+/g, ' ').trim();
}
