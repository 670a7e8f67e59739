/**
 * Moves the `k`-th smallest of the first `length` values (k from 0) to position `k`, smaller ones before it and larger ones
 * behind, in place; expected linear time. Values must not be NaN.
 *
 * @returns that value
 * @see Hoare, "Algorithm 65: find", doi:10.1145/366622.366647
 */
export function selectInPlace(values: Float64Array, k: number, length: number = values.length): number {
  let left = 0;
  let right = length - 1;
  while (left < right) {
    const pivot = values[k] as number;
    let i = left;
    let j = right;
    do {
      while ((values[i] as number) < pivot) i++;
      while (pivot < (values[j] as number)) j--;
      if (i <= j) {
        const held = values[i] as number;
        values[i++] = values[j] as number;
        values[j--] = held;
      }
    } while (i <= j);
    if (j < k) left = i;
    if (k < i) right = j;
  }
  return values[k] as number;
}
