/** One signed edge of a regulon. */
export interface RegulonEdge {
  readonly source: string;
  readonly target: string;
  /** Mode of regulation: +1 activates, −1 represses, or a signed weight. */
  readonly weight: number;
}

/** A named list of genes. */
export interface GeneSet {
  readonly name: string;
  readonly description: string;
  readonly genes: readonly string[];
}

/** A gene-set pack such as Hallmark or the 3CA meta-programmes. */
export interface GeneSetCollection {
  readonly name: string;
  readonly sets: readonly GeneSet[];
}

/** One antibody–drug conjugate as a pack or a curated list gives it. */
export interface AntibodyDrug {
  readonly drug: string;
  /** Gene of the antigen. */
  readonly gene: string;
  /** Class of the toxic part, for instance `topoisomerase-1 inhibitor`; empty where the source does not say. */
  readonly payload: string;
  /** As the source writes it, undated unless it says so. */
  readonly status: string;
  /** DOI, address or name of the pack. */
  readonly source: string;
}

/** What a drug does to the product of a gene. */
export type DrugAction = 'inhibits' | 'activates' | 'not stated';

/** One drug–gene pair. */
export interface DrugGene {
  readonly drug: string;
  readonly gene: string;
  readonly action: DrugAction;
  /** As the source writes it, for instance `approved`; empty where it does not say. */
  readonly status: string;
  readonly source: string;
}

/** What one drug or perturbation does to RNA. */
export interface DrugSignature {
  readonly drug: string;
  readonly genes: readonly string[];
  /** One per gene: log2 fold change or any signed score, treated against control. */
  readonly effect: Float64Array;
  readonly status: string;
  readonly source: string;
}

/** The knowledge an analysis may use. Nothing is fetched: packs are installed beforehand and handed over. */
export interface Resources {
  /** Signed regulator → target network (CollecTRI and the like); null when no pack is installed. */
  readonly regulons: { readonly pack: string; readonly edges: readonly RegulonEdge[] } | null;
  readonly geneSets: readonly GeneSetCollection[];
  /** Meta-programmes pack, tested by overlap; null when not installed. */
  readonly metaPrograms: GeneSetCollection | null;
  /** Genes whose protein is at the cell surface; null when not installed. */
  readonly surface: { readonly pack: string; readonly genes: ReadonlySet<string> } | null;
  /** Core fitness genes, without which dividing cells of most lines die; null when not installed. */
  readonly essential: { readonly pack: string; readonly genes: ReadonlySet<string> } | null;
  /** Antibody–drug conjugates; null when not installed. */
  readonly antibodyDrugs: { readonly pack: string; readonly drugs: readonly AntibodyDrug[] } | null;
  /** Drug–gene pairs; null when not installed. */
  readonly drugGenes: { readonly pack: string; readonly rows: readonly DrugGene[] } | null;
  /** Signatures of drugs and perturbations; null when not installed. */
  readonly drugSignatures: { readonly pack: string; readonly signatures: readonly DrugSignature[] } | null;
  /** Pack name, version, sha256 of every pack used, for provenance. */
  readonly packs: readonly PackUse[];
}

/** One pack as used in a run. */
export interface PackUse {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly licence: string;
  readonly source: string;
}

/** No packs installed. */
export const noResources: Resources = {
  regulons: null,
  geneSets: [],
  metaPrograms: null,
  surface: null,
  essential: null,
  antibodyDrugs: null,
  drugGenes: null,
  drugSignatures: null,
  packs: [],
};
