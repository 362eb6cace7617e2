import type { IndexCategory } from './index-result.ts';

/** A band of concentrations, both ends included, as truncated; `null` where the pollutant does not define the band of the index. */
type Band = readonly [low: number, high: number] | null;

export type UsAqiTable = {
  /** The unit that EPA's table is in. */
  readonly unit: 'µg/m³' | 'ppm' | 'ppb';
  /** Concentrations are cut off after so many decimals of that unit before they are looked up. */
  readonly decimals: number;
  readonly bands: readonly [Band, Band, Band, Band, Band, Band];
  /** False where the source of the highest band, one since 2024, was not read; older tables that split it give nearly the same. */
  readonly highestVerified: boolean;
};

/** The index at both ends of each band. */
export const usAqiIndexBands: readonly (readonly [number, number])[] = [
  [0, 50],
  [51, 100],
  [101, 150],
  [151, 200],
  [201, 300],
  [301, 500],
];

/**
 * 40 CFR Part 58, Appendix G, as of 6 May 2024; EPA-454/B-24-002, Table 6. O3 over 8 hours ends at 300, O3 over 1 hour begins at 101; SO2
 * over 1 hour ends at 200, and over 24 hours begins at 201.
 */
export const usAqiTables = {
  pm25: {
    unit: 'µg/m³',
    decimals: 1,
    bands: [
      [0, 9],
      [9.1, 35.4],
      [35.5, 55.4],
      [55.5, 125.4],
      [125.5, 225.4],
      [225.5, 325.4],
    ],
    highestVerified: true,
  },
  pm10: {
    unit: 'µg/m³',
    decimals: 0,
    bands: [
      [0, 54],
      [55, 154],
      [155, 254],
      [255, 354],
      [355, 424],
      [425, 604],
    ],
    highestVerified: false,
  },
  o3Of8h: {
    unit: 'ppm',
    decimals: 3,
    bands: [[0, 0.054], [0.055, 0.07], [0.071, 0.085], [0.086, 0.105], [0.106, 0.2], null],
    highestVerified: true,
  },
  o3Of1h: {
    unit: 'ppm',
    decimals: 3,
    bands: [null, null, [0.125, 0.164], [0.165, 0.204], [0.205, 0.404], [0.405, 0.604]],
    highestVerified: false,
  },
  co: {
    unit: 'ppm',
    decimals: 1,
    bands: [
      [0, 4.4],
      [4.5, 9.4],
      [9.5, 12.4],
      [12.5, 15.4],
      [15.5, 30.4],
      [30.5, 50.4],
    ],
    highestVerified: false,
  },
  so2Of1h: {
    unit: 'ppb',
    decimals: 0,
    bands: [[0, 35], [36, 75], [76, 185], [186, 304], null, null],
    highestVerified: true,
  },
  so2Of24h: {
    unit: 'ppb',
    decimals: 0,
    bands: [null, null, null, null, [305, 604], [605, 1_004]],
    highestVerified: false,
  },
  no2: {
    unit: 'ppb',
    decimals: 0,
    bands: [
      [0, 53],
      [54, 100],
      [101, 360],
      [361, 649],
      [650, 1_249],
      [1_250, 2_049],
    ],
    highestVerified: false,
  },
} as const satisfies Record<string, UsAqiTable>;

/** EPA-454/B-24-002, Tables 1 and 2. The Vietnamese is ours. */
export const usAqiCategories: readonly IndexCategory[] = [
  {
    level: 1,
    min: 0,
    max: 50,
    nameEn: 'Good',
    nameVi: 'Tốt',
    colourEn: 'Green',
    colourVi: 'Xanh lá cây',
    rgb: [0, 228, 0],
  },
  {
    level: 2,
    min: 51,
    max: 100,
    nameEn: 'Moderate',
    nameVi: 'Trung bình',
    colourEn: 'Yellow',
    colourVi: 'Vàng',
    rgb: [255, 255, 0],
  },
  {
    level: 3,
    min: 101,
    max: 150,
    nameEn: 'Unhealthy for Sensitive Groups',
    nameVi: 'Không tốt cho nhóm nhạy cảm',
    colourEn: 'Orange',
    colourVi: 'Da cam',
    rgb: [255, 126, 0],
  },
  {
    level: 4,
    min: 151,
    max: 200,
    nameEn: 'Unhealthy',
    nameVi: 'Không tốt cho sức khỏe',
    colourEn: 'Red',
    colourVi: 'Đỏ',
    rgb: [255, 0, 0],
  },
  {
    level: 5,
    min: 201,
    max: 300,
    nameEn: 'Very Unhealthy',
    nameVi: 'Rất không tốt cho sức khỏe',
    colourEn: 'Purple',
    colourVi: 'Tím',
    rgb: [143, 63, 151],
  },
  {
    level: 6,
    min: 301,
    max: 500,
    nameEn: 'Hazardous',
    nameVi: 'Nguy hại',
    colourEn: 'Maroon',
    colourVi: 'Nâu',
    rgb: [126, 0, 35],
  },
];
