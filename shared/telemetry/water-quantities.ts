import type { QuantityDefinition } from './quantity.ts';

type Upper = readonly [suspect: number, fail: number];

/** A substance in water. Spans: our own proposal, far above the limits (suspect) and above any natural water (fail). */
const inWater =
  (unit: 'mg/L' | 'µg/L' | 'MPN/100 mL') =>
  (nameEn: string, nameVi: string, [suspect, fail]: Upper) =>
    ({
      unit,
      kind: 'water',
      nameEn,
      nameVi,
      failSpan: [0, fail],
      suspectSpan: [0, suspect],
    }) as const satisfies QuantityDefinition;

const mg = inWater('mg/L');
const microgram = inWater('µg/L');
const count = inWater('MPN/100 mL');

/**
 * What laboratories, and some analysers, find in water beside what every automatic station measures: the parameters of
 * QĐ 1460/QĐ-TCMT (VN_WQI), QCVN 08:2023/BTNMT and QCVN 08-MT:2015/BTNMT. A substance that air has too is called `water...`.
 */
export const waterQuantities = {
  bod5: mg('Biochemical oxygen demand (BOD5)', 'Nhu cầu oxy sinh hóa (BOD5)', [100, 2_000]),
  toc: mg('Total organic carbon', 'Tổng cacbon hữu cơ (TOC)', [100, 1_000]),
  nitrate: mg('Nitrate (as N)', 'Nitrat (tính theo N)', [50, 500]),
  nitrite: mg('Nitrite (as N)', 'Nitrit (tính theo N)', [5, 100]),
  phosphate: mg('Phosphate (as P)', 'Phosphat (tính theo P)', [5, 100]),
  totalNitrogen: mg('Total nitrogen', 'Tổng nitơ (TN)', [50, 1_000]),
  totalPhosphorus: mg('Total phosphorus', 'Tổng phosphor (TP)', [10, 200]),
  chlorophyllA: microgram('Chlorophyll a', 'Chlorophyll a', [300, 5_000]),
  totalColiform: count('Total coliforms', 'Tổng coliform', [1_000_000, 1_000_000_000]),
  thermotolerantColiform: count('Thermotolerant coliforms', 'Coliform chịu nhiệt', [1_000_000, 1_000_000_000]),
  eColi: count('Escherichia coli', 'E. coli', [100_000, 1_000_000_000]),
  chloride: mg('Chloride', 'Clorua (Cl⁻)', [20_000, 200_000]),
  fluoride: mg('Fluoride', 'Florua (F⁻)', [10, 1_000]),
  cyanide: mg('Cyanide', 'Xyanua (CN⁻)', [1, 100]),
  arsenic: mg('Arsenic', 'Asen (As)', [0.5, 100]),
  cadmium: mg('Cadmium', 'Cadimi (Cd)', [0.5, 100]),
  lead: mg('Lead', 'Chì (Pb)', [1, 100]),
  chromium6: mg('Chromium (VI)', 'Crom VI (Cr⁶⁺)', [1, 100]),
  totalChromium: mg('Total chromium', 'Tổng crom (Cr)', [2, 200]),
  copper: mg('Copper', 'Đồng (Cu)', [5, 500]),
  zinc: mg('Zinc', 'Kẽm (Zn)', [10, 1_000]),
  nickel: mg('Nickel', 'Niken (Ni)', [5, 500]),
  manganese: mg('Manganese', 'Mangan (Mn)', [10, 1_000]),
  mercury: mg('Mercury', 'Thủy ngân (Hg)', [0.05, 10]),
  iron: mg('Iron', 'Sắt (Fe)', [50, 5_000]),
  antimony: mg('Antimony', 'Antimon (Sb)', [1, 100]),
  anionicSurfactants: mg('Anionic surfactants', 'Chất hoạt động bề mặt anion', [10, 500]),
  totalPhenol: mg('Total phenol', 'Tổng phenol', [1, 500]),
  oilAndGrease: mg('Oil and grease', 'Tổng dầu, mỡ', [50, 5_000]),
  pcbs: mg('Polychlorinated biphenyls', 'Polyclobiphenyl (PCB)', [0.05, 10]),
  tetrachloroethylene: mg('Tetrachloroethylene (PCE)', 'Tetracloroetylen (PCE)', [1, 100]),
  dioxane: mg('1,4-Dioxane', '1,4-Dioxan', [2, 500]),
  carbonTetrachloride: mg('Carbon tetrachloride', 'Cacbon tetraclorua (CCl4)', [1, 500]),
  dichloroethane: mg('1,2-Dichloroethane', '1,2-Dicloroetan', [1, 500]),
  dichloromethane: mg('Dichloromethane', 'Metylen clorua (CH2Cl2)', [1, 500]),
  waterBenzene: mg('Benzene in water', 'Benzen trong nước', [1, 500]),
  waterChloroform: mg('Chloroform in water', 'Cloroform trong nước', [2, 500]),
  waterFormaldehyde: mg('Formaldehyde in water', 'Fomanđehit trong nước', [10, 500]),
  dehp: mg('Bis(2-ethylhexyl) phthalate (DEHP)', 'Bis(2-etylhexyl) phtalat (DEHP)', [0.5, 50]),
  aldrin: microgram('Aldrin', 'Aldrin', [10, 1_000]),
  bhc: microgram('Benzene hexachloride (BHC)', 'Benzen hexaclorua (BHC)', [10, 1_000]),
  lindane: microgram('Lindane', 'Lindan', [10, 1_000]),
  dieldrin: microgram('Dieldrin', 'Dieldrin', [10, 1_000]),
  totalDdt: microgram('DDT and its products', 'Tổng DDT (DDTs)', [50, 5_000]),
  heptachlor: microgram('Heptachlor and its epoxide', 'Heptachlor và heptachlorepoxide', [10, 1_000]),
  hexachlorobenzene: microgram('Hexachlorobenzene', 'Hexaclorobenzen', [10, 1_000]),
} as const satisfies Record<string, QuantityDefinition>;
