import type { AveragingPeriod, Limit } from '../limit.ts';

const ENTRY_INTO_FORCE = '2023-09-12';

type Row = Pick<Limit, 'quantity' | 'value'> & {
  readonly averagingPeriod: AveragingPeriod;
  readonly from?: string;
  readonly to?: string;
};

/**
 * QCVN 05:2023/BTNMT, Quy chuẩn kỹ thuật quốc gia về chất lượng không khí, Bảng 1: 1-hour and 24-hour means in µg/Nm³, a normal
 * cubic metre being at 25 °C and 760 mmHg (1.3.10). Issued by Thông tư 01/2023/TT-BTNMT of 13 March 2023, in force since
 * 12 September 2023, in place of QCVN 05:2013/BTNMT. It has no 24-hour value for CO and O3, and no 1-hour value for PM10 and PM2.5.
 */
const table1: readonly Row[] = [
  { quantity: 'so2', averagingPeriod: '1h', value: 350 },
  { quantity: 'so2', averagingPeriod: '24h', value: 125 },
  { quantity: 'co', averagingPeriod: '1h', value: 30_000 },
  { quantity: 'no2', averagingPeriod: '1h', value: 200 },
  { quantity: 'no2', averagingPeriod: '24h', value: 100 },
  { quantity: 'o3', averagingPeriod: '1h', value: 200 },
  { quantity: 'tsp', averagingPeriod: '1h', value: 300 },
  { quantity: 'tsp', averagingPeriod: '24h', value: 200 },
  { quantity: 'pm10', averagingPeriod: '24h', value: 100 },
  { quantity: 'pm25', averagingPeriod: '24h', value: 50, to: '2025-12-31' },
  { quantity: 'pm25', averagingPeriod: '24h', value: 45, from: '2026-01-01' },
];

const limitOf = ({ quantity, averagingPeriod, value, from = ENTRY_INTO_FORCE, to }: Row): Limit => ({
  limitId: `qcvn-05-2023-${quantity}-${averagingPeriod}-${value}`,
  standardId: 'qcvn05-2023',
  standard: 'QCVN 05:2023/BTNMT, Bảng 1',
  decision: 'Thông tư 01/2023/TT-BTNMT, 13/03/2023',
  quantity,
  averagingPeriod,
  bound: 'max',
  value,
  verified: true,
  inForce: { from, ...(to !== undefined && { to }) },
});

export const qcvn05Limits: readonly Limit[] = table1.map(limitOf);
