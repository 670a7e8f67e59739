import { ahrTargets } from './ahr-targets.js';
import { antigenPresentation } from './antigen-presentation.js';
import { antioxidant } from './antioxidant.js';
import { apoptosis } from './apoptosis.js';
import type { WeaknessAxis } from './axis-gene.js';
import { deathReceptors } from './death-receptors.js';
import { diapause } from './diapause.js';
import { fattyAcidOxidation } from './fatty-acid-oxidation.js';
import { ferritinophagy } from './ferritinophagy.js';
import { ferroptosis } from './ferroptosis.js';
import { ferroptosisDefence } from './ferroptosis-defence.js';
import { interferon } from './interferon.js';
import { ironExport } from './iron-export.js';
import { ironOverload } from './iron-overload.js';
import { ironStarvation } from './iron-starvation.js';
import { ironUptakeCd44 } from './iron-uptake-cd44.js';
import { ironUptakeTfrc } from './iron-uptake-tfrc.js';
import { lysosome } from './lysosome.js';
import { mesenchymal } from './mesenchymal.js';
import { necroptosis } from './necroptosis.js';
import { nkLigands } from './nk-ligands.js';
import { peroxidisableLipid } from './peroxidisable-lipid.js';
import { persisterLiterature } from './persister-literature.js';
import { phagocytosis } from './phagocytosis.js';
import { pyroptosis } from './pyroptosis.js';
import { quiescence } from './quiescence.js';
import { stemness } from './stemness.js';

export type { AxisGene, AxisGroup, AxisRole, WeaknessAxis } from './axis-gene.js';

/** Every curated axis, in the order of tables and claims. */
export const curatedAxes: readonly WeaknessAxis[] = [
  ironOverload,
  ironStarvation,
  ironUptakeCd44,
  ironUptakeTfrc,
  ferritinophagy,
  ironExport,
  mesenchymal,
  lysosome,
  peroxidisableLipid,
  ferroptosisDefence,
  apoptosis,
  necroptosis,
  pyroptosis,
  ferroptosis,
  antigenPresentation,
  nkLigands,
  phagocytosis,
  interferon,
  deathReceptors,
  ahrTargets,
  stemness,
  persisterLiterature,
  quiescence,
  diapause,
  antioxidant,
  fattyAcidOxidation,
];
