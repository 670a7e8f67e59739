import { createTable, numberColumn, type Table, textColumn } from '../data/table.js';
import type { MarkerEffect, NamedMarker } from './named-marker.js';

/** The named markers as a table, one row per gene. */
export function markerTable(markers: readonly NamedMarker[], name = 'marker_summary'): Table {
  const number = (column: string, description: string, pick: (marker: NamedMarker) => number | null) =>
    numberColumn(
      column,
      description,
      markers.map((marker) => pick(marker) ?? NaN),
    );
  const text = (column: string, description: string, pick: (marker: NamedMarker) => string) =>
    textColumn(column, description, markers.map(pick));
  return createTable(name, 'Genes tested by name as markers shared by the patients', [
    text('gene', 'Gene', (marker) => marker.gene),
    text('verdict', 'shared, not shared, not measured or not testable', (marker) => marker.verdict),
    number('mean', 'Mean effect over patients, log2', (marker) => marker.pooled.value),
    number('low', 'Lower end of its 95 % Hartung–Knapp interval', (marker) => marker.pooled.low),
    number('high', 'Upper end of its 95 % Hartung–Knapp interval', (marker) => marker.pooled.high),
    number('i2', 'Share of the variance between patients', (marker) => marker.i2),
    number('p', 'P of the patient-level test', (marker) => marker.pValue),
    number('p_adjusted_named', 'The same, adjusted for the genes named', (marker) => marker.pAdjustedNamed),
    number('p_adjusted_all', 'The same, adjusted for all genes', (marker) => marker.pAdjustedAll),
    number('patients', 'Patients with an effect', (marker) => marker.asked),
    number('patients_up', 'Patients in whom it is raised', (marker) => marker.positive),
    number('patients_down', 'Patients in whom it is lowered', (marker) => marker.negative),
    number('fixed_log_fold_change', 'Fixed-effect change, log2', (marker) => marker.fixedEffect?.logFoldChange ?? null),
    number('fixed_p_adjusted', 'Fixed-effect adjusted P', (marker) => marker.fixedEffect?.pAdjusted ?? null),
    number('fixed_rank', 'Fixed-effect rank by t, 1 = most raised', (marker) => marker.fixedEffect?.rank ?? null),
    number('genes_ranked', 'Genes ranked', (marker) => marker.fixedEffect?.nRanked ?? null),
  ]);
}

/** The effect of every named marker in every patient, one row each. */
export function markerPatientsTable(markers: readonly NamedMarker[], name = 'named_marker_patients'): Table {
  const rows = markers.flatMap((marker) => marker.patients.map((effect) => ({ gene: marker.gene, effect })));
  const number = (column: string, description: string, pick: (effect: MarkerEffect) => number | null) =>
    numberColumn(
      column,
      description,
      rows.map((row) => pick(row.effect) ?? NaN),
    );
  return createTable(name, 'Named markers patient by patient', [
    textColumn(
      'gene',
      'Gene',
      rows.map((row) => row.gene),
    ),
    textColumn(
      'patient',
      'Patient',
      rows.map((row) => row.effect.patient),
    ),
    number('effect', 'Effect, log2 fold change', (effect) => effect.effect),
    number('standard_error', 'Its sampling standard error', (effect) => effect.standardError),
    number('low', 'Lower end of its 95 % interval from sampling alone', (effect) => effect.low),
    number('high', 'Upper end of its 95 % interval from sampling alone', (effect) => effect.high),
  ]);
}
