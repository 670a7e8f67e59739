import type { PersisterCalls } from '../persisters/types.js';
import { compareText } from '../programme/compare-text.js';
import type { LeaveOneOutVariant } from '../programme/leave-one-patient-out.js';
import type { Signature } from '../programme/signature.js';
import type { ProgrammeGene, ProgrammeSource } from './types.js';

/** Genes called raised (+1), lowered (−1) or neither (0). */
export interface CalledDirections {
  readonly genes: readonly string[];
  readonly direction: Int8Array;
}

/** Everything that persisters were found by. */
export interface ProgrammeFindings {
  readonly leaveOneOut: {
    readonly signature: Signature;
    readonly patients: readonly Pick<LeaveOneOutVariant['patients'][number], 'signature'>[];
  };
  /** Called over patients, in the model of all samples, by vote; null where it was not computed. */
  readonly overPatients: CalledDirections | null;
  readonly allSamples: CalledDirections | null;
  readonly vote: CalledDirections | null;
  readonly persisters: Pick<PersisterCalls, 'patients'> | null;
}

/**
 * Lists the genes that persisters were found by, with the reason for each: the signature of all patients and every one
 * relearned without a patient, the genes called as shared, and the genes that called single cells. None of them may prove a
 * weakness of the same cells.
 *
 * @returns sorted by name
 */
export function programmeGenes(found: ProgrammeFindings): readonly ProgrammeGene[] {
  const sources = new Map<string, Set<ProgrammeSource>>();
  const add = (genes: readonly string[], source: ProgrammeSource): void => {
    for (const gene of genes) sources.set(gene, (sources.get(gene) ?? new Set()).add(source));
  };
  add(membersOf(found.leaveOneOut.signature), 'signature');
  for (const { signature } of found.leaveOneOut.patients) add(membersOf(signature), 'signature without a patient');
  add(calledOf(found.overPatients), 'called over patients');
  add(calledOf(found.allSamples), 'called in the model of all samples');
  add(calledOf(found.vote), 'called by vote');
  for (const { genes } of found.persisters?.patients ?? []) {
    add(
      genes.map(({ gene }) => gene),
      'caller of persister cells',
    );
  }
  return [...sources].map(([gene, own]) => ({ gene, sources: [...own] })).sort((a, b) => compareText(a.gene, b.gene));
}

function membersOf({ up, down }: Signature): readonly string[] {
  return [...up, ...down];
}

function calledOf(called: CalledDirections | null): readonly string[] {
  return called === null ? [] : called.genes.filter((_, g) => called.direction[g] !== 0);
}
