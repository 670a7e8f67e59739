import { agreementNeeded } from '../regulators/evidence.js';
import { signatureSummary } from './signature-summary.js';
import type { Analysis } from './analysis.js';
import type { Claim, ClaimLine, Verdict } from './claim.js';
import { estimatedNumber, finite, minimumPatients, plainNumber } from './claim-parts.js';
import { both, type Words } from './words.js';

/** Is there a programme common to the patients? */
export function sharedProgrammeClaim(analysis: Analysis): Claim {
  const { fixedEffect, meta, vote, leaveOneOut, options } = analysis;
  const asked = leaveOneOut.patientLevel.patients.length;
  const present = leaveOneOut.patientLevel.patients.filter((p) => p.call.call === 'present').length;
  const absent = leaveOneOut.patientLevel.patients.filter((p) => p.call.call === 'none').length;
  const level = vote.levels.find((l) => l.votes === vote.calledVotes) ?? null;
  const blocked = analysis.design.questions.find((q) => q.id === 'shared-programme' && q.testable === 'no') ?? null;
  const verdict = ((): Verdict => {
    if (blocked !== null || asked < minimumPatients) return 'not testable';
    if (level !== null && level.pValue <= 0.05 && present >= agreementNeeded(asked)) return 'supported';
    return absent > asked / 2 ? 'contradicted' : 'not supported';
  })();
  const shared = meta.direction.filter((d) => d !== 0).length;
  const top = level ?? vote.levels[vote.levels.length - 1] ?? null;
  const leading = (w: Words): string =>
    verdict === 'supported'
      ? w.pick(
          ` Leading genes: ${signatureSummary(leaveOneOut.patientLevel.signature, w)}.`,
          ` Gènes de tête : ${signatureSummary(leaveOneOut.patientLevel.signature, w)}.`,
        )
      : '';
  return {
    id: 'programme.shared',
    step: 'programme',
    question: both((w) =>
      w.pick('Is there a programme common to the patients?', 'Existe-t-il un programme commun aux patients ?'),
    ),
    sentence: both((w) => {
      if (blocked !== null) return w.pick(blocked.why.en, blocked.why.fr);
      if (asked < minimumPatients) return fewPatients(w, asked);
      return w.pick(
        `${verdict === 'supported' ? 'A shared programme is' : 'No shared programme could be established; what was learned from the other patients is'} present in ${String(present)} of ${String(asked)} patients, each scored by a signature that never saw it${absent > 0 ? `; it is shown absent in ${String(absent)}` : ''}. In the model of all samples ${w.count(fixedEffect.nUp, ['gene is', 'genes are'], ['', ''])} up and ${String(fixedEffect.nDown)} down; ${w.count(shared, ['is', 'are'], ['', ''])} shared at ${percent(w, options.fdr)} false discoveries when every patient weighs the same.${leading(w)}`,
        `${verdict === 'supported' ? 'Un programme partagé est présent' : 'Aucun programme partagé n’a pu être établi ; ce qui est appris des autres patients est présent'} chez ${String(present)} des ${String(asked)} patients, chacun mesuré par une signature qui ne l’a jamais vu${absent > 0 ? ` ; son absence est établie chez ${String(absent)}` : ''}. Dans le modèle de tous les échantillons, ${w.count(fixedEffect.nUp, ['', ''], ['gène augmente', 'gènes augmentent'])} et ${String(fixedEffect.nDown)} ${fixedEffect.nDown < 2 ? 'diminue' : 'diminuent'} ; ${w.count(shared, ['', ''], ['est partagé', 'sont partagés'])} à ${percent(w, options.fdr)} de fausses découvertes quand chaque patient pèse autant.${leading(w)}`,
      );
    }),
    verdict,
    numbers: [
      plainNumber(
        'Genes up, model of all samples',
        'Gènes augmentés, modèle de tous les échantillons',
        fixedEffect.nUp,
        '',
      ),
      plainNumber(
        'Genes down, model of all samples',
        'Gènes diminués, modèle de tous les échantillons',
        fixedEffect.nDown,
        '',
      ),
      plainNumber(
        'Genes up with exact standard errors',
        'Gènes augmentés, erreurs types exactes',
        fixedEffect.exact.nUp,
      ),
      plainNumber(
        'Genes down with exact standard errors',
        'Gènes diminués, erreurs types exactes',
        fixedEffect.exact.nDown,
      ),
      plainNumber(
        'Genes shared, each patient weighing the same',
        'Gènes partagés, chaque patient pesant autant',
        shared,
      ),
      plainNumber(
        'Smallest leave-one-out AUC with replicates',
        'Plus petite AUC patient exclu, avec réplicats',
        smallestAuc(leaveOneOut.patientLevel.patients),
      ),
      plainNumber(
        'Patients a called gene must agree in',
        'Patients qui doivent concorder pour retenir un gène',
        vote.calledVotes,
      ),
      plainNumber(
        'Genes agreeing in that many patients',
        'Gènes concordant chez autant de patients',
        top?.observed ?? null,
      ),
      plainNumber('Expected with permuted labels', 'Attendus avec étiquettes permutées', finite(top?.expected)),
    ],
    patients: { agree: present, asked },
    control: both((w) =>
      top === null
        ? w.pick('No label permutation was possible.', 'Aucune permutation des étiquettes n’était possible.')
        : w.pick(
            `Stage labels permuted within each patient (${String(options.permutations)} times): ${w.count(top.observed, ['gene agrees', 'genes agree'], ['', ''])} in at least ${w.count(top.votes, ['patient', 'patients'], ['', ''])} against ${w.number(top.expected, 1)} expected (P = ${w.pValue(top.pValue)}). Each patient's score is also set against random genes of like expression.`,
            `Étiquettes de stade permutées au sein de chaque patient (${String(options.permutations)} fois) : ${w.count(top.observed, ['', ''], ['gène concorde', 'gènes concordent'])} chez au moins ${w.count(top.votes, ['', ''], ['patient', 'patients'])}, contre ${w.number(top.expected, 1)} attendus (P = ${w.pValue(top.pValue)}). Le score de chaque patient est aussi comparé à des gènes tirés au hasard, d’expression semblable.`,
          ),
    ),
    needed: neededForProgramme(analysis),
    lines: [],
    tables: ['programme_genes', 'programme_patients', 'patient_effects', 'vote'],
    figures: ['volcano', 'leave-one-out', 'vote-null'],
  };
}

