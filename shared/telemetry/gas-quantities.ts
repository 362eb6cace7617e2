import type { QuantityDefinition } from './quantity.ts';

/** A substance in ambient air, µg/m³. Spans: our own proposal, far above the limit (suspect) and above any instrument (fail). */
const inAir = (nameEn: string, nameVi: string, [suspect, fail]: readonly [suspect: number, fail: number]) =>
  ({
    unit: 'µg/m³',
    kind: 'air',
    nameEn,
    nameVi,
    failSpan: [0, fail],
    suspectSpan: [0, suspect],
  }) as const satisfies QuantityDefinition;

/**
 * Substances of QCVN 05:2023/BTNMT, Bảng 2, odours among them, beside those that `quantities` and `deviceQuantities` have. Metals
 * and phenols are also limited in water, where they are quantities of their own (`waterQuantities`).
 */
export const gasQuantities = {
  ammonia: inAir('Ammonia', 'Amoniac (NH3)', [5_000, 100_000]),
  hydrogenSulfide: inAir('Hydrogen sulfide', 'Hydro sunfua (H2S)', [2_000, 150_000]),
  mercaptans: inAir('Mercaptans (as CH3SH)', 'Mercaptan (tính theo CH3SH)', [1_000, 50_000]),
  acetaldehyde: inAir('Acetaldehyde', 'Axetaldehit', [1_000, 100_000]),
  propionicAcid: inAir('Propionic acid', 'Axit propionic', [3_000, 100_000]),
  styrene: inAir('Styrene', 'Styren', [5_000, 200_000]),
  toluene: inAir('Toluene', 'Toluen', [5_000, 500_000]),
  xylene: inAir('Xylene', 'Xylen', [5_000, 500_000]),
  benzene: inAir('Benzene', 'Benzen', [500, 50_000]),
  hydrogenChloride: inAir('Hydrogen chloride', 'Hydro clorua (HCl)', [1_000, 50_000]),
  chlorine: inAir('Chlorine', 'Clo (Cl2)', [1_000, 50_000]),
  hydrogenFluoride: inAir('Hydrogen fluoride', 'Hydro florua (HF)', [200, 20_000]),
  hydrogenCyanide: inAir('Hydrogen cyanide', 'Hydro xyanua (HCN)', [500, 50_000]),
  phenol: inAir('Phenol', 'Phenol', [500, 50_000]),
  hydrocarbons: inAir('Total hydrocarbons (CxHy)', 'Tổng hydrocacbon (CxHy)', [20_000, 1_000_000]),
  vinylChloride: inAir('Vinyl chloride', 'Vinyl clorua', [500, 50_000]),
  chloroform: inAir('Chloroform', 'Cloroform (CHCl3)', [500, 50_000]),
  acrolein: inAir('Acrolein', 'Acrolein', [500, 50_000]),
  naphthalene: inAir('Naphthalene', 'Naphtalen', [2_000, 50_000]),
  airLead: inAir('Lead in air', 'Chì (Pb) trong không khí', [20, 1_000]),
  airMercury: inAir('Mercury in air', 'Thủy ngân (Hg) trong không khí', [5, 1_000]),
} as const satisfies Record<string, QuantityDefinition>;
