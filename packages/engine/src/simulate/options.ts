import { z } from 'zod';
import { OptionError } from '../core/errors.js';

/** What to simulate. Every value has a default; the defaults are the demo study. */
export interface SimulationOptions {
  /** Seed of every random draw. */
  readonly seed: number;
  /** Patients; the first eight have the fixed roles of the plan, further ones are reversible. */
  readonly patients: number;
  /** Genes per patient, planted and plain. */
  readonly genes: number;
  /** Most cells of a single-cell sample; each has between half of it and all of it. */
  readonly cells: number;
  /** Symbol of the planted regulator: its RNA stays flat while its targets move. */
  readonly regulator: string;
  /** Symbols for the genes without a role, drawn from this list; when it runs out, SIM00001 and so on. */
  readonly geneNames: readonly string[];
  /** Chromosome arm of a gene by symbol, for instance `8q`. Without it every gene is put on an arm at random. */
  readonly geneArms: Readonly<Record<string, string>> | null;
}

// What can stand unquoted in every file of a study folder.
const symbol = z.string().regex(/^[!#-&(-+\--:<-~]+$/, 'a gene symbol has no spaces, commas, semicolons or quotes');

/** The schema of `SimulationOptions`, with every default. Help texts and the command line are made from it. */
export const simulationOptionsSchema: z.ZodType<SimulationOptions> = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).default(1).describe('Seed of every random draw'),
  patients: z.int().min(5).max(500).default(8).describe('Patients; five or more, so that every role is played'),
  genes: z.int().min(1000).max(60_000).default(2500).describe('Genes'),
  cells: z.int().min(20).max(100_000).default(800).describe('Most cells of a sample; each has half of it or more'),
  regulator: symbol.default('FOSL1').describe('Symbol of the planted regulator'),
  geneNames: z.array(symbol).default([]).describe('Symbols for the genes without a planted role'),
  geneArms: z.record(z.string(), z.string()).nullable().default(null).describe('Chromosome arm of each gene'),
});

/**
 * Fills in defaults and checks ranges.
 *
 * @throws OptionError for an unknown key or a value out of range, naming the option.
 */
export function resolveSimulationOptions(options: unknown = {}): SimulationOptions {
  const parsed = simulationOptionsSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new OptionError(
    `Simulation option ${issue?.path.join('.') ?? ''} cannot be used: ${issue?.message ?? 'unknown reason'}.`,
  );
}
