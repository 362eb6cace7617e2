import type { Quantity } from '../../telemetry/quantity.ts';
import type { Allowance, AveragingPeriod, Limit } from '../limit.ts';
import { limitsOf, type Row, type Standard } from './standard.ts';

/** The guideline and the four interim targets on the way to it. */
const classes = ['AQG', 'IT1', 'IT2', 'IT3', 'IT4'] as const;
type Level = (typeof classes)[number];

type Line = readonly [Quantity, AveragingPeriod, Partial<Record<Level, number>>];

const mgInMicrograms = 1_000;

/** Table 0.1, µg/m³; CO, printed in mg/m³, here in µg/m³. */
const table: readonly Line[] = [
  ['pm25', 'year', { IT1: 35, IT2: 25, IT3: 15, IT4: 10, AQG: 5 }],
  ['pm25', '24h', { IT1: 75, IT2: 50, IT3: 37.5, IT4: 25, AQG: 15 }],
  ['pm10', 'year', { IT1: 70, IT2: 50, IT3: 30, IT4: 20, AQG: 15 }],
  ['pm10', '24h', { IT1: 150, IT2: 100, IT3: 75, IT4: 50, AQG: 45 }],
  ['o3', '8h', { IT1: 160, IT2: 120, AQG: 100 }],
  ['no2', 'year', { IT1: 40, IT2: 30, IT3: 20, AQG: 10 }],
  ['no2', '24h', { IT1: 120, IT2: 50, AQG: 25 }],
  ['so2', '24h', { IT1: 125, IT2: 50, AQG: 40 }],
  ['co', '24h', { IT1: 7 * mgInMicrograms, AQG: 4 * mgInMicrograms }],
  // Table 0.2: guidelines of 2000 and 2005 that remain valid.
  ['no2', '1h', { AQG: 200 }],
  ['co', '8h', { AQG: 10 * mgInMicrograms }],
  ['co', '1h', { AQG: 35 * mgInMicrograms }],
];

/** "99th percentile (i.e. 3-4 exceedance days per year)", note to Table 0.1, of the 24-hour and 8-hour levels. */
const percentile: Allowance = { percentile: 99 };
const newIn2021 = (quantity: Quantity, period: AveragingPeriod): boolean =>
  period === '24h' || (period === '8h' && quantity === 'o3');

const rowsAt = (level: Level): readonly Row[] =>
  table.flatMap(([quantity, averagingPeriod, values]) => {
    const value = values[level];
    if (value === undefined) return [];
    const inMilligrams = { value: value / mgInMicrograms, unit: 'mg/m³' };
    return [
      {
        quantity,
        averagingPeriod,
        value,
        ...(quantity === 'co' && { printed: inMilligrams }),
        ...(newIn2021(quantity, averagingPeriod) && { allowance: percentile }),
      },
    ];
  });

const limits: readonly Limit[] = classes.flatMap((level) =>
  limitsOf(
    {
      prefix: 'who-2021',
      standardId: 'who-2021',
      standard: 'WHO global air quality guidelines 2021, Tables 0.1 and 0.2',
      decision: 'World Health Organization, 22/09/2021 (a recommendation)',
      inForce: { from: '2021-09-22' },
      class: level,
      role: level === 'AQG' ? 'guideline' : 'interim-target',
      source: 'Executive summary of the guidelines, transcribed',
    },
    rowsAt(level),
  ),
);

export const who2021: Standard = {
  standardId: 'who-2021',
  titleEn: 'WHO global air quality guidelines 2021',
  titleVi: 'Hướng dẫn chất lượng không khí toàn cầu của WHO 2021',
  kind: 'air',
  classes,
  limits,
  notJudged: [
    {
      what: 'O3, peak season: 60 (IT1 100, IT2 70) µg/m³',
      why: 'no mean over the six months of highest ozone is made',
    },
    { what: 'SO2 over 10 minutes: 500 µg/m³; CO over 15 minutes: 100 mg/m³', why: 'means are made of hours' },
  ],
};
