import type { Limit } from '../limit.ts';
import { limitsOf, rowsOf } from './standard.ts';

const common = {
  prefix: 'qcvn-05-2023',
  standardId: 'qcvn05-2023',
  decision: 'Thông tư 01/2023/TT-BTNMT, 13/03/2023',
  inForce: { from: '2023-09-12' },
  source: 'QCVN 05:2023/BTNMT: a transcript checked page by page, and a second copy',
};

/**
 * QCVN 05:2023/BTNMT, Quy chuẩn kỹ thuật quốc gia về chất lượng không khí, Bảng 1: means in µg/Nm³, a normal cubic metre being at
 * 25 °C and 760 mmHg (1.3.10). Issued by Thông tư 01/2023/TT-BTNMT of 13 March 2023, in force since 12 September 2023, in place of
 * QCVN 05:2013/BTNMT and QCVN 06:2009/BTNMT. It has no 24-hour value for CO and O3, and no 1-hour value for PM10 and PM2.5.
 */
export const qcvn05Limits: readonly Limit[] = limitsOf({ ...common, standard: 'QCVN 05:2023/BTNMT, Bảng 1' }, [
  ...rowsOf({
    so2: { '1h': 350, '24h': 125, year: 50 },
    co: { '1h': 30_000, '8h': 10_000 },
    no2: { '1h': 200, '24h': 100, year: 40 },
    o3: { '1h': 200, '8h': 120 },
    tsp: { '1h': 300, '24h': 200, year: 100 },
    pm10: { '24h': 100, year: 50 },
    pm25: { year: 25 },
  }),
  { quantity: 'pm25', averagingPeriod: '24h', value: 50, inForce: { ...common.inForce, to: '2025-12-31' } },
  { quantity: 'pm25', averagingPeriod: '24h', value: 45, inForce: { from: '2026-01-01' } },
]);

/** QCVN 05:2023/BTNMT, Bảng 2: other substances and odours, µg/Nm³. Rows for which the city keeps no quantity are left out. */
export const qcvn05SubstanceLimits: readonly Limit[] = limitsOf(
  { ...common, standard: 'QCVN 05:2023/BTNMT, Bảng 2' },
  rowsOf({
    airLead: { '24h': 1.5 },
    hydrogenChloride: { '24h': 60 },
    chlorine: { '1h': 100, '24h': 30 },
    hydrogenFluoride: { '1h': 20, '24h': 5 },
    hydrogenCyanide: { '1h': 10 },
    airMercury: { '24h': 0.3 },
    benzene: { '1h': 22 },
    formaldehyde: { '1h': 20 },
    phenol: { '1h': 10 },
    hydrocarbons: { '1h': 5_000, '24h': 1_500 },
    vinylChloride: { '24h': 26 },
    chloroform: { '24h': 16 },
    acrolein: { '1h': 50 },
    naphthalene: { '8h': 500, '24h': 120 },
    ammonia: { '1h': 200 },
    acetaldehyde: { '1h': 45 },
    propionicAcid: { '8h': 300 },
    hydrogenSulfide: { '1h': 42 },
    mercaptans: { '1h': 50, '24h': 20 },
    styrene: { '24h': 260 },
    toluene: { '1h': 500 },
    xylene: { '1h': 1_000 },
  }),
);
