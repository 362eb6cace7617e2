import type { Quantity } from '../../telemetry/quantity.ts';
import { atConditions, europeanConditions, normalConditions } from '../concentration.ts';
import type { Allowance, AveragingPeriod, Limit, LimitRole } from '../limit.ts';
import { limitsOf, type Row, type Standard } from './standard.ts';

type Line = readonly [Quantity, AveragingPeriod, value: number, timesPerYear?: number];

/** Volumes of gases are at 293 K and 101.3 kPa in the directive; particles and lead are at the air's own conditions. */
const gases: ReadonlySet<Quantity> = new Set<Quantity>(['no2', 'so2', 'o3', 'co', 'benzene']);

const DECIMALS = 1_000;
const MILLIGRAM = 1_000;

/** A printed value at 20 °C as what we keep: a gas's cubic metre is at 25 °C here, and holds 1.7 % less of it. */
const asKept = (quantity: Quantity, value: number): Pick<Row, 'value' | 'printed'> => {
  if (!gases.has(quantity)) return { value };
  const kept = atConditions(value, { from: europeanConditions, to: normalConditions });
  const printed = quantity === 'co' ? { value: value / MILLIGRAM, unit: 'mg/m³' } : { value, unit: 'µg/m³' };
  return { value: Math.round(kept * DECIMALS) / DECIMALS, printed: { ...printed, conditions: europeanConditions } };
};

const rows = (lines: readonly Line[], allowance?: Allowance): readonly Row[] =>
  lines.map(([quantity, averagingPeriod, value, timesPerYear]) => ({
    quantity,
    averagingPeriod,
    ...asKept(quantity, value),
    ...(timesPerYear !== undefined && { allowance: { timesPerYear } }),
    ...(allowance !== undefined && { allowance }),
  }));

type Part = {
  readonly table: string;
  readonly class: string;
  readonly role?: LimitRole;
  readonly inForce: Limit['inForce'];
};

const part = ({ table, ...more }: Part, of: readonly Row[]): readonly Limit[] =>
  limitsOf(
    {
      prefix: 'eu-2024-2881',
      standardId: 'eu-2024-2881',
      standard: `Directive (EU) 2024/2881, Annex I, ${table}`,
      decision: 'Directive (EU) 2024/2881 of 23/10/2024',
      source:
        'Annex I as transcribed by a national agency; 293 K as in Directive 2008/50/EC; its sections’ numbers: not read',
      ...more,
    },
    of,
  );

/** The day of the directive: its publication is of 20 November 2024, and days before it are not judged by it. */
const IN_FORCE = '2024-11-20';
const YEAR_2030 = '2030-01-01';

const until2029 = part(
  { table: 'Section 1, Table 2', class: 'limit', inForce: { from: IN_FORCE, to: '2029-12-31' } },
  rows([
    ['pm25', 'year', 25],
    ['pm10', '24h', 50, 35],
    ['pm10', 'year', 40],
    ['no2', '1h', 200, 18],
    ['no2', 'year', 40],
    ['so2', '1h', 350, 24],
    ['so2', '24h', 125, 3],
    ['benzene', 'year', 5],
    ['co', '8h', 10 * MILLIGRAM],
    ['airLead', 'year', 0.5],
  ]),
);

const from2030 = part(
  { table: 'Section 1, Table 1', class: 'limit', inForce: { from: YEAR_2030 } },
  rows([
    ['pm25', '24h', 25, 18],
    ['pm25', 'year', 10],
    ['pm10', '24h', 45, 18],
    ['pm10', 'year', 20],
    ['no2', '1h', 200, 3],
    ['no2', '24h', 50, 18],
    ['no2', 'year', 20],
    ['so2', '1h', 350, 3],
    ['so2', '24h', 50, 18],
    ['so2', 'year', 20],
    ['benzene', 'year', 3.4],
    ['co', '8h', 10 * MILLIGRAM],
    ['co', '24h', 4 * MILLIGRAM, 18],
    ['airLead', 'year', 0.5],
  ]),
);

const ozone = part(
  { table: 'Section 2', class: 'ozone-target', role: 'target', inForce: { from: IN_FORCE } },
  rows([['o3', '8h', 120]], { timesPerYear: 18, meanOverYears: 3 }),
);

const thresholds = (role: 'information' | 'alert', of: readonly Line[]): readonly Limit[] =>
  part({ table: 'Section 4', class: role, role, inForce: { from: IN_FORCE } }, rows(of));

const alerts = thresholds('alert', [
  ['so2', '1h', 350],
  ['no2', '1h', 200],
  ['pm25', '24h', 50],
  ['pm10', '24h', 90],
  ['o3', '1h', 240],
]);

const information = thresholds('information', [
  ['so2', '1h', 275],
  ['no2', '1h', 150],
  ['pm25', '24h', 50],
  ['pm10', '24h', 90],
  ['o3', '1h', 180],
]);

/** Limit values of 2030 are the same limits in stricter form: a station that names `limit` is judged by those of the day. */
const limits = [...until2029, ...from2030, ...ozone, ...alerts, ...information].map((limit) =>
  limit.inForce.from === YEAR_2030 ? { ...limit, limitId: `${limit.limitId}-2030` } : limit,
);

export const eu2024: Standard = {
  standardId: 'eu-2024-2881',
  titleEn: 'Directive (EU) 2024/2881 on ambient air quality',
  titleVi: 'Chỉ thị (EU) 2024/2881 về chất lượng không khí xung quanh',
  kind: 'air',
  classes: ['limit', 'ozone-target', 'information', 'alert'],
  limits,
  notJudged: [
    { what: 'O3, long-term objective for 2050: 100 µg/m³ over 8 hours', why: 'an objective without a year of its own' },
    { what: 'thresholds that must last for several hours', why: 'each hour above the threshold counts by itself' },
  ],
};
