import type { Quantity } from '../../telemetry/quantity.ts';
import type { Limit } from '../limit.ts';
import { limitsOf, type Row } from './standard.ts';

/** The columns of the table: A1 and A2 for domestic supply, B1 for irrigation, B2 for navigation. */
export const qcvn08Classes2015 = ['A1', 'A2', 'B1', 'B2'] as const;

type Columns = readonly [a1: number | null, a2: number | null, b1: number | null, b2: number | null];
type Line = readonly [
  quantity: Quantity,
  columns: Columns,
  more?: { readonly bound?: 'min'; readonly verified?: false },
];

const unread = { verified: false } as const;

/** mg/L; coliforms in 100 mL. */
const table: readonly Line[] = [
  ['ph', [6, 6, 5.5, 5.5], { bound: 'min' }],
  ['ph', [8.5, 8.5, 9, 9]],
  ['dissolvedOxygen', [6, 5, 4, 2], { bound: 'min' }],
  ['tss', [20, 30, 50, 100]],
  ['cod', [10, 15, 30, 50]],
  ['bod5', [4, 6, 15, 25]],
  ['ammonium', [0.3, 0.3, 0.9, 0.9]],
  ['nitrite', [0.05, 0.05, 0.05, 0.05], unread],
  ['nitrate', [2, 5, 10, 15]],
  ['phosphate', [0.1, 0.2, 0.3, 0.5]],
  ['chloride', [250, 350, 350, null], unread],
  ['fluoride', [1, 1.5, 1.5, 2], unread],
  ['iron', [0.5, 1, 1.5, 2]],
  ['manganese', [0.1, 0.2, 0.5, 1]],
  ['arsenic', [0.01, 0.02, 0.05, 0.1]],
  ['cadmium', [0.005, 0.005, 0.01, 0.01]],
  ['lead', [0.02, 0.02, 0.05, 0.05]],
  ['chromium6', [0.01, 0.02, 0.04, 0.05], unread],
  ['copper', [0.1, 0.2, 0.5, 1], unread],
  ['zinc', [0.5, 1, 1.5, 2], unread],
  ['mercury', [0.001, 0.001, 0.001, 0.002]],
  ['totalColiform', [2_500, 5_000, 7_500, 10_000]],
  ['eColi', [20, 50, 100, 200], unread],
  ['toc', [4, null, null, null], unread],
  ['oilAndGrease', [0.3, 0.5, 1, 1], unread],
];

const column = (index: number): readonly Row[] =>
  table.flatMap(([quantity, values, more]) => {
    const value = values[index];
    return value === null || value === undefined ? [] : [{ quantity, averagingPeriod: 'single', value, ...more }];
  });

/**
 * QCVN 08-MT:2015/BTNMT, Bảng 1, by Thông tư 65/2015/TT-BTNMT of 21 December 2015 (Điều 2: in force from 1 March 2016), until QCVN
 * 08:2023 took its place. It judges samples of those years, and those only.
 */
export const qcvn08Limits2015: readonly Limit[] = qcvn08Classes2015.flatMap((letter, index) =>
  limitsOf(
    {
      prefix: 'qcvn-08-mt-2015',
      standardId: 'qcvn08-mt-2015',
      standard: 'QCVN 08-MT:2015/BTNMT, Bảng 1',
      decision: 'Thông tư 65/2015/TT-BTNMT, 21/12/2015',
      inForce: { from: '2016-03-01', to: '2023-09-11' },
      class: letter,
      source: 'Copies of the table, in part',
    },
    column(index),
  ),
);
