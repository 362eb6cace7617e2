import type {
  ComputedIndex,
  IndexResult,
  MeanInput,
  Slots,
} from '../../../../shared/environment/indices/index-result.ts';

/** A station that may publish an index, and one that may not. */
export const automatic = { referenceStation: false } as const;
export const reference = { referenceStation: true } as const;

export const mean = (value: number, more: Partial<MeanInput> = {}): MeanInput => ({
  value,
  completeness: 1,
  isValid: true,
  ...more,
});

/** Means as slots; `null` for an hour without one. */
export const slots = (...values: readonly (number | null)[]): Slots =>
  values.map((value) => (value === null ? undefined : mean(value)));

/** The same mean in every one of the last 12 hours: its NowCast is the mean itself. */
export const steady = (value: number): Slots => slots(...Array.from({ length: 12 }, () => value));

export const computed = (result: IndexResult): ComputedIndex => {
  if (result.status !== 'computed') throw new Error(`Not computable: ${result.reasonEn}`);
  return result;
};

/** The whole sub-index of a quantity; `undefined` when the result has none. */
export const subIndex = (result: IndexResult, quantity: string): number | undefined =>
  computed(result).subIndices.find((sub) => sub.quantity === quantity)?.value;
