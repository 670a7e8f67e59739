import type { Verdict } from '@remnant/engine';
import { numberFormat } from '../format/number-format.js';
import { frenchFigures, frenchFigureTitles } from './fr-figures.js';
import { frenchTargetTables } from './fr-target-figures.js';
import type { ReportText } from './report-text.js';
import { typesetText } from './typeset-text.js';

const { integer } = numberFormat('fr');

const plural = (n: number, one: string, many: string): string => `${integer(n)} ${n < 2 ? one : many}`;
const list = (items: readonly string[]): string => items.join(', ');

const stages: Readonly<Record<string, string>> = { untreated: 'non traité', residual: 'résiduel', relapse: 'rechute' };

/** Verdicts counted agree with the feminine "affirmation", one and several. */
const verdictsCounted: Readonly<Record<Verdict, readonly [string, string]>> = {
  supported: ['étayée', 'étayées'],
  'not supported': ['non étayée', 'non étayées'],
  contradicted: ['contredite', 'contredites'],
  'not testable': ['non testable', 'non testables'],
};

const reasons: Readonly<Record<string, string>> = {
  'the programme is absent under treatment: there is nothing to come back from':
    'le programme est absent sous traitement : il n’y a rien dont revenir',
  'fewer than two samples in a stage, and no cells to resample: no interval':
    'moins de deux échantillons dans un stade, et pas de cellules à rééchantillonner : pas d’intervalle',
  'residual samples differ from untreated by hardly more than replicate noise':
    'les échantillons résiduels ne diffèrent guère des non traités au-delà du bruit entre réplicats',
};

/** `no relapse sample` and `no untreated and no relapse sample` carry stage names; other reasons are fixed. */
function translateReason(phrase: string): string {
  const missing = /^no (.+) samples?$/.exec(phrase)?.[1];
  if (missing === undefined) return reasons[phrase] ?? phrase;
  const names = missing.split(' and no ').map((stage) => `« ${stages[stage] ?? stage} »`);
  return `aucun échantillon au stade ${names.join(' ni au stade ')}`;
}

