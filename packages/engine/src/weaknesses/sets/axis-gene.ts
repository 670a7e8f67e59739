import type { Bilingual } from '../../core/text.js';

/** What a gene does on its axis. */
export type AxisRole =
  | 'uptake'
  | 'storage'
  | 'release'
  | 'export'
  | 'sensor'
  | 'lysosome'
  | 'substrate'
  | 'defence'
  | 'repair'
  | 'executor'
  | 'initiator'
  | 'brake'
  | 'presentation'
  | 'ligand'
  | 'signal'
  | 'receptor'
  | 'target'
  | 'marker'
  | 'regulator'
  | 'enzyme';

/** One gene of an axis. */
export interface AxisGene {
  /** Current HGNC symbol. */
  readonly gene: string;
  readonly role: AxisRole;
  /** +1: more of the gene speaks for the hypothesis of the axis; −1: against it. */
  readonly sign: 1 | -1;
  /** One sentence. */
  readonly reason: string;
  readonly doi: readonly string[];
  /** Step of a death mode that needs this gene; genes of one step stand in for one another. Null where the gene is no executor. */
  readonly executor: string | null;
  /** Symbols the gene had before, still found in older count tables. */
  readonly formerly: readonly string[];
  /** The mouse orthologue where it is not the human symbol in other letter case; null where there is none. */
  readonly mouse?: string | null;
}

/** What a set of axes is about: claims and tables are grouped by it. */
export type AxisGroup = 'iron' | 'lipid' | 'death' | 'immune' | 'host' | 'state' | 'metabolism';

/** A signed hypothesis with its genes, the experiment that tests it and the state to watch. */
export interface WeaknessAxis {
  /** Kebab case, for instance `iron-uptake-cd44`. */
  readonly id: string;
  readonly group: AxisGroup;
  readonly title: Bilingual;
  /** What a raised axis would mean. */
  readonly hypothesis: Bilingual;
  /** Which change would be a weakness; null where the axis describes a state. */
  readonly vulnerableWhen: 'raised' | 'lowered' | null;
  /** The cells the axis has to be read in. */
  readonly readIn: 'tumour' | 'CD8 T cells';
  readonly genes: readonly AxisGene[];
  /** What would confirm it: probe, inducer, rescue. */
  readonly experiment: Bilingual;
  /** What cells that get away look like. */
  readonly escape: Bilingual;
}

/** What most genes do not need. */
export interface AxisGeneDetails {
  readonly executor?: string;
  readonly formerly?: readonly string[];
  readonly mouse?: string | null;
}

type Citation = string | readonly string[];

/** A gene that speaks for its axis. */
export function towards(
  gene: string,
  role: AxisRole,
  reason: string,
  doi: Citation,
  details: AxisGeneDetails = {},
): AxisGene {
  return axisGene(gene, role, 1, reason, doi, details);
}

/** A gene that speaks against its axis. */
export function against(
  gene: string,
  role: AxisRole,
  reason: string,
  doi: Citation,
  details: AxisGeneDetails = {},
): AxisGene {
  return axisGene(gene, role, -1, reason, doi, details);
}

function axisGene(
  gene: string,
  role: AxisRole,
  sign: 1 | -1,
  reason: string,
  doi: Citation,
  { executor, formerly = [], mouse }: AxisGeneDetails,
): AxisGene {
  const rest = mouse === undefined ? {} : { mouse };
  return {
    gene,
    role,
    sign,
    reason,
    doi: typeof doi === 'string' ? [doi] : doi,
    executor: executor ?? null,
    formerly,
    ...rest,
  };
}
