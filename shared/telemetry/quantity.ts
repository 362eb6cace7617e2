import { correctedQuantities } from './corrected-quantities.ts';
import { indexQuantities, isDerived, meanQuantities } from './derived-quantities.ts';
import { deviceQuantities } from './device-quantities.ts';
import { gasQuantities } from './gas-quantities.ts';
import { waterQuantities } from './water-quantities.ts';

/**
 * The quantities that the city observes, each with one canonical unit and the spans of the QARTOD gross-range test
 * (inclusive bounds): outside `failSpan` the instrument cannot have seen it, outside `suspectSpan` it is improbable.
 * Spans of water and particles: our own proposal after the IOOS QARTOD manuals' method, to be tuned by each city.
 */
export type QuantityDefinition = {
  /** Canonical unit, as it is written in answers. */
  readonly unit: string;
  readonly kind: 'bin' | 'air' | 'water' | 'device';
  readonly nameEn: string;
  readonly nameVi: string;
  readonly failSpan: readonly [min: number, max: number];
  readonly suspectSpan: readonly [min: number, max: number];
};

/** What a device can observe, and what a correction makes of it. */
const measuredQuantities = {
  fillDistance: {
    unit: 'mm',
    kind: 'bin',
    nameEn: 'Distance to waste',
    nameVi: 'Khoảng cách đến rác',
    failSpan: [0, 10_000],
    suspectSpan: [20, 6_000],
  },
  binTemperature: {
    unit: '°C',
    kind: 'bin',
    nameEn: 'Temperature in the bin',
    nameVi: 'Nhiệt độ trong thùng',
    failSpan: [-40, 125],
    suspectSpan: [0, 70],
  },
  tilt: { unit: '1', kind: 'bin', nameEn: 'Lid tilted', nameVi: 'Nắp nghiêng', failSpan: [0, 1], suspectSpan: [0, 1] },
  battery: { unit: '%', kind: 'device', nameEn: 'Battery', nameVi: 'Pin', failSpan: [0, 100], suspectSpan: [5, 100] },
  pm25: {
    unit: 'µg/m³',
    kind: 'air',
    nameEn: 'PM2.5',
    nameVi: 'Bụi PM2.5',
    failSpan: [0, 1_000],
    suspectSpan: [0, 500],
  },
  pm10: { unit: 'µg/m³', kind: 'air', nameEn: 'PM10', nameVi: 'Bụi PM10', failSpan: [0, 1_500], suspectSpan: [0, 600] },
  tsp: {
    unit: 'µg/m³',
    kind: 'air',
    nameEn: 'Total suspended particles',
    nameVi: 'Tổng bụi lơ lửng (TSP)',
    failSpan: [0, 3_000],
    suspectSpan: [0, 1_200],
  },
  so2: {
    unit: 'µg/m³',
    kind: 'air',
    nameEn: 'Sulfur dioxide',
    nameVi: 'SO2',
    failSpan: [0, 5_000],
    suspectSpan: [0, 1_000],
  },
  no2: {
    unit: 'µg/m³',
    kind: 'air',
    nameEn: 'Nitrogen dioxide',
    nameVi: 'NO2',
    failSpan: [0, 5_000],
    suspectSpan: [0, 1_000],
  },
  co: {
    unit: 'µg/m³',
    kind: 'air',
    nameEn: 'Carbon monoxide',
    nameVi: 'CO',
    failSpan: [0, 200_000],
    suspectSpan: [0, 60_000],
  },
  o3: { unit: 'µg/m³', kind: 'air', nameEn: 'Ozone', nameVi: 'O3', failSpan: [0, 2_000], suspectSpan: [0, 600] },
  airTemperature: {
    unit: '°C',
    kind: 'air',
    nameEn: 'Air temperature',
    nameVi: 'Nhiệt độ không khí',
    failSpan: [-40, 60],
    suspectSpan: [5, 45],
  },
  relativeHumidity: {
    unit: '%',
    kind: 'air',
    nameEn: 'Relative humidity',
    nameVi: 'Độ ẩm tương đối',
    failSpan: [0, 100],
    suspectSpan: [10, 100],
  },
  waterTemperature: {
    unit: '°C',
    kind: 'water',
    nameEn: 'Water temperature',
    nameVi: 'Nhiệt độ nước',
    failSpan: [0, 50],
    suspectSpan: [15, 38],
  },
  ph: { unit: 'pH', kind: 'water', nameEn: 'pH', nameVi: 'pH', failSpan: [0, 14], suspectSpan: [4, 10] },
  dissolvedOxygen: {
    unit: 'mg/L',
    kind: 'water',
    nameEn: 'Dissolved oxygen',
    nameVi: 'Oxy hòa tan (DO)',
    failSpan: [0, 20],
    suspectSpan: [0.2, 15],
  },
  tss: {
    unit: 'mg/L',
    kind: 'water',
    nameEn: 'Total suspended solids',
    nameVi: 'Tổng chất rắn lơ lửng (TSS)',
    failSpan: [0, 500],
    suspectSpan: [0, 400],
  },
  cod: {
    unit: 'mg/L',
    kind: 'water',
    nameEn: 'Chemical oxygen demand',
    nameVi: 'Nhu cầu oxy hóa học (COD)',
    failSpan: [0, 500],
    suspectSpan: [0, 100],
  },
  ammonium: {
    unit: 'mg/L',
    kind: 'water',
    nameEn: 'Ammonium (as N)',
    nameVi: 'Amoni (tính theo N)',
    failSpan: [0, 100],
    suspectSpan: [0, 5],
  },
  ...deviceQuantities,
  ...gasQuantities,
  ...waterQuantities,
  ...correctedQuantities,
} as const satisfies Record<string, QuantityDefinition>;

export const quantities = {
  ...measuredQuantities,
  ...meanQuantities(measuredQuantities),
  ...indexQuantities,
} as const satisfies Record<string, QuantityDefinition>;

export type Quantity = keyof typeof quantities;

export const quantityNames = Object.keys(quantities) as readonly Quantity[];

export const isQuantity = (name: string): name is Quantity => Object.hasOwn(quantities, name);

/** Whether a device may send it: corrected and derived quantities are made here and nowhere else. */
export const isObservable = (name: string): name is Quantity =>
  isQuantity(name) && !Object.hasOwn(correctedQuantities, name) && !isDerived(name);
