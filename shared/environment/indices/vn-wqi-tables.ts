import type { Quantity } from '../../telemetry/quantity.ts';
import type { IndexCategory } from './index-result.ts';
import type { Point } from './interpolate.ts';

/** A sub-index by value: on the lines between the points, `below` the first and `above` the last. */
export type SubIndexTable = { readonly points: readonly Point[]; readonly below: number; readonly above: number };

const falling = (...points: readonly Point[]): SubIndexTable => ({ points, below: 100, above: 10 });

/**
 * QĐ 1460/QĐ-TCMT of 12 November 2019, Bảng 2 (group IV and V, mg/L and MPN/100 mL) and Bảng 3 (group III, mg/L). At a break-point the
 * sub-index is that of its row, so where a table says "< 0.3: 100, 0.3: 75" it jumps, and where it says "15: 25, > 15: 10" too.
 */
export const groupIv: Readonly<Partial<Record<Quantity, SubIndexTable>>> = {
  bod5: falling([4, 100], [6, 75], [15, 50], [25, 25], [50, 10]),
  cod: falling([10, 100], [15, 75], [30, 50], [50, 25], [150, 10]),
  toc: falling([4, 100], [6, 75], [15, 50], [25, 25], [50, 10]),
  ammonium: falling([0.3, 75], [0.6, 50], [0.9, 25], [5, 10]),
  nitrate: falling([2, 100], [5, 75], [10, 50], [15, 25]),
  nitrite: falling([0.05, 100]),
  phosphate: falling([0.1, 100], [0.2, 75], [0.3, 50], [0.5, 25], [4, 10]),
};

export const groupV: Readonly<Partial<Record<Quantity, SubIndexTable>>> = {
  totalColiform: falling([2_500, 100], [5_000, 75], [7_500, 50], [10_000, 25]),
  eColi: falling([20, 100], [50, 75], [100, 50], [200, 25]),
};

export const groupIii: Readonly<Partial<Record<Quantity, SubIndexTable>>> = {
  arsenic: falling([0.01, 100], [0.02, 75], [0.05, 50], [0.1, 25]),
  cadmium: falling([0.005, 75], [0.008, 50], [0.01, 25], [0.1, 10]),
  lead: falling([0.02, 75], [0.04, 50], [0.05, 25], [0.5, 10]),
  chromium6: falling([0.01, 100], [0.02, 75], [0.04, 50], [0.05, 25], [0.1, 10]),
  copper: falling([0.1, 100], [0.2, 75], [0.5, 50], [1, 25], [2, 10]),
  zinc: falling([0.5, 100], [1, 75], [1.5, 50], [2, 25], [3, 10]),
  mercury: falling([0.001, 75], [0.0015, 50], [0.002, 25], [0.01, 10]),
};

/** Group II, µg/L: 100 up to the value, 10 above it. BHC is the decision's word; lindane alone is not BHC. */
export const groupIi: Readonly<Partial<Record<Quantity, SubIndexTable>>> = {
  aldrin: falling([0.1, 100]),
  bhc: falling([0.02, 100]),
  dieldrin: falling([0.1, 100]),
  totalDdt: falling([1, 100]),
  heptachlor: falling([0.2, 100]),
};

/** Group I. */
export const groupI: Readonly<Partial<Record<Quantity, SubIndexTable>>> = {
  ph: {
    points: [
      [5.5, 50],
      [6, 100],
      [8.5, 100],
      [9, 50],
    ],
    below: 10,
    above: 10,
  },
};

/** DO in % of saturation, of group IV. */
export const oxygenTable: SubIndexTable = {
  points: [
    [20, 25],
    [50, 50],
    [75, 75],
    [88, 100],
    [112, 100],
    [125, 75],
    [150, 50],
    [200, 25],
  ],
  below: 10,
  above: 10,
};

/** mg/L of oxygen that saturate water of a temperature in °C (QĐ 1460, 2.2). */
export const saturatedOxygen = (celsius: number): number =>
  14.652 - 0.41022 * celsius + 0.007991 * celsius ** 2 - 0.000077774 * celsius ** 3;

/**
 * Bands and colours: QĐ 1460, 1.4. Its Bảng 7 names two of them otherwise (`alsoNamedVi`) and says what the water can be used for. The
 * English is ours.
 */
export const vnWqiCategories: readonly IndexCategory[] = [
  {
    level: 6,
    min: 0,
    max: 9,
    nameEn: 'Very heavily polluted',
    nameVi: 'Ô nhiễm rất nặng',
    colourEn: 'Maroon',
    colourVi: 'Nâu',
    rgb: [126, 0, 35],
    useEn: 'Poisoned water; must be cleaned up',
    useVi: 'Nước nhiễm độc, cần có biện pháp khắc phục, xử lý',
  },
  {
    level: 5,
    min: 10,
    max: 25,
    nameEn: 'Poor',
    nameVi: 'Kém',
    alsoNamedVi: 'Ô nhiễm nặng',
    colourEn: 'Red',
    colourVi: 'Đỏ',
    rgb: [255, 0, 0],
    useEn: 'Heavily polluted; must be treated in future',
    useVi: 'Nước ô nhiễm nặng, cần các biện pháp xử lý trong tương lai',
  },
  {
    level: 4,
    min: 26,
    max: 50,
    nameEn: 'Bad',
    nameVi: 'Xấu',
    alsoNamedVi: 'Kém',
    colourEn: 'Orange',
    colourVi: 'Da cam',
    rgb: [255, 126, 0],
    useEn: 'Navigation and the like',
    useVi: 'Sử dụng cho giao thông thủy và các mục đích tương đương khác',
  },
  {
    level: 3,
    min: 51,
    max: 75,
    nameEn: 'Moderate',
    nameVi: 'Trung bình',
    colourEn: 'Yellow',
    colourVi: 'Vàng',
    rgb: [255, 255, 0],
    useEn: 'Irrigation and the like',
    useVi: 'Sử dụng cho mục đích tưới tiêu và các mục đích tương đương khác',
  },
  {
    level: 2,
    min: 76,
    max: 90,
    nameEn: 'Good',
    nameVi: 'Tốt',
    colourEn: 'Green',
    colourVi: 'Xanh lá cây',
    rgb: [0, 228, 0],
    useEn: 'Domestic supply, after suitable treatment',
    useVi: 'Sử dụng cho mục đích cấp nước sinh hoạt nhưng cần các biện pháp xử lý phù hợp',
  },
  {
    level: 1,
    min: 91,
    max: 100,
    nameEn: 'Very good',
    nameVi: 'Rất tốt',
    colourEn: 'Blue',
    colourVi: 'Xanh nước biển',
    rgb: [51, 51, 255],
    useEn: 'Domestic supply',
    useVi: 'Sử dụng tốt cho mục đích cấp nước sinh hoạt',
  },
];
