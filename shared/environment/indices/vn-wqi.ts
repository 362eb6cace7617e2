import { type Classified, mayPublishIndex } from '../../city/station-class.ts';
import { categoryOf } from './aqi-parts.ts';
import {
  type ComputedIndex,
  type IndexResult,
  type NotComputableReason,
  notComputable,
  type SubIndex,
} from './index-result.ts';
import { roundHalfUp } from './rounding.ts';
import { vnWqiCategories } from './vn-wqi-tables.ts';
import { subIndicesOf, type WaterValues, type WqiGroups, wqiQuantities } from './wqi-sub-indices.ts';

export const vnWqiMethod = 'VN_WQI, 1460/QĐ-TCMT (2019), 1';
export const indicativeWqiMethod = 'Indicative WQI of sensors, after 1460/QĐ-TCMT (2019), 1';

export type WqiInput = {
  readonly station: Classified;
  /** In canonical units; what the decision does not know is left aside. */
  readonly values: WaterValues;
  /** What the water is known to suffer from. */
  readonly concerns?: {
    /** Formula 5, in which group IV weighs double. */
    readonly organicPollution?: boolean;
    /** Group II, and group III, must be among the values. */
    readonly pesticides?: boolean;
    readonly heavyMetals?: boolean;
  };
};

const MIN_GROUPS = 3;
const MIN_IN_GROUP_IV = 3;
const MIN_FOR_INDICATION = 2;

const exactOf = (parts: WqiGroups[keyof WqiGroups]): readonly number[] => parts.map(({ sub }) => sub.exact);

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Geometric mean; 100, which changes nothing, of an absent group. The decision does not say it; every reader of it does so. */
const geometricMean = (values: readonly number[]): number =>
  values.length === 0
    ? 100
    : values.reduce((product, value) => product * (value / 100), 1) ** (1 / values.length) * 100;

type Formula = 3 | 4 | 5;

const formulaOf = ({ v }: WqiGroups, organicPollution: boolean): Formula => {
  if (v.length === 0) return 4;
  return organicPollution ? 5 : 3;
};

/** Formulas 3, 4 (no group V; its second WQI_III is a misprint for II) and 5 (organic pollution) of QĐ 1460, before rounding. */
const aggregate = (groups: WqiGroups, formula: Formula): number => {
  const factor =
    (geometricMean(exactOf(groups.i)) / 100) *
    (geometricMean(exactOf(groups.ii)) / 100) *
    (geometricMean(exactOf(groups.iii)) / 100);
  const organic = mean(exactOf(groups.iv));
  if (formula === 4) return factor * organic;
  const microbial = mean(exactOf(groups.v));
  return formula === 5 ? factor * Math.cbrt(organic ** 2 * microbial) : factor * Math.sqrt(organic * microbial);
};

const formulaNotes: Readonly<Record<Formula, ComputedIndex['notes'][number]>> = {
  3: { en: 'Formula 3: groups IV and V weigh the same', vi: 'Công thức 3: nhóm IV và V có trọng số như nhau' },
  4: { en: 'Formula 4: without group V (coliforms)', vi: 'Công thức 4: không có nhóm V (vi sinh)' },
  5: {
    en: 'Formula 5: organic pollution, group IV weighs double',
    vi: 'Công thức 5: ô nhiễm hữu cơ, nhóm IV có trọng số 2',
  },
};

const comparable: ComputedIndex['notes'][number] = {
  en: 'Comparable only with values made of the same quantities (1460/QĐ-TCMT, 3)',
  vi: 'Chỉ so sánh được với giá trị tính từ cùng các thông số (1460/QĐ-TCMT, mục 3)',
};

const indication: ComputedIndex['notes'][number] = {
  en: 'An indication from sensors, made of fewer quantities than the decision demands: it is not VN_WQI',
  vi: 'Giá trị tham khảo từ cảm biến, ít thông số hơn quy định: không phải VN_WQI',
};

type Described = Pick<ComputedIndex, 'index' | 'methodVersion'>;