/** Does it hold patient by patient, and who departs from it? */
export function patientByPatientClaim(analysis: Analysis): Claim {
  const { leaveOneOut, outliers } = analysis;
  const { patients } = leaveOneOut.patientLevel;
  const called = (call: string): string[] => patients.filter((p) => p.call.call === call).map((p) => p.patient);
  const [present, absent, unclear] = [called('present'), called('none'), called('inconclusive')];
  const flagged = outliers.patients.filter((p) => p.flagged);
  const fragile = flagged.some((p) => !(Math.max(p.modifiedZHalfSize, p.modifiedZDoubleSize) < outliers.threshold));
  const verdict = ((): Verdict => {
    if (patients.length < minimumPatients) return 'not testable';
    if (present.length >= agreementNeeded(patients.length)) return 'supported';
    return absent.length > patients.length / 2 ? 'contradicted' : 'not supported';
  })();
  return {
    id: 'programme.patients',
    step: 'programme',
    question: both((w) =>
      w.pick(
        'Does it hold patient by patient, and in whom is it absent?',
        'Vaut-il patient par patient, et chez qui est-il absent ?',
      ),
    ),
    sentence: both((w) => {
      if (patients.length < minimumPatients) return fewPatients(w, patients.length);
      const outlier = flagged.map((p) => p.patient);
      return w.pick(
        `Present in ${w.list(present)}; absent (none) in ${w.list(absent)}; inconclusive in ${w.list(unclear)}. ${outlier.length === 0 ? 'No patient is an outlier.' : `${w.list(outlier)} ${outlier.length === 1 ? 'departs' : 'depart'} from the programme of the others.`}`,
        `Présent chez ${w.list(present)} ; absent chez ${w.list(absent)} ; indécis chez ${w.list(unclear)}. ${outlier.length === 0 ? 'Aucun patient ne s’écarte des autres.' : `${w.list(outlier)} s’écarte${outlier.length === 1 ? '' : 'nt'} du programme des autres.`}`,
      );
    }),
    verdict,
    numbers: flagged.flatMap((p) => [
      plainNumber(`Modified z score of ${p.patient}`, `Score z modifié de ${p.patient}`, p.modifiedZ),
      plainNumber('with half as many genes', 'avec moitié moins de gènes', finite(p.modifiedZHalfSize)),
      plainNumber('with twice as many genes', 'avec deux fois plus de gènes', finite(p.modifiedZDoubleSize)),
      plainNumber('over all genes', 'sur tous les gènes', finite(p.genomeWideModifiedZ)),
    ]),
    patients: { agree: present.length, asked: patients.length },
    control: both((w) =>
      w.pick(
        `Random genes of like expression, drawn ${String(analysis.options.permutations)} times per patient; absence is an equivalence: the interval must end below a third of what the other patients show. A patient is an outlier below a modified z score of ${w.number(outliers.threshold, 1)} on the signature genes${fragile ? '; here that flag does not hold with half or twice as many genes, so read it as a question, not a finding' : ''}.`,
        `Gènes d’expression semblable tirés au hasard ${String(analysis.options.permutations)} fois par patient ; l’absence est une équivalence : l’intervalle doit finir sous le tiers de ce que montrent les autres patients. Un patient s’écarte au-dessous d’un score z modifié de ${w.number(outliers.threshold, 1)} sur les gènes de la signature${fragile ? ' ; ici ce signal ne tient pas avec deux fois moins ou deux fois plus de gènes : à lire comme une question, non comme un résultat' : ''}.`,
      ),
    ),
    needed: neededForProgramme(analysis),
    lines: patients.map(patientLine),
    tables: ['programme_patients', 'patient_effects'],
    figures: ['patient-forest', 'leave-one-out'],
  };
}

