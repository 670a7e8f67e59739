import type { TargetAnalysis } from '../../claims/analysis.js';
import type { Table } from '../../data/table.js';
import { drugTables } from './drug-tables.js';
import { gateTables } from './gate-tables.js';
import {
  antigensTable,
  rankedMarkerPatientsTable,
  secretedMarkersTable,
  surfaceMarkersTable,
} from './marker-tables.js';
import { targetsTable } from './target-tables.js';
import { weaknessTables } from './weakness-tables.js';

/** Tables on how to see the cells and how to hit them. */
export function targetAnalysisTables(found: TargetAnalysis): readonly Table[] {
  const { surface, secreted, onCells, antigens, gates, weaknesses, drugs, targets } = found;
  return [
    surfaceMarkersTable(surface, onCells),
    secretedMarkersTable(secreted, onCells),
    rankedMarkerPatientsTable([surface, secreted], onCells),
    antigensTable(antigens),
    ...(gates === null ? [] : gateTables(gates)),
    ...weaknessTables(weaknesses),
    ...drugTables(drugs),
    targetsTable(targets),
  ];
}