/** The report in French. */
export const french: ReportText = typesetText<ReportText>(
  {
    verdict: {
      supported: 'Étayé',
      'not supported': 'Non étayé',
      contradicted: 'Contredit',
      'not testable': 'Non testable',
    },
    verdictMeaning: {
      supported: 'Les données le montrent ; le contrôle qui aurait pu l’infirmer ne l’a pas fait.',
      'not supported': 'Résultat négatif : la question pouvait être posée, les données ne le montrent pas.',
      contradicted: 'Les données montrent le contraire.',
      'not testable': 'Ce plan d’expérience ne permet pas de répondre ; ce qui manque est indiqué.',
    },
    step: {
      design: 'Plan d’expérience',
      cells: 'Cellules',
      persisters: 'Cellules persistantes',
      programme: 'Programme commun',
      regulators: 'Régulateurs',
      switch: 'L’interrupteur',
      origin: 'Origine et réversion',
      markers: 'Marqueurs',
      weaknesses: 'Points faibles et cibles',
    },
    stage: (name) => stages[name] ?? name,
    genericContrast: { from: 'stade de départ', to: 'stade comparé', back: 'stade ultérieur' },
    pooled: 'Tous les patients',
    words: {
      patient: 'Patient',
      stage: 'Stade',
      technology: 'Technologie',
      treatment: 'Traitement',
      cells: 'Cellules',
      total: 'Total',
      outlier: 'atypique',
      yes: 'oui',
      no: 'non',
    },
    calls: { present: 'présent', none: 'absent', inconclusive: 'non concluant' },
    reversalVerdicts: {
      returned: 'revenu',
      partial: 'partiel',
      'not returned': 'non revenu',
      inconclusive: 'non concluant',
      'not testable': 'non testable',
    },
    evidenceLines: {
      expression: 'ARN du régulateur lui-même',
      regulon: 'Activité de son régulon (cibles)',
      activity: 'Activité de son régulon (cibles)',
      patients: 'Concordance des patients',
      'per-patient': 'Concordance des patients',
      agreement: 'Concordance des patients',
      chromatin: 'Chromatine (pics ou motifs)',
      perturbation: 'Perturbation (gain ou perte de fonction)',
      dissociation: 'Contrôle de dissociation (gènes précoces)',
    },
    quantities: {
      'shared change of its RNA': 'changement partagé de son ARN',
      'rank by consensus activity, of all regulators': 'rang par activité consensus, parmi tous les régulateurs',
      'mean effect on its targets over patients': 'effet moyen sur ses cibles, tous patients',
      'log enrichment of its best motif': 'log-enrichissement de son meilleur motif',
      'Spearman correlation with the persister effect': 'corrélation de Spearman avec l’effet persistant',
      'immediate-early genes among its targets': 'gènes précoces parmi ses cibles',
      'activity without immediate-early genes': 'activité sans les gènes précoces',
    },
    reason: translateReason,
    units: {
      gene: 'gène',
      genes: 'gènes',
      patient: 'patient',
      patients: 'patients',
      sample: 'échantillon',
      samples: 'échantillons',
      cell: 'cellule',
      cells: 'cellules',
      regulator: 'régulateur',
      regulators: 'régulateurs',
      targets: 'cibles',
      sets: 'ensembles',
      rank: 'rang',
      correlation: 'corrélation',
      'log2 fold change': 'log₂ du rapport',
      log2: 'log₂',
    },
    tableTitles: {
      samples: 'Échantillons, effectifs et positions',
      programme_genes: 'Tous les gènes testés',
      patient_effects: 'Effet de chaque gène chez chaque patient',
      programme_patients: 'Le programme, patient par patient',
      vote: 'Gènes concordants selon le nombre de patients',
      treatment_correlations: 'Traitement contre traitement',
      gene_sets: 'Enrichissement en ensembles de gènes',
      programme_overlap: 'Recouvrement avec les méta-programmes connus',
      regulators: 'Tous les régulateurs',
      regulator_patients: 'Activité des régulateurs, patient par patient',
      named_regulators: 'Régulateurs désignés, ligne par ligne',
      named_markers: 'Marqueurs désignés, patient par patient',
      reversal: 'Réversion, patient par patient',
      genes_not_returned: 'Gènes encore modifiés à la rechute',
      regulator_evidence: 'Régulateurs désignés, toutes les valeurs de toutes les lignes',
      marker_summary: 'Marqueurs désignés, une ligne chacun',
      sample_clusters: 'Composition des groupes d’échantillons',
      sample_cluster_agreement: 'Accord des groupes avec le stade, la technologie et le patient',
      lineage_samples: 'Codes-barres de lignage : diversité de chaque échantillon',
      lineage_states: 'Codes-barres de lignage : diversité par état au sein d’un échantillon',
      lineage_stages: 'Codes-barres de lignage : stades tardifs face aux précoces',
      lineage_patients: 'Codes-barres de lignage : verdict de chaque patient',
      lineage_clones: 'Codes-barres de lignage : les plus grands clones',
      lineage_libraries: 'Banques de codes-barres, sans cellules uniques',
      lineage_library_shifts: 'Banques de codes-barres, sans cellules uniques : diversité après et avant',
      switch_regulators: 'Les régulateurs selon toutes les lignes de preuve',
      regulator_stability: 'Rang des premiers régulateurs sans chaque patient',
      knock_out: 'Inactivation et activation in silico',
      knock_out_patients: 'Inactivation in silico, patient par patient',
      switch_shape: 'Tout ou rien ou gradué, patient par patient',
      switch_states: 'États ajustés à chaque échantillon',
      switch_response: 'Programme selon le niveau du régulateur, en classes de cellules',
      switch_steepness: 'À quel point le programme suit abruptement chaque régulateur',
      hysteresis: 'Le programme à la même dose à la montée et à la descente',
      genetic_alarm: 'L’état est-il lié à un clone, patient par patient',
      genetic_labels: 'Chaque étiquette de clone, bras et variant face à l’état',
      genetic_states: 'État par clone, bras ou variant',
      mutations: 'Cellules mutées de chaque variant',
      mutation_changes: 'Variation de la fraction mutée',
      copy_number_patients: 'Nombre de copies : ce qui a pu être dit de chaque patient',
      copy_number_samples: 'Nombre de copies : cellules altérées de chaque échantillon',
      copy_number_arms: 'Nombre de copies : chaque bras de chaque clone',
      copy_number_segments: 'Nombre de copies : segments altérés',
      copy_number_alleles: 'Déséquilibre allélique de chaque bras',
      copy_number_profiles: 'Nombre de copies : profils le long du génome',
      copy_number_heatmap: 'Nombre de copies : quelques cellules, bras par bras',
      cell_reversal: 'Où se trouvent les cellules de rechute de chaque bras',
      cell_reversal_null: 'Distances entre les stades et au sein de chacun',
      cell_reversal_positions: 'Positions des cellules entre non traité et résiduel',
      ...frenchTargetTables,
    },
    missing: {
      'no-table': (table) => `l’analyse n’a pas produit la table « ${table} »`,
      'no-rows': (table) => `la table « ${table} » est vide`,
      'no-columns': (table, columns) =>
        `il manque à la table « ${table} » ${columns.length === 1 ? 'la colonne' : 'les colonnes'} ${list(columns)}`,
      'no-values': (table) => `la table « ${table} » ne contient aucun nombre à tracer`,
    },
    figureTitles: frenchFigureTitles,
    figures: frenchFigures,
    page: {
      overline: 'Rapport Remnant',
      researchOnly:
        'Réservé à la recherche. Rien ici ne constitue un diagnostic, un pronostic ni un conseil de posologie.',
      contents: 'Sommaire',
      documentTitle: (title) => `${title} · rapport Remnant`,
      patients: (n) => plural(n, 'patient', 'patients'),
      samples: (n) => plural(n, 'échantillon', 'échantillons'),
      cells: (n) => plural(n, 'cellule', 'cellules'),
      genes: (n) => plural(n, 'gène', 'gènes'),
      stageCount: (stage, n) => `${integer(n)} ${stage}${n > 1 ? 's' : ''}`,
      technologies: (names) => `Technologies : ${list(names)}`,
      treatments: (names) => `Traitements : ${list(names)}`,
      organism: (name) => `Organisme : ${name === 'human' ? 'humain' : name === 'mouse' ? 'souris' : name}`,
      verdictCount: (verdict, n) => `${integer(n)} ${verdictsCounted[verdict][n < 2 ? 0 : 1]}`,
      answerStrip: 'Verdicts de cette étude',
      summary: 'Ce qui a été trouvé, en une minute',
      summaryLead:
        'Chaque ligne donne une question, sa réponse et le nombre de patients concordants. L’unité de preuve est le patient, jamais la cellule.',
      patientsAgree: (agree, asked) =>
        `${integer(agree)} ${agree < 2 ? 'patient concordant' : 'patients concordants'} sur ${integer(asked)}`,
      notAsked: (n) =>
        `${plural(n, 'patient n’a', 'patients n’ont')} pas pu être ${n < 2 ? 'interrogé' : 'interrogés'}`,
      evidence: 'Preuves',
      noClaims: 'Cette analyse n’a produit aucune affirmation.',
      claim: {
        numbers: 'Valeurs',
        value: 'Valeur',
        interval: 'Intervalle',
        control: 'Le contrôle qui aurait pu l’infirmer',
        needed: 'Ce qui permettrait de trancher',
        lines: 'Lignes de preuve évaluées séparément',
        tables: 'Tables correspondantes',
        seeFigure: (n, title) => `Voir la figure ${String(n)}, ${title}`,
        noFigure: (title, reason) => `Figure absente : ${title} (${reason}).`,
        backToSummary: 'Retour à la synthèse',
      },
      figureLabel: (n) => `Figure ${String(n)}`,
      figureFile: 'Fichier séparé',
      otherFigures: 'Autres figures',
      otherFiguresLead: 'Tirées de la même analyse ; aucune affirmation ne repose sur elles seules.',
      rows: (shown, total) =>
        shown < total
          ? `${shown < 2 ? 'première ligne' : `${integer(shown)} premières lignes`} sur ${integer(total)}`
          : plural(total, 'ligne', 'lignes'),
      openTable: 'Table complète',
      columnsAsInFile: 'Les colonnes portent les noms du fichier.',
      design: 'Ce que ce plan d’expérience permet, et ne permet pas, de dire',
      designLead: 'D’après la feuille d’échantillons, avant l’ouverture de tout fichier de données.',
      designLevel: { ok: 'Testable', note: 'Remarque', warning: 'Prudence', blocking: 'Non testable' },
      samplesTitle: 'Échantillons',
      samplesLead:
        'Nombre d’échantillons par patient et par stade. Chaque patient pèse autant, quel que soit son nombre d’échantillons.',
      methods: 'Méthodes, en toutes lettres',
      methodsLead: 'Dans l’ordre où elles ont été appliquées.',
      untestable: 'Ce qui n’a pas pu être testé',
      untestableLead: '« Non testable » renseigne sur le plan d’expérience, pas sur la biologie.',
      untestableClaims: 'Questions restées sans réponse',
      untestableLines: 'Lignes de preuve sans données',
      missingFigures: 'Figures absentes',
      nothingUntestable: 'Toutes les questions posées ont pu être testées, et toutes les figures tracées.',
      warnings: 'Avertissements',
      noWarnings: 'Cette analyse n’a émis aucun avertissement.',
      provenance: 'Provenance',
      provenanceLead: 'Mêmes entrées, même version, mêmes options et même graine : mêmes octets.',
      version: 'Version de Remnant',
      seed: 'Graine aléatoire',
      schema: 'Format des résultats',
      options: 'Options, valeurs retenues',
      inputs: 'Fichiers d’entrée',
      bytes: 'Octets',
      packs: 'Paquets de ressources',
      noPacks: 'Aucun paquet de ressources n’a été utilisé.',
      licence: 'Licence',
      source: 'Source',
      allTables: 'Toutes les tables',
      truth: 'Score face à la vérité simulée',
      truthLead: (passed, total) =>
        `Cette étude est simulée : son contenu est connu. ${integer(passed)} des ${integer(total)} faits introduits ont été retrouvés.`,
      truthUndefined: 'La vérité était connue, mais rien n’a été évalué.',
    },
  },
  'fr',
);
