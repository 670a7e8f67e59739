/**
 * Benjamini–Hochberg adjusted P values: `min over j ≥ i of n p(j) / j`, capped at one.
 * NaN stays NaN and does not count towards n.
 *
 * @see doi:10.1111/j.2517-6161.1995.tb02031.x; equals R's `p.adjust(p, "BH")`.
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const finite: number[] = [];
  for (let i = 0; i < pValues.length; i++) if (!Number.isNaN(pValues[i])) finite.push(i);
  finite.sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  let smallest = 1;
  finite.forEach((index, position) => {
    const rank = finite.length - position;
    smallest = Math.min(smallest, (finite.length / rank) * (pValues[index] as number));
    adjusted[index] = smallest;
  });
  return adjusted;
}
