import type { Rng } from '../core/rng.js';
import type { CellIdentity, Population } from './cell-identity.js';
import type { DropletCell } from './draw-droplets.js';
import { expressionProfile, mixtureProfile, type ProfileInput } from './expression-profile.js';
import { mouseProfile } from './species.js';

/** What the counts of the droplets of one sample are drawn around. */
export interface DropletExpectation {
  /** Whether the genes are those of a mixed genome: every human gene, then every mouse gene. */
  readonly mixed: boolean;
  readonly profileOf: (identity: CellIdentity) => CellProfile;
  readonly dispersion: Float64Array;
  readonly mitochondrial: readonly number[];
  /** Expected ambient counts of every droplet, one per gene; null without ambient RNA. */
  readonly ambient: Float64Array | null;
  /** Share of a cell's own RNA among its expected counts. */
  readonly ownShare: number;
}

/** Expected shares of a cell, and how much of them is mitochondrial. */
export interface CellProfile {
  readonly shares: Float64Array;
  readonly mitochondrial: number;
}

/** What `dropletExpectation` needs besides the expected expression. */
export interface ExpectationOptions {
  readonly populations: readonly Population[];
  /** Ambient share of counts; 0 without ambient RNA. */
  readonly ambient: number;
  readonly meanDepth: number;
  /** Mitochondrial share of the sample; null: as the expression profiles have it. */
  readonly mitochondria: number | null;
  /** Spread of expression between mouse genes. */
  readonly geneSpread: number;
  readonly rng: Rng;
}

/** Works out the expected expression of every population of a sample, and of its ambient RNA. */
export function dropletExpectation(input: ProfileInput, options: ExpectationOptions): DropletExpectation {
  const { model } = input;
  const nHuman = model.genes.length;
  const mixed = options.populations.some(({ identity }) => identity.lineage === 'mouse');
  const mouse = mixed ? mouseProfile(nHuman, options.geneSpread, options.rng) : new Float64Array(0);
  const mitochondrial = mixed ? model.mitochondrial.flatMap((g) => [g, g + nHuman]) : model.mitochondrial;
  const profiles = new Map<CellIdentity, CellProfile>();
  for (const { identity } of options.populations) {
    const ownMouse = identity.lineage === 'mouse' ? mouse : new Float64Array(mouse.length);
    const shares = joined(expressionProfile(input, identity), ownMouse);
    profiles.set(identity, { shares, mitochondrial: mitochondrial.reduce((sum, g) => sum + (shares[g] as number), 0) });
  }
  const known = {
    mixed,
    profileOf: (identity: CellIdentity): CellProfile => profiles.get(identity) as CellProfile,
    dispersion: mixed ? joined(model.dispersion, model.dispersion) : model.dispersion,
    mitochondrial,
    ownShare: 1 - options.ambient,
  };
  return { ...known, ambient: options.ambient === 0 ? null : ambientCounts(known, options) };
}

/** Adds the expected counts of one cell: its shares times its depth, with the mitochondrial genes scaled to their share. */
export function addExpectedCounts(
  into: Float64Array,
  { depth, mitochondria, identity }: DropletCell,
  { profileOf, mitochondrial }: Pick<DropletExpectation, 'profileOf' | 'mitochondrial'>,
): void {
  const profile = profileOf(identity);
  const wanted = mitochondria ?? profile.mitochondrial;
  const scale = (depth * (1 - wanted)) / (1 - profile.mitochondrial);
  for (let g = 0; g < into.length; g++) into[g] = (into[g] as number) + scale * (profile.shares[g] as number);
  const extra = (depth * wanted) / profile.mitochondrial - scale;
  for (const g of mitochondrial) into[g] = (into[g] as number) + extra * (profile.shares[g] as number);
}

function ambientCounts(
  known: Pick<DropletExpectation, 'profileOf' | 'mitochondrial' | 'dispersion'>,
  { populations, ambient, meanDepth, mitochondria }: ExpectationOptions,
): Float64Array {
  const counts = populations.map(({ identity }) => {
    const expected = new Float64Array(known.dispersion.length);
    addExpectedCounts(expected, { identity, depth: ambient * meanDepth, mitochondria }, known);
    return expected;
  });
  return mixtureProfile(
    counts,
    populations.map(({ weight }) => weight),
  );
}

function joined(human: Float64Array, mouse: Float64Array): Float64Array {
  if (mouse.length === 0) return human;
  const both = new Float64Array(human.length + mouse.length);
  both.set(human);
  both.set(mouse, human.length);
  return both;
}
