import type { Quantity } from '../quantity.ts';
import type { Quality, Reading } from '../reading.ts';
import { findCorrection } from './catalogue.ts';
import { type Conditions, type Correction, correct } from './correction.ts';

/** Where a corrected value goes; the raw one stays what and where it is. */
const correctedQuantityOf: Readonly<Partial<Record<Quantity, Quantity>>> = {
  fillDistance: 'fillDistanceCorrected',
  pm25: 'pm25Corrected',
};

/** Whether a corrected value of this correction has a quantity to go to. */
export const isConfigurable = (id: string): boolean => {
  const correction = findCorrection(id);
  return correction !== undefined && correctedQuantityOf[correction.quantity] !== undefined;
};

/** The quantities that these corrections (`name@version`) make. */
export const quantitiesMadeBy = (ids: readonly string[] | undefined): readonly Quantity[] =>
  (ids ?? []).flatMap((id) => {
    const raw = findCorrection(id)?.quantity;
    return (raw && correctedQuantityOf[raw]) ?? [];
  });

/** Between a test's name and the correction of the value it judged: `gross-range+ultrasonic-temperature@1`. */
const SEPARATOR = '+';

/** What else one message says of an instant. */
const conditionsAt = (readings: readonly Reading[], at: number): Conditions =>
  Object.fromEntries(
    readings.flatMap(({ quantity, value, measuredAt }) =>
      measuredAt === at && value !== null ? [[quantity, value]] : [],
    ),
  );

const correctedOf = (correction: Correction, raw: Reading, readings: readonly Reading[]): Reading | undefined => {
  const quantity = correctedQuantityOf[correction.quantity];
  if (quantity === undefined || raw.quantity !== correction.quantity) return undefined;
  const outcome = correct(correction, raw, conditionsAt(readings, raw.measuredAt));
  if (outcome.ok) return { ...raw, quantity, value: outcome.value.value };
  const test = raw.value === null ? raw.quality.test : 'not-corrected';
  return { ...raw, quantity, value: null, quality: { flag: 9, test } };
};

/**
 * The readings of one message and, for a sensor whose registry entry names corrections (`name@version`), the corrected values beside them:
 * quantities of their own at the same instants, missing with the reason `not-corrected` where the formula lacks a condition or does not
 * hold. Conditions are of the same message and instant.
 */
export const withCorrections = (
  ids: readonly string[] | undefined,
  readings: readonly Reading[],
): readonly Reading[] => {
  if (ids === undefined || ids.length === 0) return readings;
  const corrections = ids.flatMap((id) => findCorrection(id) ?? []);
  return [
    ...readings,
    ...corrections.flatMap((correction) => readings.flatMap((raw) => correctedOf(correction, raw, readings) ?? [])),
  ];
};

/** A quality of a corrected value names the correction as well, so that a stored value tells by which version it was made. */
export const namingCorrection = (ids: readonly string[] | undefined, quantity: Quantity, quality: Quality): Quality => {
  const made = ids?.find((id) => {
    const correction = findCorrection(id);
    return correction !== undefined && correctedQuantityOf[correction.quantity] === quantity;
  });
  return made === undefined ? quality : { flag: quality.flag, test: `${quality.test}${SEPARATOR}${made}` };
};

/** A quality's test without the correction that `namingCorrection` adds. */
export const plainTest = ({ test }: Quality): string => test.split(SEPARATOR)[0] ?? test;

/** Ids of corrections of which a sensor may have one for each raw quantity. */
export const hasOneEach = (ids: readonly string[]): boolean => {
  const quantities = ids.flatMap((id) => findCorrection(id)?.quantity ?? []);
  return new Set(quantities).size === quantities.length;
};
