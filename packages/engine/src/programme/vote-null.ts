/** One block of label permutations for the vote. Samples are columns, grouped by patient. */
export interface VoteNullPayload {
  /** Log expression, genes × samples, row-major. */
  readonly expression: Float64Array;
  readonly nGenes: number;
  /** Column at which each patient begins, and the number of columns at the end. */
  readonly patientStarts: Int32Array;
  /** Permutations × samples: `1 / nTo` where the permuted label is `to`, `−1 / nFrom` where it is `from`. */
  readonly coefficients: Float64Array;
  /** Effect a patient needs to vote, log2. */
  readonly effectMin: number;
  /** Votes observed for each gene. */
  readonly observedVotes: Uint8Array;
}

/** What one block of permutations found. */
export interface VoteNullCounts {
  /** Permutations × (patients + 1): genes with at least that many votes. */
  readonly genesAtLevel: Int32Array;
  /** Per gene, permutations with at least the observed votes. */
  readonly exceedances: Int32Array;
}

/** Votes of one gene for either direction. */
export interface DirectedVotes {
  readonly up: Uint8Array;
  readonly down: Uint8Array;
}

/** Counts votes under permuted labels; pure over plain arrays, so that a worker can run it. */
export function voteNullBlock(payload: VoteNullPayload): VoteNullCounts {
  const { nGenes, patientStarts, coefficients, observedVotes } = payload;
  const nLevels = patientStarts.length;
  const nSamples = patientStarts[nLevels - 1] as number;
  const nPermutations = coefficients.length / nSamples;
  const genesAtLevel = new Int32Array(nPermutations * nLevels);
  const exceedances = new Int32Array(nGenes);
  for (let g = 0; g < nGenes; g++) {
    const observed = observedVotes[g] as number;
    for (let p = 0; p < nPermutations; p++) {
      const packed = votesOf(payload, g, p * nSamples);
      const votes = Math.max(packed >> 8, packed & 255);
      if (votes >= observed) exceedances[g] = (exceedances[g] as number) + 1;
      const at = p * nLevels + votes;
      genesAtLevel[at] = (genesAtLevel[at] as number) + 1;
    }
  }
  accumulateFromTop(genesAtLevel, nLevels);
  return { genesAtLevel, exceedances };
}

/** Votes under one set of labels, with the very arithmetic of the null, so that ties are ties. */
export function countVotes(payload: Omit<VoteNullPayload, 'observedVotes'>): DirectedVotes {
  const up = new Uint8Array(payload.nGenes);
  const down = new Uint8Array(payload.nGenes);
  for (let g = 0; g < payload.nGenes; g++) {
    const packed = votesOf(payload, g, 0);
    up[g] = packed >> 8;
    down[g] = packed & 255;
  }
  return { up, down };
}

/** Votes up in the high byte and down in the low byte: the inner loop of the null must not allocate. */
function votesOf(payload: Omit<VoteNullPayload, 'observedVotes'>, gene: number, labels: number): number {
  const { expression, patientStarts, coefficients, effectMin } = payload;
  const nPatients = patientStarts.length - 1;
  const row = gene * (patientStarts[nPatients] as number);
  let votes = 0;
  for (let k = 0; k < nPatients; k++) {
    const end = patientStarts[k + 1] as number;
    let effect = 0;
    for (let s = patientStarts[k] as number; s < end; s++) {
      effect += (expression[row + s] as number) * (coefficients[labels + s] as number);
    }
    if (effect > 0 && effect >= effectMin) votes += 256;
    else if (effect < 0 && effect <= -effectMin) votes += 1;
  }
  return votes;
}

/** Turns counts at exactly a level into counts at or above it. */
function accumulateFromTop(counts: Int32Array, nLevels: number): void {
  for (let start = 0; start < counts.length; start += nLevels) {
    for (let level = nLevels - 2; level >= 0; level--) {
      counts[start + level] = (counts[start + level] as number) + (counts[start + level + 1] as number);
    }
  }
}
