import { against, towards, type WeaknessAxis } from './axis-gene.js';
import {
  brownProminin,
  caneque,
  dixonFerroptosis,
  dollAcsl4,
  donovan,
  fsp1,
  gunshin,
  itano,
  kwon,
  maFerroportin,
  manciasReceptor,
  muller,
  ohgami,
  vulpe,
  yangGpx4,
} from './citations.js';

/** More reactive iron kills: the hypothesis of lysosomal iron activation (Fento-1). */
export const ironOverload: WeaknessAxis = {
  id: 'iron-overload',
  group: 'iron',
  title: { en: 'Iron overload hypothesis', fr: 'Hypothèse de surcharge en fer' },
  hypothesis: {
    en: 'the cells are rich in iron and poorly defended, so that more reactive iron kills them',
    fr: 'les cellules sont riches en fer et mal défendues, de sorte que davantage de fer réactif les tue',
  },
  vulnerableWhen: 'raised',
  readIn: 'tumour',
  genes: [
    towards('CD44', 'uptake', 'Takes up iron; cells with much CD44 are those that lysosomal iron activation kills.', [
      caneque,
      muller,
    ]),
    towards('HAS2', 'uptake', 'Makes hyaluronan, the carrier of the iron that CD44 takes up.', itano),
    towards('STEAP3', 'uptake', 'Reduces iron in endosomes to Fe(II), the reactive form.', ohgami),
    towards('SLC11A2', 'uptake', 'Carries Fe(II) out of endosomes into the cell.', gunshin),
    towards('HMOX1', 'release', 'Frees iron from haem and so speeds up ferroptosis.', kwon),
    towards('FTH1', 'storage', 'A full iron store that lysosomes can open; iron raises it.', manciasReceptor),
    towards('FTL', 'storage', 'A full iron store that lysosomes can open; iron raises it.', manciasReceptor, {
      mouse: 'Ftl1',
    }),
    towards('ACSL4', 'substrate', 'Puts peroxidisable fatty acids into membranes.', dollAcsl4),
    against('TFRC', 'sensor', 'Cells with much iron lower it: a footprint of plenty.', muller),
    against('SLC40A1', 'export', 'Iron that leaves cannot react.', [donovan, maFerroportin]),
    against('HEPH', 'export', 'Oxidises iron for export.', vulpe),
    against('PROM2', 'export', 'Sends ferritin iron out.', brownProminin),
    against('GPX4', 'defence', 'Reduces peroxidised lipids.', yangGpx4),
    against('AIFM2', 'defence', 'FSP1 stops the chain of lipid radicals.', fsp1, { formerly: ['AMID'] }),
    against('SLC7A11', 'defence', 'Takes up cystine for glutathione.', dixonFerroptosis),
  ],
  experiment: {
    en: 'Lysosomal Fe(II) probe (SiRhoNox or FENTOX) and C11-BODIPY in sorted persisters against untreated cells; dose–response of RSL3 or Fento-1, each with liproxstatin-1 and with deferoxamine as rescue. RNA does not measure labile iron.',
    fr: 'Sonde du Fe(II) lysosomal (SiRhoNox ou FENTOX) et C11-BODIPY dans des persistantes triées contre des cellules non traitées ; dose-réponse de RSL3 ou de Fento-1, chacun avec la liproxstatine-1 et la déféroxamine en sauvetage. L’ARN ne mesure pas le fer labile.',
  },
  escape: {
    en: 'Sublethal doses select a state with fewer mesenchymal genes, less CD44 and a response to membrane damage, which resists ferroptosis.',
    fr: 'Des doses sublétales sélectionnent un état moins mésenchymateux, pauvre en CD44, avec une réponse aux dommages membranaires, résistant à la ferroptose.',
  },
};
