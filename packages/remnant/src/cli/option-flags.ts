import { InvalidArgumentError, Option } from 'commander';

/** A schema that can describe itself, such as engine's `runOptionsSchema`. */
export interface DescribedSchema {
  toJSONSchema(params?: { readonly io?: 'input' | 'output' }): unknown;
}

/** A command-line flag made from one property of an options schema. */
export interface OptionFlag {
  /** Name of the property in the options. */
  readonly key: string;
  readonly option: Option;
}

interface Property {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  /** Of an option that may be left open: what it is otherwise, and null. */
  readonly anyOf?: readonly Property[];
}

/**
 * Makes a flag of each property of an options schema, so that a face cannot have an option, a default or a wording of
 * its own: `pAdjustedMax` becomes `--p-adjusted-max <number>`, a list such as `regulators` becomes `--regulator <name...>`,
 * a switch that is off by default becomes a flag without a value, a choice names its values.
 *
 * @param keys - the properties wanted; all when left out
 */
export function optionFlags(schema: DescribedSchema, keys?: readonly string[]): OptionFlag[] {
  const { properties } = schema.toJSONSchema({ io: 'input' }) as { readonly properties: Record<string, Property> };
  return Object.entries(properties)
    .filter(([key]) => keys?.includes(key) ?? true)
    .map(([key, property]) => ({ key, option: optionOf(key, property) }));
}

/** The options given on the command line, under their own names; those not given are left to their defaults. */
export function givenOptions(
  flags: readonly OptionFlag[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const given = flags.map(({ key, option }) => [key, values[option.attributeName()]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function optionOf(key: string, written: Property): Option {
  const name = kebabCase(key);
  const property = { ...written, ...written.anyOf?.find(({ type }) => type !== 'null') };
  if (property.type === 'boolean') return new Option(`--${name}`, property.description);
  const description = `${property.description ?? key} (default: ${shown(property.default)})`;
  if (property.type === 'array') return new Option(`--${name.replace(/s$/, '')} <name...>`, description);
  if (property.enum !== undefined) return new Option(`--${name} <name>`, description).choices(property.enum);
  if (property.type === 'string') return new Option(`--${name} <text>`, description);
  return new Option(`--${name} <number>`, description).argParser(readNumber);
}

function shown(value: unknown): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Reads a number given on the command line. */
export function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
}
