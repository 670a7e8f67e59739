/** A name with the reason it was left out. */
export interface NamedReason {
  readonly name: string;
  readonly reason: string;
}

/** The names left out for each reason, reasons in order of appearance. */
export function namesByReason(
  found: readonly NamedReason[],
): readonly { readonly reason: string; readonly names: readonly string[] }[] {
  const reasons = [...new Set(found.map(({ reason }) => reason))];
  return reasons.map((reason) => ({
    reason,
    names: found.filter((one) => one.reason === reason).map(({ name }) => name),
  }));
}
