import { against, towards, type WeaknessAxis } from './axis-gene.js';
import { donovan, gaoTransferrin, larrue, manciasReceptor, manciasTurnover, muller, vulpe } from './citations.js';

const goodwin = '10.1016/j.celrep.2017.08.034';

/** Less iron release kills: the hypothesis of ferritinophagy dependence (NCOA4 in leukaemic stem cells). */
export const ironStarvation: WeaknessAxis = {
  id: 'iron-starvation',
  group: 'iron',
  title: { en: 'Iron starvation hypothesis', fr: 'Hypothèse de privation de fer' },
  hypothesis: {
    en: 'the cells are short of iron and live on what NCOA4 frees from ferritin, so that less release kills them',
    fr: 'les cellules manquent de fer et vivent de ce que NCOA4 libère de la ferritine, de sorte que moins de libération les tue',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('NCOA4', 'release', 'Opens ferritin; quiescent leukaemic stem cells die without it.', [
      larrue,
      manciasReceptor,
    ]),
    towards('TAX1BP1', 'release', 'Brings ferritin to lysosomes with NCOA4, most of all when iron is short.', goodwin),
    towards('TFRC', 'sensor', 'Cells short of iron raise it: a footprint of want.', [muller, gaoTransferrin]),
    towards('SLC40A1', 'export', 'Iron that leaves has to be replaced from ferritin.', donovan),
    towards('HEPH', 'export', 'Helps iron to leave, which ferritin has to replace.', vulpe),
    against('HERC2', 'brake', 'Degrades NCOA4 when iron is plentiful.', manciasTurnover),
    against('FTH1', 'storage', 'A store that is emptied faster than filled falls.', manciasReceptor),
    against('FTL', 'storage', 'A store that is emptied faster than filled falls.', manciasReceptor, { mouse: 'Ftl1' }),
    against('CD44', 'uptake', 'A second source of iron makes ferritin less needed.', muller),
  ],
  experiment: {
    en: 'NCOA4 knockdown or inhibition, or deferoxamine, in sorted persisters against untreated cells, with iron added back as rescue; ferritin protein with and without bafilomycin. RNA does not measure labile iron.',
    fr: 'Extinction ou inhibition de NCOA4, ou déféroxamine, dans des persistantes triées contre des cellules non traitées, avec ajout de fer en sauvetage ; protéine ferritine avec et sans bafilomycine. L’ARN ne mesure pas le fer labile.',
  },
  escape: {
    en: 'Cells that leave quiescence take iron up through TFRC and no longer need ferritin.',
    fr: 'Les cellules qui sortent de quiescence captent le fer par TFRC et n’ont plus besoin de la ferritine.',
  },
};
