import { MIN_COMPLETENESS } from '../averaging.ts';
import {
  type ComputedIndex,
  type IndexCategory,
  type IndexInput,
  type IndexName,
  type IndexResult,
  type MeanInput,
  notComputable,
  type Slots,
  type SubIndex,
} from './index-result.ts';
import { nowcast } from './nowcast.ts';

/** The pollutants of VN_AQI and US AQI. Of two with the same sub-index the first here is called dominant. */
export const airPollutants = ['pm25', 'pm10', 'o3', 'no2', 'so2', 'co'] as const;
export type AirPollutant = (typeof airPollutants)[number];

/** What an AQI needs of a value: how much, over what, resting on how much. */
export type Taken = Pick<IndexInput, 'period' | 'value' | 'completeness'>;

/** A valid mean as an input; a value below zero, an instrument's noise about clean air, counts as 0. */
export const taken = (mean: MeanInput | undefined, period: Taken['period']): Taken | undefined =>
  mean?.isValid === true && Number.isFinite(mean.value)
    ? { period, value: Math.max(0, mean.value), completeness: mean.completeness }
    : undefined;

/**
 * The greatest valid mean of a day's slots, when three quarters of the slots are valid: of fewer, a greater one may well be missing.
 * That is our policy (`MIN_COMPLETENESS`); neither decision has one.
 */
export const greatest = (slots: Slots | undefined, period: Taken['period']): Taken | undefined => {
  const valid = (slots ?? []).flatMap((slot) => taken(slot, period) ?? []);
  if (slots === undefined || valid.length === 0 || valid.length < MIN_COMPLETENESS * slots.length) return undefined;
  return {
    period,
    value: Math.max(...valid.map(({ value }) => value)),
    completeness: valid.length / slots.length,
  };
};

/** A NowCast as an input. */
export const takenNowcast = (newestFirst: Slots | undefined): Taken | undefined => {
  const cast = nowcast(newestFirst ?? []);
  return cast && { period: 'nowcast', value: Math.max(0, cast.value), completeness: cast.completeness };
};

/** One pollutant's part in an AQI. */
export type AqiPart = { readonly input: IndexInput; readonly sub: SubIndex };

/** Of the parts that one pollutant may have, the one with the greatest sub-index; the first of equals. */
export const worst = (parts: readonly AqiPart[]): readonly AqiPart[] =>
  [...parts].sort((a, b) => b.sub.exact - a.sub.exact).slice(0, 1);

type Described = {
  readonly index: IndexName;
  readonly methodVersion: string;
  readonly categories: readonly IndexCategory[];
  readonly notes: ComputedIndex['notes'];
};

/** The category of a whole index value. The last one has no upper end. */
export const categoryOf = (categories: readonly IndexCategory[], value: number): IndexCategory => {
  const category = categories.find(({ max }) => value <= max) ?? categories.at(-1);
  if (category === undefined) throw new Error('An index without categories');
  return category;
};

const rank = ({ quantity }: SubIndex): number => (airPollutants as readonly string[]).indexOf(quantity);

/** The index of the parts: the greatest sub-index, and all that it rests on. No part, no index. */
export const aqiOf = ({ categories, ...described }: Described, parts: readonly AqiPart[]): IndexResult => {
  const [worst] = parts.map(({ sub }) => sub).sort((a, b) => b.exact - a.exact || rank(a) - rank(b));
  if (worst === undefined) return notComputable(described, 'no-data');
  const present = new Set<string>(parts.map(({ sub }) => sub.quantity));
  return {
    status: 'computed',
    ...described,
    value: worst.value,
    category: categoryOf(categories, worst.value),
    dominant: worst.quantity,
    subIndices: parts.map(({ sub }) => sub),
    inputs: parts.map(({ input }) => input),
    completeness: Math.min(...parts.map(({ input }) => input.completeness)),
    missing: airPollutants.filter((pollutant) => !present.has(pollutant)),
  };
};