/** Smallest AUC, against starting or relapse samples, of the patients with replicates in both arms. */
function smallestAuc(patients: Analysis['leaveOneOut']['patientLevel']['patients']): number | null {
  const estimates = patients.flatMap((p) => [p.aucFrom, p.aucBack]).filter((auc) => auc.status === 'ok');
  const values = estimates.map((auc) => auc.value ?? NaN).filter(Number.isFinite);
  return values.length === 0 ? null : Math.min(...values);
}

function patientLine(patient: Analysis['leaveOneOut']['patientLevel']['patients'][number]): ClaimLine {
  const { excess, call } = patient.call;
  const verdicts: Readonly<Record<typeof call, Verdict>> = {
    present: 'supported',
    none: 'contradicted',
    inconclusive: 'not supported',
  };
  return {
    id: patient.patient,
    label: { en: patient.patient, fr: patient.patient },
    verdict: excess.value === null ? 'not testable' : verdicts[call],
    sentence: both((w) => {
      const interval =
        excess.low === null || excess.high === null
          ? ''
          : ` (90 %${w.pick(':', ' :')} ${w.signed(excess.low)} ${w.pick('to', 'à')} ${w.signed(excess.high)})`;
      const auc =
        patient.aucFrom.status === 'ok' && patient.aucFrom.value !== null
          ? w.pick(`AUC ${w.number(patient.aucFrom.value)}`, `AUC ${w.number(patient.aucFrom.value)}`)
          : w.pick(
              'one sample in an arm: no AUC, a sign only',
              'un seul échantillon dans un bras : pas d’AUC, un signe seulement',
            );
      const word = {
        present: w.pick('present', 'présent'),
        none: w.pick('none', 'absent'),
        inconclusive: w.pick('inconclusive', 'indécis'),
      }[call];
      return `${word}${w.pick(':', ' :')} ${w.signed(excess.value ?? NaN)} log₂${interval}${w.pick(';', ' ;')} ${auc}.`;
    }),
  };
}

