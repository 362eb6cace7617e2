import type { Bin, Sensor, Station } from '../../shared/city/entities.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';

/** A datastream of the made city: a reading every so often, up to one instant. */
export type MadeSeries = {
  readonly sensorId: string;
  readonly quantity: Quantity;
  readonly intervalMs: number;
  /** Where in its interval the sensor reports, so that a city does not speak with one voice. */
  readonly offsetMs: number;
  /** Around what its values swing, and how far. */
  readonly middle: number;
  readonly swing: number;
};

export type MadeCity = {
  readonly bins: readonly Bin[];
  readonly stations: readonly Station[];
  readonly sensors: readonly Sensor[];
  readonly series: readonly MadeSeries[];
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const USUAL = 5 * MINUTE;
/** One station speaks every half minute, so that a single datastream has more than 100,000 observations. */
const FAST = MINUTE / 2;

const binQuantities: readonly (readonly [Quantity, number, number])[] = [
  ['fillDistance', 1_500, 900],
  ['fillLevel', 50, 40],
  ['binTemperature', 33, 6],
  ['battery', 70, 20],
  ['batteryVoltage', 3.4, 0.2],
];

const airSeries = (index: number): readonly (readonly [Quantity, number])[] => [
  ['pm25', index === 0 ? FAST : USUAL],
  ['pm25Mean1h', HOUR],
  ['pm25Mean24h', DAY],
  ['pm25MeanMonth', 30 * DAY],
  ['pm25MeanYear', 365 * DAY],
];

const named = (word: string, index: number): string => `${word}-${String(index).padStart(5, '0')}`;

const place = (index: number) => ({
  latitude: Math.round((10.85 + ((index * 37) % 1_000) / 4_000) * 1e6) / 1e6,
  longitude: Math.round((106.55 + ((index * 91) % 1_000) / 4_000) * 1e6) / 1e6,
});

const ward = (index: number): string => `Phường ${(index % 24) + 1}`;

/** Nine bins to one air station, a sensor each and five datastreams a sensor; of a station's, four are means. */
export const cityOfSize = (things: number): MadeCity => {
  const airs = Math.max(1, Math.round(things / 10));
  const binIndexes = Array.from({ length: things - airs }, (_, index) => index);
  const airIndexes = Array.from({ length: airs }, (_, index) => index);
  const offsetMs = (index: number): number => ((index * 7_919) % 299_000) + 500;
  return {
    bins: binIndexes.map((index) => ({
      id: named('bin', index),
      name: `Thùng rác ngầm ${index}`,
      position: place(index),
      ward: ward(index),
      stream: (['recyclable', 'food', 'other'] as const)[index % 3] ?? 'other',
      container: { depthMm: 2_500, blindZoneMm: 250, capacityLitres: 3_000 },
      serviceLevel: 0.8,
      serviceSeconds: 720,
    })),
    stations: airIndexes.map((index) => ({
      id: named('air', index),
      name: `Trạm không khí ${index}`,
      position: place(index + 400),
      ward: ward(index),
      kind: 'air',
      referenceStation: true,
    })),
    sensors: [
      ...binIndexes.map((index) => sensorOf(named('level', index), 'bin', named('bin', index))),
      ...airIndexes.map((index) => sensorOf(named('dust', index), 'air', named('air', index))),
    ],
    series: [
      ...binIndexes.flatMap((index) =>
        binQuantities.map(([quantity, middle, swing]) => ({
          sensorId: named('level', index),
          quantity,
          intervalMs: USUAL,
          offsetMs: offsetMs(index),
          middle,
          swing,
        })),
      ),
      ...airIndexes.flatMap((index) =>
        airSeries(index).map(([quantity, intervalMs]) => ({
          sensorId: named('dust', index),
          quantity,
          intervalMs,
          offsetMs: quantity === 'pm25' ? offsetMs(index) % intervalMs : 0,
          middle: 35,
          swing: 25,
        })),
      ),
    ],
  };
};

const sensorOf = (id: string, kind: Sensor['kind'], siteId: string): Sensor => ({
  id,
  kind,
  siteId,
  intervalSeconds: USUAL / 1_000,
  status: 'active',
});

/** From when on the series speak so that they have about so many observations by `until`, UTC epoch milliseconds. */
export const startFor = (series: readonly MadeSeries[], observations: number, until: number): number => {
  const perMs = series.reduce((sum, { intervalMs }) => sum + 1 / intervalMs, 0);
  return Math.round(until - observations / perMs);
};
