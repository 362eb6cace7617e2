import type { Quantity } from '../../telemetry/quantity.ts';
import type { Limit } from '../limit.ts';
import { limitsOf, type Row } from './standard.ts';

const common = {
  prefix: 'qcvn-08-2023',
  standardId: 'qcvn08-2023',
  decision: 'Thông tư 01/2023/TT-BTNMT, 13/03/2023',
  inForce: { from: '2023-09-12' },
};

const max = (quantity: Quantity, value: number, verified = true): Row => ({
  quantity,
  averagingPeriod: 'single',
  value,
  verified,
});
const min = (quantity: Quantity, value: number, verified = true): Row => ({
  ...max(quantity, value, verified),
  bound: 'min',
});

/**
 * QCVN 08:2023/BTNMT, Bảng 1: greatest values that protect human health, for all surface water, each compared with a sample. mg/L, the
 * six pesticides µg/L. In force since 12 September 2023, in place of QCVN 08-MT:2015/BTNMT.
 */
const table1 = limitsOf(
  { ...common, standard: 'QCVN 08:2023/BTNMT, Bảng 1', source: 'Two copies of the table, alike' },
  (
    [
      ['nitrite', 0.05],
      ['ammonium', 0.3],
      ['chloride', 250],
      ['fluoride', 1],
      ['cyanide', 0.01],
      ['arsenic', 0.01],
      ['cadmium', 0.005],
      ['lead', 0.02],
      ['chromium6', 0.01],
      ['totalChromium', 0.05],
      ['copper', 0.1],
      ['zinc', 0.5],
      ['nickel', 0.1],
      ['manganese', 0.1],
      ['mercury', 0.001],
      ['iron', 0.5],
      ['antimony', 0.02],
      ['anionicSurfactants', 0.1],
      ['totalPhenol', 0.005],
      ['oilAndGrease', 5],
      ['pcbs', 0.0005],
      ['tetrachloroethylene', 0.04],
      ['dioxane', 0.05],
      ['carbonTetrachloride', 0.004],
      ['dichloroethane', 0.03],
      ['dichloromethane', 0.02],
      ['waterBenzene', 0.01],
      ['waterChloroform', 0.08],
      ['waterFormaldehyde', 0.5],
      ['dehp', 0.008],
      ['aldrin', 0.1],
      ['lindane', 0.02],
      ['dieldrin', 0.1],
      ['totalDdt', 1],
      ['heptachlor', 0.2],
      ['hexachlorobenzene', 0.04],
    ] as const
  ).map(([quantity, value]) => max(quantity, value)),
);

const rivers = (letter: string, rows: readonly Row[]): readonly Limit[] =>
  limitsOf(
    { ...common, class: letter, standard: 'QCVN 08:2023/BTNMT, Bảng 2', source: 'English copy of the table, in part' },
    rows,
  );

const lakes = (letter: string, rows: readonly Row[]): readonly Limit[] =>
  limitsOf(
    {
      ...common,
      class: `lake-${letter}`,
      standard: 'QCVN 08:2023/BTNMT, Bảng 3',
      source: 'English copy of the table, some cells lost',
    },
    rows,
  );

/**
 * Bảng 2, rivers, levels A to D. `false` marks cells whose source was not read. Level D is what is worse than C: of it only the least
 * oxygen is a limit, as is "over 100 mg/L TSS, no floating rubbish" of level C none.
 */
const table2: readonly Limit[] = [
  ...rivers('A', [
    min('ph', 6.5),
    max('ph', 8.5),
    max('bod5', 4),
    max('cod', 10),
    max('toc', 4),
    max('tss', 25),
    min('dissolvedOxygen', 6),
    max('totalPhosphorus', 0.1),
    max('totalNitrogen', 0.6),
    max('totalColiform', 1_000),
    max('thermotolerantColiform', 200),
  ]),
  ...rivers('B', [
    min('ph', 6),
    max('ph', 8.5),
    max('bod5', 6),
    max('cod', 15),
    max('toc', 6),
    max('tss', 100, false),
    min('dissolvedOxygen', 5),
    max('totalPhosphorus', 0.3),
    max('totalNitrogen', 1.5),
    max('totalColiform', 5_000),
    max('thermotolerantColiform', 1_000),
  ]),
  ...rivers('C', [
    min('ph', 6),
    max('ph', 8.5),
    max('bod5', 10),
    max('cod', 20),
    max('toc', 8, false),
    min('dissolvedOxygen', 4),
    max('totalPhosphorus', 0.5),
    max('totalNitrogen', 2),
    max('totalColiform', 7_500),
    max('thermotolerantColiform', 1_500),
  ]),
  ...rivers('D', [min('dissolvedOxygen', 2)]),
];

/** Bảng 3, lakes and ponds, levels A to D: of C and D no cell was read, of A and B not the pH and some others. Chlorophyll a in µg/L. */
const table3: readonly Limit[] = [
  ...lakes('A', [
    min('ph', 6.5, false),
    max('ph', 8.5, false),
    max('bod5', 4),
    max('cod', 10),
    max('toc', 4),
    max('tss', 5),
    min('dissolvedOxygen', 6),
    max('totalPhosphorus', 0.1),
    max('totalNitrogen', 0.6),
    max('chlorophyllA', 14),
    max('totalColiform', 1_000, false),
    max('thermotolerantColiform', 200),
  ]),
  ...lakes('B', [
    min('ph', 6, false),
    max('ph', 8.5, false),
    max('bod5', 6),
    max('cod', 15),
    max('toc', 6),
    max('tss', 15),
    min('dissolvedOxygen', 5),
    max('totalPhosphorus', 0.3),
    max('totalNitrogen', 1.5),
    max('chlorophyllA', 35, false),
    max('totalColiform', 5_000),
    max('thermotolerantColiform', 1_000),
  ]),
  ...lakes('C', [
    min('ph', 6, false),
    max('ph', 8.5, false),
    max('bod5', 10, false),
    max('cod', 20, false),
    max('toc', 8, false),
    min('dissolvedOxygen', 4, false),
    max('totalPhosphorus', 0.5, false),
    max('totalNitrogen', 2, false),
    max('chlorophyllA', 70, false),
    max('totalColiform', 7_500, false),
    max('thermotolerantColiform', 1_500, false),
  ]),
  ...lakes('D', [min('dissolvedOxygen', 2, false)]),
];

export const qcvn08Limits: readonly Limit[] = [...table1, ...table2, ...table3];
