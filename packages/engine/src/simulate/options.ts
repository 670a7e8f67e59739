import { z } from 'zod';
import { OptionError } from '../core/errors.js';
import { simulationParameters, type SimulationParameters } from './parameters.js';
import { patientRoles, type PatientRole, type SimulatedTechnology } from './patient-plan.js';
import { noTroubles, simulatedTroubles, type SimulatedTroubles } from './troubles.js';

/** What to simulate, with every default filled in. The defaults are the demo study. */
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
  /** Roles that replace those of the plan, from the first patient on. */
  readonly roles: readonly PatientRole[];
  /** The technology of every patient; null: as the plan says. */
  readonly technology: SimulatedTechnology | null;
  /** What goes wrong, or differs between cells, in single-cell samples beside the planted states. */
  readonly troubles: SimulatedTroubles;
  /** Every constant of the model. */
  readonly parameters: SimulationParameters;
}

/** Options as given: those left out take their defaults. */
export interface SimulationInput extends Partial<Omit<SimulationOptions, 'troubles' | 'parameters'>> {
  /** false: none at all; otherwise the switches that differ from their defaults. */
  readonly troubles?: boolean | Partial<SimulatedTroubles>;
  /** The constants that differ from their defaults, for instance `{ persisterFractionUntreated: 0.05 }`. */
  readonly parameters?: Partial<SimulationParameters>;
}

// What can stand unquoted in every file of a study folder.
const symbol = z.string().regex(/^[!#-&(-+\--:<-~]+$/, 'a gene symbol has no spaces, commas, semicolons or quotes');

const troubleSwitches = z.strictObject(
  Object.fromEntries(
    Object.entries({ ...simulatedTroubles } as Readonly<Record<string, boolean>>).map(([name, on]) => [
      name,
      z.boolean().default(on),
    ]),
  ),
) as unknown as z.ZodType<SimulatedTroubles>;

const troubles = z
  .union([z.boolean(), troubleSwitches])
  .default(true)
  .transform((given) => (given === true ? simulatedTroubles : given === false ? noTroubles : given));

const parameters = z
  .strictObject(Object.fromEntries(Object.entries(simulationParameters).map(([k, v]) => [k, sameShape(v).optional()])))
  .default({})
  .transform((given) => ({ ...simulationParameters, ...given }));

/** The schema of `SimulationOptions`, with every default. Help texts and the command line are made from it. */
export const simulationOptionsSchema: z.ZodType<SimulationOptions> = z.strictObject({
  seed: z.int().min(0).max(0xffffffff).default(1).describe('Seed of every random draw'),
  patients: z.int().min(5).max(500).default(8).describe('Patients; five or more, so that every role is played'),
  genes: z.int().min(1000).max(60_000).default(2500).describe('Genes'),
  cells: z.int().min(20).max(100_000).default(800).describe('Most cells of a sample; each has half of it or more'),
  regulator: symbol.default('FOSL1').describe('Symbol of the planted regulator'),
  geneNames: z.array(symbol).default([]).describe('Symbols for the genes without a planted role'),
  geneArms: z.record(z.string(), z.string()).nullable().default(null).describe('Chromosome arm of each gene'),
  roles: z.array(z.enum(patientRoles)).default([]).describe('Roles that replace those of the plan, in patient order'),
  technology: z
    .enum(['10x-v3', '10x-v2', 'bulk-rnaseq'])
    .nullable()
    .default(null)
    .describe('Technology of every patient, instead of that of the plan'),
  troubles: troubles.describe('Doublets, damaged cells, ambient RNA, cell cycle, normal cells: all, none or by name'),
  parameters: parameters.describe('Constants of the model that differ from their defaults'),
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

/** A schema of values like the given one: a number of 0 or more, a range, or a record of such. */
function sameShape(value: unknown): z.ZodType {
  if (Array.isArray(value)) return z.tuple([z.number(), z.number()]);
  if (typeof value === 'number') return z.number().min(0);
  return z.strictObject(Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, sameShape(v)])));
}