/** Is it the same whatever the treatment? */
export function treatmentClaim({ treatments }: Analysis): Claim {
  const summary = (relation: string): Analysis['treatments']['summaries'][number] | null =>
    treatments.summaries.find((s) => s.relation === relation && s.nPairs > 0) ?? null;
  const within = summary('within-patient');
  const between = summary('between-patients-other-treatment');
  const other = between !== null && Number.isFinite(between.signatureMedian) ? between : null;
  const pairs = treatments.pairs.filter(
    (p) => p.relation === 'between-patients-other-treatment' && p.signatureCorrelation.value !== null,
  );
  const positive = pairs.filter((p) => (p.signatureCorrelation.value ?? 0) > 0).length;
  const alone = treatments.pairs
    .filter((p) => p.relation === 'within-patient')
    .map((p) => p.withoutSharedControl ?? p.correlation.value ?? NaN)
    .filter(Number.isFinite);
  const lowestWithin = alone.length > 0 ? Math.min(...alone) : (within?.lowest ?? NaN);
  const regimens = new Set(treatments.conditions.map((c) => c.treatment)).size;
  const verdict = ((): Verdict => {
    if (treatments.status !== 'ok' || regimens < 2 || (within === null && other === null)) return 'not testable';
    const withinHolds = within === null || lowestWithin > 0.5;
    const betweenHolds = other === null || positive >= agreementNeeded(pairs.length);
    return withinHolds && betweenHolds ? 'supported' : 'not supported';
  })();
  const range = (w: Words, s: NonNullable<typeof within>): string =>
    s.nPairs === 1
      ? w.number(s.median)
      : w.pick(
          `from ${w.number(s.lowest)} to ${w.number(s.highest)}`,
          `de ${w.number(s.lowest)} à ${w.number(s.highest)}`,
        );
  return {
    id: 'programme.treatment',
    step: 'programme',
    question: both((w) =>
      w.pick('Is it the same whatever the treatment?', 'Est-il le même quel que soit le traitement ?'),
    ),
    sentence: both((w) => {
      if (verdict === 'not testable') {
        return w.pick(
          'All patients had the same treatment, or too few patients are left to learn a signature without those compared.',
          'Tous les patients ont reçu le même traitement, ou il reste trop peu de patients pour apprendre une signature sans ceux que l’on compare.',
        );
      }
      const inside =
        within === null
          ? w.pick('No patient had two treatments.', 'Aucun patient n’a reçu deux traitements.')
          : w.pick(
              `Within a patient, two treatments ${lowestWithin > 0.5 ? 'move the genes alike' : 'can move the genes differently'} (r ${range(w, within)}).`,
              `Chez un même patient, deux traitements ${lowestWithin > 0.5 ? 'déplacent les gènes de même façon' : 'peuvent déplacer les gènes différemment'} (r ${range(w, within)}).`,
            );
      const outside =
        other === null
          ? ''
          : w.pick(
              ` Between patients with different treatments: r ${range(w, other)} over all genes; on the signature learned without them, median ${w.number(other.signatureMedian)} and positive in ${String(positive)} of ${String(pairs.length)} pairs.`,
              ` Entre patients traités différemment : r ${range(w, other)} sur tous les gènes ; sur la signature apprise sans eux, médiane ${w.number(other.signatureMedian)}, positive dans ${w.count(positive, ['', ''], ['couple', 'couples'])} sur ${String(pairs.length)}.`,
            );
      return inside + outside;
    }),
    verdict,
    numbers: [
      ...(within === null
        ? []
        : [
            estimatedNumber(
              'Within patients, all genes: median r (range)',
              'Même patient, tous les gènes : r médian (étendue)',
              { value: within.median, low: within.lowest, high: within.highest },
            ),
          ]),
      ...(other === null
        ? []
        : [
            estimatedNumber(
              'Between patients, other treatment, all genes: median r (range)',
              'Entre patients, autre traitement, tous les gènes : r médian (étendue)',
              { value: other.median, low: other.lowest, high: other.highest },
            ),
            estimatedNumber(
              'The same on signature genes: median r (range)',
              'De même sur les gènes de la signature : r médian (étendue)',
              { value: other.signatureMedian, low: other.signatureLowest, high: other.signatureHighest },
            ),
          ]),
    ],
    patients: null,
    control: both((w) =>
      w.pick(
        'Two treatments of one patient share its untreated samples, which alone makes them look alike; the table gives the correlation without that part. Between patients nothing is shared, and the signature is learned without the patients compared.',
        'Deux traitements d’un patient partagent ses échantillons non traités, ce qui suffit à les faire se ressembler ; la table donne la corrélation sans cette part. Entre patients rien n’est partagé, et la signature est apprise sans les patients comparés.',
      ),
    ),
    needed: both((w) =>
      w.pick(
        'Several treatments in the same patients: between patients, treatment and patient cannot be told apart.',
        'Plusieurs traitements chez les mêmes patients : entre patients, traitement et patient ne se distinguent pas.',
      ),
    ),
    lines: [],
    tables: ['treatment_correlations'],
    figures: ['treatment-heatmap'],
  };
}

function neededForProgramme({ leaveOneOut, effects }: Analysis): Claim['needed'] {
  const single = leaveOneOut.patientLevel.patients.filter((p) => p.nFrom < 2 || p.nTo < 2).map((p) => p.patient);
  return both((w) =>
    single.length === 0
      ? w.pick(
          `More patients: an estimate from ${String(effects.patients.length)} is as wide as they differ.`,
          `Davantage de patients : une estimation sur ${String(effects.patients.length)} est aussi large que leurs différences.`,
        )
      : w.pick(
          `A second sample per stage in ${w.list(single)}, where one sample per arm gives a sign and no error of its own.`,
          `Un second échantillon par stade chez ${w.list(single)}, où un seul par bras donne un signe mais pas d’erreur propre.`,
        ),
  );
}

function fewPatients(w: Words, asked: number): string {
  if (asked === 0) {
    return w.pick('No patient has samples of both stages.', 'Aucun patient n’a d’échantillons des deux stades.');
  }
  return w.pick(
    `Only ${w.count(asked, ['patient has', 'patients have'], ['', ''])} samples of both stages; at least ${String(minimumPatients)} are needed.`,
    `Seul${asked < 2 ? '' : 's'} ${w.count(asked, ['', ''], ['patient a', 'patients ont'])} des échantillons des deux stades ; il en faut au moins ${String(minimumPatients)}.`,
  );
}

function percent(w: Words, share: number): string {
  return `${w.given(100 * share)} %`;
}
