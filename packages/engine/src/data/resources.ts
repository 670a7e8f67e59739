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

/** The knowledge an analysis may use. Nothing is fetched: packs are installed beforehand and handed over. */
export interface Resources {
  /** Signed regulator → target network (CollecTRI and the like); null when no pack is installed. */
  readonly regulons: { readonly pack: string; readonly edges: readonly RegulonEdge[] } | null;
  readonly geneSets: readonly GeneSetCollection[];
  /** Meta-programmes pack, tested by overlap; null when not installed. */
  readonly metaPrograms: GeneSetCollection | null;
  /** Genes whose protein is at the cell surface; null when not installed. */
  readonly surface: { readonly pack: string; readonly genes: ReadonlySet<string> } | null;
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
export const noResources: Resources = { regulons: null, geneSets: [], metaPrograms: null, surface: null, packs: [] };
