import type { Limit } from '../limit.ts';
import { eu2024 } from './eu-2024-2881.ts';
import { qcvn05Limits2013, qcvn06Limits2009 } from './qcvn-05-2013.ts';
import { qcvn05Limits, qcvn05SubstanceLimits } from './qcvn-05-2023.ts';
import { qcvn08Limits } from './qcvn-08-2023.ts';
import { qcvn08Classes2015, qcvn08Limits2015 } from './qcvn-08-mt-2015.ts';
import type { Standard } from './standard.ts';
import { who2021 } from './who-2021.ts';

const qcvn05Of2023 = [...qcvn05Limits, ...qcvn05SubstanceLimits];

/** Every standard that a station can be judged by. The order is that of menus. */
export const standards: readonly Standard[] = [
  {
    standardId: 'qcvn05',
    titleEn: 'QCVN 05, ambient air: the version in force on the day',
    titleVi: 'QCVN 05, chất lượng không khí: phiên bản có hiệu lực trong ngày',
    kind: 'air',
    classes: [],
    limits: [...qcvn05Limits2013, ...qcvn05Of2023],
  },
  {
    standardId: 'qcvn05-2023',
    titleEn: 'QCVN 05:2023/BTNMT, ambient air',
    titleVi: 'QCVN 05:2023/BTNMT, chất lượng không khí',
    kind: 'air',
    classes: [],
    limits: qcvn05Of2023,
  },
  {
    standardId: 'qcvn05-2013',
    titleEn: 'QCVN 05:2013/BTNMT, ambient air (until 11 September 2023)',
    titleVi: 'QCVN 05:2013/BTNMT, chất lượng không khí xung quanh (đến 11/9/2023)',
    kind: 'air',
    classes: [],
    limits: qcvn05Limits2013,
  },
  {
    standardId: 'qcvn06-2009',
    titleEn: 'QCVN 06:2009/BTNMT, hazardous substances in ambient air (until 11 September 2023)',
    titleVi: 'QCVN 06:2009/BTNMT, một số chất độc hại trong không khí xung quanh (đến 11/9/2023)',
    kind: 'air',
    classes: [],
    limits: qcvn06Limits2009,
  },
  who2021,
  eu2024,
  {
    standardId: 'qcvn08-2023',
    titleEn: 'QCVN 08:2023/BTNMT, surface water',
    titleVi: 'QCVN 08:2023/BTNMT, chất lượng nước mặt',
    kind: 'water',
    classes: ['A', 'B', 'C', 'D', 'lake-A', 'lake-B', 'lake-C', 'lake-D'],
    limits: qcvn08Limits,
    notJudged: [
      { what: 'floating rubbish, levels C and D', why: 'no instrument sees it' },
      { what: 'what makes water level D', why: 'it is what is worse than C, and no limit' },
    ],
  },
  {
    standardId: 'qcvn08-mt-2015',
    titleEn: 'QCVN 08-MT:2015/BTNMT, surface water (until 11 September 2023)',
    titleVi: 'QCVN 08-MT:2015/BTNMT, chất lượng nước mặt (đến 11/9/2023)',
    kind: 'water',
    classes: qcvn08Classes2015,
    limits: qcvn08Limits2015,
  },
];

const byId = new Map(standards.map((standard) => [standard.standardId, standard]));

/** The standard of an id; `undefined` when there is none. */
export const standardOf = (standardId: string): Standard | undefined => byId.get(standardId);

/** All limits of a standard for one of its classes, those without a class among them, verified or not. */
export const limitsOfClass = (standard: Standard, chosen: string | undefined): readonly Limit[] =>
  standard.limits.filter((limit) => limit.class === undefined || limit.class === chosen);

const limits = new Map(standards.flatMap((standard) => standard.limits.map((limit) => [limit.limitId, limit])));

/** The limit of an id, as exceedances and episodes name it. */
export const limitOf = (limitId: string): Limit | undefined => limits.get(limitId);