const partsIn = ({ i, ii, iii, iv, v }: WqiGroups) => [...i, ...ii, ...iii, ...iv, ...v];

const computed = (
  described: Described,
  groups: WqiGroups,
  { organicPollution = false, notes }: { organicPollution?: boolean | undefined; notes: ComputedIndex['notes'] },
): IndexResult => {
  const parts = partsIn(groups);
  const worst = parts.reduce<SubIndex | undefined>(
    (least, { sub }) => (least === undefined || sub.exact < least.exact ? sub : least),
    undefined,
  );
  if (worst === undefined) return notComputable(described, 'no-data');
  const formula = formulaOf(groups, organicPollution);
  const value = roundHalfUp(aggregate(groups, formula));
  const present = new Set(parts.map(({ sub }) => sub.quantity));
  return {
    status: 'computed',
    ...described,
    value,
    category: categoryOf(vnWqiCategories, value),
    dominant: worst.quantity,
    subIndices: parts.map(({ sub }) => sub),
    inputs: parts.map(({ input }) => input),
    completeness: Math.min(...parts.map(({ input }) => input.completeness)),
    missing: wqiQuantities.filter((quantity) => !present.has(quantity)),
    notes: [formulaNotes[formula], ...notes],
  };
};

/** What keeps the values from being a VN_WQI (QĐ 1460, 2.1 and 1.1); `undefined` when nothing does. */
const obstacle = (groups: WqiGroups, concerns: WqiInput['concerns']): NotComputableReason | undefined => {
  const filled = Object.values(groups).filter((parts) => parts.length > 0).length;
  if (filled === 0) return 'no-data';
  if (groups.iv.length < MIN_IN_GROUP_IV) return 'too-few-in-group-4';
  if (filled < MIN_GROUPS) return 'too-few-groups';
  if (concerns?.pesticides === true && groups.ii.length === 0) return 'no-pesticides';
  if (concerns?.heavyMetals === true && groups.iii.length === 0) return 'no-metals';
  return partsIn(groups).some(({ origin }) => origin === 'laboratory') ? undefined : 'sensors-only';
};

/**
 * VN_WQI of a water (QĐ 1460/QĐ-TCMT): at least three of the five groups, group IV with three values among them, and laboratory results
 * among the values. Sensor values may stand beside them; the notes name them.
 */
export const vnWqi = ({ station, values, concerns }: WqiInput): IndexResult => {
  const described = { index: 'VN_WQI', methodVersion: vnWqiMethod } as const;
  if (!mayPublishIndex(station)) return notComputable(described, 'reference-station');
  const groups = subIndicesOf(values);
  const reason = obstacle(groups, concerns);
  if (reason !== undefined) return notComputable(described, reason);
  const fromSensors = partsIn(groups).filter(({ origin }) => origin === 'sensor');
  const names = fromSensors.map(({ sub }) => sub.quantity).join(', ');
  const mixed = names === '' ? [] : [{ en: `From sensors: ${names}`, vi: `Từ cảm biến: ${names}` }];
  return computed(described, groups, { ...concerns, notes: [comparable, ...mixed] });
};

/**
 * What the sensors of an automatic station say by the decision's formulas, though they are too few for it: never called VN_WQI. Values of
 * a laboratory are left aside. Needs two values of group IV, as the circular's mandatory DO (with temperature) and COD are.
 */
export const indicativeWqi = ({ station, values, concerns }: WqiInput): IndexResult => {
  const described = { index: 'WQI_INDICATIVE', methodVersion: indicativeWqiMethod } as const;
  if (!mayPublishIndex(station)) return notComputable(described, 'reference-station');
  const ofSensors: WaterValues = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value.origin === 'sensor'),
  );
  const groups = subIndicesOf(ofSensors);
  if (partsIn(groups).length === 0) return notComputable(described, 'no-data');
  if (groups.iv.length < MIN_FOR_INDICATION) return notComputable(described, 'too-few-for-indication');
  const organicPollution = concerns?.organicPollution;
  return computed(described, groups, { organicPollution, notes: [indication, comparable] });
};
