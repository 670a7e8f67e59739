const stageOrder: readonly string[] = ['untreated', 'residual', 'relapse'];

/** Names of a column, each once, in order of appearance. */
export function namesIn(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values)].filter((value) => value !== null);
}

/** Stages of a column in the order a study goes through them; stages this version does not know come last. */
export function stagesIn(values: readonly (string | null)[]): readonly string[] {
  return [...namesIn(values)].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Rows that hold a name in one column. */
export function rowsOf(values: readonly (string | null)[], name: string | null): readonly number[] {
  return Array.from(values.keys()).filter((row) => values[row] === name);
}

/** A sample or clone named after its patient, without the patient: `MM468_day33` is `day33` under the heading MM468. */
export function withoutPatient(name: string, patient: string): string {
  const own = name.slice(patient.length).replace(/^[\s_.:-]+/, '');
  return name.startsWith(patient) && own !== '' ? own : name;
}

function placeOf(stage: string): number {
  const place = stageOrder.indexOf(stage);
  return place === -1 ? stageOrder.length : place;
}
