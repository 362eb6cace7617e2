import type { Limit } from '../limit.ts';
import { limitsOf, rowsOf } from './standard.ts';

/** The last day before QCVN 05:2023/BTNMT took the place of both (Thông tư 01/2023/TT-BTNMT). */
const LAST_DAY = '2023-09-11';

/**
 * QCVN 05:2013/BTNMT, Bảng 1: µg/Nm³ at 25 °C and 760 mmHg, for days before QCVN 05:2023. The first day is not from a source that we
 * have read (the values are); nothing before 2014 is judged by them.
 */
export const qcvn05Limits2013: readonly Limit[] = limitsOf(
  {
    prefix: 'qcvn-05-2013',
    standardId: 'qcvn05-2013',
    standard: 'QCVN 05:2013/BTNMT, Bảng 1',
    decision: 'QCVN 05:2013/BTNMT (replaced by Thông tư 01/2023/TT-BTNMT)',
    inForce: { from: '2014-01-01', to: LAST_DAY },
    source: 'QCVN 05:2013/BTNMT: one copy of the table; first day in force: no source read',
  },
  rowsOf({
    so2: { '1h': 350, '24h': 125, year: 50 },
    co: { '1h': 30_000, '8h': 10_000 },
    no2: { '1h': 200, '24h': 100, year: 40 },
    o3: { '1h': 200, '8h': 120 },
    tsp: { '1h': 300, '24h': 200, year: 100 },
    pm10: { '24h': 150, year: 50 },
    pm25: { '24h': 50, year: 25 },
    airLead: { '24h': 1.5, year: 0.5 },
  }),
);

/** QCVN 06:2009/BTNMT, hazardous substances in ambient air: three values that we know of, from no source. Never applied unless named. */
export const qcvn06Limits2009: readonly Limit[] = limitsOf(
  {
    prefix: 'qcvn-06-2009',
    standardId: 'qcvn06-2009',
    standard: 'QCVN 06:2009/BTNMT',
    decision: 'QCVN 06:2009/BTNMT (replaced by Thông tư 01/2023/TT-BTNMT)',
    inForce: { from: '2014-01-01', to: LAST_DAY },
    source: 'No source read',
  },
  rowsOf({
    hydrogenSulfide: { '1h': 42 },
    ammonia: { '1h': 200 },
    mercaptans: { '1h': 50, '24h': 20 },
  }).map((row) => ({ ...row, verified: false })),
);
