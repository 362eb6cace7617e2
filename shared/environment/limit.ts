import type { Quantity } from '../telemetry/quantity.ts';

export type AveragingPeriod = '1h' | '24h';

/** The greatest mean that a standard allows over an averaging period. A mean breaks it when it is greater, not when it is equal. */
export type Limit = {
  /** Letters, digits and `-`: part of the ids of exceedances. */
  readonly limitId: string;
  /** Standard and table. */
  readonly standard: string;
  /** What put the standard in force. */
  readonly decision: string;
  readonly quantity: Quantity;
  readonly averagingPeriod: AveragingPeriod;
  /** In the quantity's canonical unit. */
  readonly value: number;
  /** First and last calendar day in the city (`YYYY-MM-DD`) on which it holds; without `to`, until further notice. */
  readonly inForce: { readonly from: string; readonly to?: string };
};

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
