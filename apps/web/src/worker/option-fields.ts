import { runOptionsSchema } from '@remnant/engine';
import type { OptionField } from '../protocol.js';

interface Property {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Property[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly exclusiveMaximum?: number;
}

/** The options of a run as engine's schema has them, so that the page cannot have an option or a default of its own. */
export function optionFields(): OptionField[] {
  const { properties } = runOptionsSchema.toJSONSchema({ io: 'input' }) as {
    readonly properties: Readonly<Record<string, Property>>;
  };
  return Object.entries(properties).map(([key, written]) => {
    const property = { ...written, ...written.anyOf?.find(({ type }) => type !== 'null') };
    return fieldOf(key, property);
  });
}

function fieldOf(key: string, property: Property): OptionField {
  return {
    key,
    kind: kindOf(property),
    default: defaultOf(property.default),
    choices: property.enum ?? [],
    minimum: property.minimum ?? property.exclusiveMinimum ?? null,
    maximum: property.maximum ?? property.exclusiveMaximum ?? null,
  };
}

function kindOf({ type, enum: choices }: Property): OptionField['kind'] {
  if (choices !== undefined) return 'choice';
  if (type === 'array') return 'names';
  if (type === 'boolean') return 'switch';
  return type === 'integer' ? 'integer' : 'number';
}

function defaultOf(value: unknown): string | boolean {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
