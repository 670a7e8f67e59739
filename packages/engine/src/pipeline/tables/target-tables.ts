import { createTable, type Table } from '../../data/table.js';
import type { TargetRanking } from '../../weaknesses/targets/rank-targets.js';
import { targetLines } from '../../weaknesses/targets/target-evidence.js';
import { columnsOf } from './column.js';

const lineWords: Readonly<Record<(typeof targetLines)[number], string>> = {
  shared: 'The patients share the change',
  surface: 'It marks the state at the surface',
  regulator: 'Its targets move with the state',
  weakness: 'It belongs to a supported axis of weakness',
  drug: 'A drug pushes it back, or a conjugate binds it',
};

/** One row per candidate gene, best first. */
export function targetsTable({ targets }: TargetRanking): Table {
  const { text, number } = columnsOf(targets);
  return createTable('targets', 'Candidate targets: what speaks for each, what against, and what would settle it', [
    number('rank', 'Order by lines supported, lines contradicted, then |t| over patients', (t) => t.rank),
    text('gene', 'Gene', (t) => t.gene),
    number('lines_supported', 'Lines of evidence that support it, of five', (t) => t.nSupported),
    ...targetLines.map((line) => text(`line_${line}`, lineWords[line], (t) => t.lines[line])),
    number('log2_fold_change', 'Mean over patients, each weighing the same, log2', (t) => t.shared.effect),
    number('t', 'Moderated t over patients', (t) => t.shared.t),
    number('patients_agree', 'Patients with the sign of the mean', (t) => t.shared.agree),
    number('patients', 'Patients asked', (t) => t.shared.asked),
    number('effect_rank', 'Rank by |t| among all genes', (t) => t.effectRank),
    number('rank_worst_without_one', 'The same without the patient that costs it most', (t) => t.leaveOneOut?.worst),
    text('worst_without', 'That patient', (t) => t.leaveOneOut?.without ?? null),
    text('surface', 'yes where its protein is at the surface; empty without the pack', (t) =>
      t.isSurface === null ? null : t.isSurface ? 'yes' : 'no',
    ),
    number('regulator_rank', 'Its own rank as a regulator', (t) => t.regulator?.rank),
    number('regulator_z', 'Its own activity against permuted labels', (t) => t.regulator?.z),
    text('regulated_by', 'Supported regulators whose regulon holds it, strongest first', (t) =>
      t.regulatedBy.slice(0, 10).join(' '),
    ),
    text('axes', 'Axes of weakness it belongs to, with their verdict', (t) =>
      t.axes.map(({ axis, verdict }) => `${axis} (${verdict})`).join('; '),
    ),
    text('druggable', 'yes where a drug or conjugate of the tables reaches it the right way', (t) =>
      t.drugs.length > 0 ? 'yes' : 'no',
    ),
    text('drugs', 'Those drugs', (t) => t.drugs.slice(0, 10).join('; ')),
    text('against', 'What speaks against it', (t) => t.against.map((caution) => caution.text.en).join('; ')),
    text('experiment', 'What would settle it', (t) => t.experiment.en),
  ]);
}
