/** The kinds of failure Remnant distinguishes. Callers branch on the code, never on the message. */
export type ErrorCode =
  | 'shape'
  | 'option'
  | 'format'
  | 'unsupported'
  | 'limit'
  | 'convergence'
  | 'aborted'
  | 'internal';

/** Where an error was met, what was expected there and what to do about it. Rows count from 1 and include the header. */
export interface ErrorDetails {
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
  readonly expected?: string;
  readonly found?: string;
  readonly hint?: string;
}

const brand = 'remnant.error.v1';

/** Base of every error Remnant raises on purpose. */
export class RemnantError extends Error {
  readonly brand: string = brand;
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(withPlace(message, details), cause === undefined ? undefined : { cause });
    this.name = 'RemnantError';
    this.code = code;
    this.details = details;
  }
}

/** Arrays or tables whose lengths do not agree. */
export class ShapeError extends RemnantError {
  constructor(message: string, details?: ErrorDetails) {
    super('shape', message, details);
    this.name = 'ShapeError';
  }
}

/** An option that is unknown or out of its range. */
export class OptionError extends RemnantError {
  constructor(message: string, details?: ErrorDetails) {
    super('option', message, details);
    this.name = 'OptionError';
  }
}

/** Input that is not what its format promises. */
export class FormatError extends RemnantError {
  constructor(message: string, details?: ErrorDetails, cause?: unknown) {
    super('format', message, details, cause);
    this.name = 'FormatError';
  }
}

/** Input that is valid but that Remnant does not handle. */
export class UnsupportedError extends RemnantError {
  constructor(message: string, details?: ErrorDetails) {
    super('unsupported', message, details);
    this.name = 'UnsupportedError';
  }
}

/** More data than the memory budget or an index type can hold. */
export class LimitError extends RemnantError {
  constructor(message: string, details?: ErrorDetails) {
    super('limit', message, details);
    this.name = 'LimitError';
  }
}

/** An iteration that did not converge where the caller asked for an answer or an error. */
export class ConvergenceError extends RemnantError {
  constructor(message: string, details?: ErrorDetails) {
    super('convergence', message, details);
    this.name = 'ConvergenceError';
  }
}

/** The user or the host asked to stop. */
export class AbortedError extends RemnantError {
  constructor(message = 'Stopped on request.') {
    super('aborted', message);
    this.name = 'AbortedError';
  }
}

/** A broken invariant: a bug in Remnant. */
export class InternalError extends RemnantError {
  constructor(message: string, cause?: unknown) {
    super('internal', message, {}, cause);
    this.name = 'InternalError';
  }
}

/**
 * Tells whether a value is an error raised by Remnant, by its brand rather than by `instanceof`,
 * so that errors from another copy of the library or from a worker are recognised too.
 */
export function isRemnantError(value: unknown, ...codes: readonly ErrorCode[]): value is RemnantError {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as { readonly brand?: unknown; readonly code?: unknown };
  if (candidate.brand !== brand) return false;
  return codes.length === 0 || codes.includes(candidate.code as ErrorCode);
}

/** An error as plain data, for a worker message or a JSON file. */
export interface WireError {
  readonly code: ErrorCode;
  readonly name: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Turns any thrown value into plain data; what is not ours becomes `internal`. */
export function toWire(error: unknown): WireError {
  if (isRemnantError(error)) {
    return { code: error.code, name: error.name, message: error.message, details: error.details };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', name: 'InternalError', message, details: {} };
}

/** Rebuilds an error from plain data; the message is kept as it was. */
export function fromWire(wire: WireError): RemnantError {
  const error = new RemnantError(wire.code, wire.message);
  error.name = wire.name;
  Object.defineProperty(error, 'details', { value: wire.details, enumerable: true });
  return error;
}

function withPlace(message: string, details: ErrorDetails): string {
  const place: string[] = [];
  if (details.file !== undefined) place.push(details.file);
  if (details.row !== undefined) place.push(`row ${String(details.row)}`);
  if (details.column !== undefined) place.push(`column "${details.column}"`);
  const parts = [place.length > 0 ? `${place.join(', ')}: ${message}` : message];
  if (details.expected !== undefined) parts.push(`Expected ${details.expected}.`);
  if (details.found !== undefined) parts.push(`Found ${details.found}.`);
  if (details.hint !== undefined) parts.push(details.hint);
  return parts.join(' ');
}
