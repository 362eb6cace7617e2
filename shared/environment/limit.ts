import type { Quantity } from '../telemetry/quantity.ts';

/** What a limit is compared with: one value as it was measured, or a mean over a period. */
export const averagingPeriods = ['single', '1h', '8h', '24h', 'month', 'year'] as const;
export type AveragingPeriod = (typeof averagingPeriods)[number];

/** What a value is: a duty, a recommendation, or a threshold above which the public is told. */
const limitRoles = ['limit', 'guideline', 'interim-target', 'target', 'information', 'alert'] as const;
export type LimitRole = (typeof limitRoles)[number];

/** How often a limit may be broken before the standard counts as not kept; without one, never. */
export type Allowance =
  | { readonly timesPerYear: number; readonly meanOverYears?: number }
  /** The percentile of a year's means that must keep the value (WHO: the 99th, three to four days a year). */
  | { readonly percentile: number };

/** A value as the standard prints it, where its unit or its conditions are not the canonical ones. */
export type PrintedValue = {
  readonly value: number;
  readonly unit: string;
  /** The cubic metre that it is printed for. */
  readonly conditions?: { readonly celsius: number; readonly kilopascal: number };
};

/** The greatest or least value that a standard allows. It is broken by what lies beyond it, not by what is equal. */
export type Limit = {
  /** Letters, digits and `-`: part of the ids of exceedances. */
  readonly limitId: string;
  /** The standard as a city names it, e.g. `qcvn05-2023`. */
  readonly standardId: string;
  /** Standard and table. */
  readonly standard: string;
  /** What put the standard in force. */
  readonly decision: string;
  readonly quantity: Quantity;
  readonly averagingPeriod: AveragingPeriod;
  readonly bound: 'max' | 'min';
  /** In the quantity's canonical unit. */
  readonly value: number;
  /** First and last calendar day in the city (`YYYY-MM-DD`) on which it holds; without `to`, until further notice. */
  readonly inForce: { readonly from: string; readonly to?: string };
  /** False where nobody has read a source of the value; such a limit is never applied silently. */
  readonly verified: boolean;
  /** The class of water, or the kind of value, within the standard, e.g. `B`; absent where it holds for all. */
  readonly class?: string;
  /** `limit` when absent. */
  readonly role?: LimitRole;
  readonly allowance?: Allowance;
  readonly printed?: PrintedValue;
  /** What was read to know the value. */
  readonly source?: string;
};

/** Whether a value breaks a limit. */
export const breaks = (value: number, { bound, value: limit }: Pick<Limit, 'bound' | 'value'>): boolean =>
  bound === 'max' ? value > limit : value < limit;

/** The limits of a quantity that hold on a city-local day, `YYYY-MM-DD`. */
export const limitsInForce = (
  limits: readonly Limit[],
  { quantity, averagingPeriod, date }: Pick<Limit, 'quantity' | 'averagingPeriod'> & { readonly date: string },
): readonly Limit[] =>
  limits.filter(
    (limit) =>
      limit.quantity === quantity &&
      limit.averagingPeriod === averagingPeriod &&
      limit.inForce.from <= date &&
      (limit.inForce.to === undefined || date <= limit.inForce.to),
  );
