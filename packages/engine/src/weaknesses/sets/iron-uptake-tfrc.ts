import { towards, type WeaknessAxis } from './axis-gene.js';
import { dixonFerroptosis, dong, gaoTransferrin, gunshin, ohgami } from './citations.js';

/** Iron that enters bound to transferrin. */
export const ironUptakeTfrc: WeaknessAxis = {
  id: 'iron-uptake-tfrc',
  group: 'iron',
  title: { en: 'Iron uptake by the transferrin receptor', fr: 'Entrée du fer par le récepteur de la transferrine' },
  hypothesis: {
    en: 'the cells take up more iron bound to transferrin',
    fr: 'les cellules captent davantage de fer lié à la transferrine',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('TFRC', 'uptake', 'The receptor of transferrin; ferroptosis needs it.', gaoTransferrin),
    towards('STEAP3', 'uptake', 'Reduces iron in endosomes, so that it can leave them.', ohgami),
    towards('SLC11A2', 'uptake', 'Carries iron out of endosomes (DMT1).', gunshin),
    towards('MCOLN1', 'release', 'Lets iron out of late endosomes and lysosomes.', dong),
    towards('SNX3', 'uptake', 'Brings the receptor back to the cell surface.', '10.1016/j.cmet.2013.01.013'),
    towards(
      'IREB2',
      'sensor',
      'Keeps the messenger of TFRC stable; its loss protects from ferroptosis.',
      dixonFerroptosis,
    ),
    towards('SLC39A14', 'uptake', 'Takes up iron that is not bound to transferrin (ZIP14).', '10.1073/pnas.0606424103'),
  ],
  experiment: {
    en: 'Uptake of fluorescent transferrin with and without an antibody against TFRC, beside a lysosomal Fe(II) probe; deferoxamine as rescue.',
    fr: 'Captation de transferrine fluorescente avec et sans anticorps anti-TFRC, avec une sonde du Fe(II) lysosomal ; déféroxamine en sauvetage.',
  },
  escape: {
    en: 'Iron-rich cells lower TFRC themselves, so a fall of TFRC can mean less uptake or enough iron.',
    fr: 'Les cellules riches en fer abaissent elles-mêmes TFRC : sa baisse peut signifier moins d’entrée ou assez de fer.',
  },
};
