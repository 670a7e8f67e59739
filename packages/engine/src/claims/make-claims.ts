import type { Analysis } from './analysis.js';
import type { Claim } from './claim.js';
import { cellClaims } from './cell-claims.js';
import { cellReversalClaim } from './cell-reversal-claim.js';
import { joined } from './claim-parts.js';
import { displayClaim } from './display-claim.js';
import { drugClaim } from './drug-claims.js';
import { gateClaim } from './gate-claims.js';
import { markerClaim } from './marker-claim.js';
import { meaningClaim } from './meaning-claim.js';
import { metaProgrammeClaims } from './meta-programme-claim.js';
import { persisterClaims } from './persister-claims.js';
import { patientByPatientClaim, sharedProgrammeClaim, treatmentClaim } from './programme-claims.js';
import { originClaims } from './origin-claims.js';
import { namedRegulatorClaim, regulatorRankingClaim, unrankedRegulatorClaim } from './regulator-claims.js';
import { reversalClaim } from './reversal-claim.js';
import { antigenClaim, secretedClaim, surfaceClaim } from './surface-claims.js';
import { switchClaims } from './switch-claims.js';
import { targetClaim } from './target-claims.js';
import { weaknessClaims } from './weakness-claims.js';

/**
 * Every claim of a study, in the order of the report.
 *
 * @param regulators - names asked for; those that could not be ranked get a claim that says so
 */
export function makeClaims(analysis: Analysis, regulators: readonly string[]): readonly Claim[] {
  const shared = sharedProgrammeClaim(analysis);
  const named = new Map(analysis.namedRegulators.map((found) => [found.regulator, found]));
  const claims = [
    shared,
    patientByPatientClaim(analysis),
    treatmentClaim(analysis),
    ...metaProgrammeClaims(analysis.cells?.metaProgrammes ?? null, analysis.options.fdr),
    displayClaim(analysis),
    ...cellClaims(analysis.cells),
    ...persisterClaims(analysis.cells?.persisters ?? null),
    restingOn(shared, meaningClaim(analysis)),
    restingOn(shared, regulatorRankingClaim(analysis)),
    ...regulators.map((regulator) => {
      const found = named.get(regulator);
      return found === undefined
        ? unrankedRegulatorClaim(regulator)
        : restingOn(shared, namedRegulatorClaim(found, analysis));
    }),
    ...switchClaims(analysis.switch).map((claim) => restingOn(shared, claim)),
    ...originClaims(analysis),
    reversalClaim(analysis),
    ...[cellReversalClaim(analysis.cellReversal)].filter((claim) => claim !== null),
    ...analysis.namedMarkers.map((marker) => markerClaim(marker, analysis)),
    ...targetClaims(analysis).map((claim) => restingOn(shared, claim)),
  ];
  return claims.map((claim) => withinDesign(analysis, claim));
}

/** How to see the cells and how to hit them. */
function targetClaims({ targets: found, cells }: Analysis): readonly Claim[] {
  return [
    surfaceClaim(found.surface, found.onCells),
    gateClaim(found.gates, { hasCells: cells !== null }),
    secretedClaim(found.secreted, found.onCells),
    antigenClaim(found.antigens),
    ...weaknessClaims(found.weaknesses),
    drugClaim(found.drugs),
    targetClaim(found.targets),
  ];
}

/** The question of the design check that each claim hangs on. */
function questionOf({ id, step }: Claim): string | null {
  if (id === 'programme.patients') return 'patient-by-patient';
  if (id === 'programme.meaning' || step === 'weaknesses') return 'shared-programme';
  if (id === 'switch.regulator' || id.startsWith('switch.knock-out')) return 'regulators';
  if (step === 'regulators' || step === 'markers' || step === 'persisters') return step;
  return id === 'origin.reversal' || id === 'origin.cell-reversal' ? 'reversal' : null;
}

/** What the design cannot answer is not testable, whatever the numbers say. */
function withinDesign({ design }: Analysis, claim: Claim): Claim {
  const question = questionOf(claim);
  const blocked = design.questions.find(({ id, testable }) => id === question && testable === 'no');
  if (blocked === undefined || claim.verdict === 'not testable') return claim;
  return { ...claim, verdict: 'not testable', sentence: blocked.why, patients: null, lines: [] };
}

/**
 * A claim about what the shared programme is, or what drives it, cannot be supported when the programme itself is not:
 * its own control exchanges genes, not labels, and genes that move together pass it under any labels.
 */
function restingOn(shared: Claim, claim: Claim): Claim {
  if (shared.verdict === 'supported' || claim.verdict !== 'supported') return claim;
  const caveat = {
    en: 'No shared programme is supported in this study, so this describes the pooled contrast and nothing more.',
    fr: 'Aucun programme commun n’est étayé dans cette étude : ceci décrit le contraste global, rien de plus.',
  };
  return { ...claim, verdict: 'not supported', sentence: joined(caveat, claim.sentence) };
}
