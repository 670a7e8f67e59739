/** Whether a row stands for all patients together. */
export function isPooled(patient: string | null | undefined): boolean {
  return patient === 'all' || patient === 'pooled';
}
