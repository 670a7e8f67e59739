import type { Analysis } from './analysis.js';
import type { Claim } from './claim.js';
import { displayClaim } from './display-claim.js';
import { markerClaim } from './marker-claim.js';
import { meaningClaim } from './meaning-claim.js';
import { patientByPatientClaim, sharedProgrammeClaim, treatmentClaim } from './programme-claims.js';
import { namedRegulatorClaim, regulatorRankingClaim, unrankedRegulatorClaim } from './regulator-claims.js';
import { reversalClaim } from './reversal-claim.js';

/**
 * Every claim of a study, in the order of the report.
 *
 * @param regulators - names asked for; those that could not be ranked get a claim that says so
 */
export function makeClaims(analysis: Analysis, regulators: readonly string[]): readonly Claim[] {
  const named = new Map(analysis.namedRegulators.map((found) => [found.regulator, found]));
  return [
    sharedProgrammeClaim(analysis),
    patientByPatientClaim(analysis),
    treatmentClaim(analysis),
    displayClaim(analysis),
    meaningClaim(analysis),
    regulatorRankingClaim(analysis),
    ...regulators.map((regulator) => {
      const found = named.get(regulator);
      return found === undefined ? unrankedRegulatorClaim(regulator) : namedRegulatorClaim(found, analysis);
    }),
    reversalClaim(analysis),
    ...analysis.namedMarkers.map((marker) => markerClaim(marker, analysis)),
  ];
}
