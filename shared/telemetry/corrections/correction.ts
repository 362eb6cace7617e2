import type { Observation } from '../observation.ts';
import type { Quantity } from '../quantity.ts';

/** What else was measured beside the value, in canonical units. */
export type Conditions = Readonly<Partial<Record<Quantity, number>>>;

/** Why a value is not corrected; it then stays what it is, raw, and says so. */
export type NotCorrected = { readonly ok: false; readonly reason: string };

/**
 * A named way to make a raw value truer. What a name and version do never changes: a better formula is a new version, so that whoever meets
 * a corrected value years later can work out the raw one's way to it.
 */
export type Correction = {
  readonly name: string;
  readonly version: number;
  readonly quantity: Quantity;
  /** Paper or manual, for the officer who is asked. */
  readonly source: string;
  /** The conditions it needs. */
  readonly needs: readonly Quantity[];
  /** The corrected value in the canonical unit, or in words why the formula does not hold here. */
  readonly apply: (raw: number, conditions: Conditions) => number | NotCorrected;
};

/** A raw observation: as the device said it. Cannot be a corrected one, neither for the compiler nor at run time. */
export type RawObservation = Observation & { readonly correction?: undefined };

/** A corrected observation carries the raw value and the correction, wherever it goes. */
export type CorrectedObservation = Observation & {
  readonly value: number;
  readonly rawValue: number;
  /** `name@version`. */
  readonly correction: string;
};

export type CorrectionOutcome = { readonly ok: true; readonly value: CorrectedObservation } | NotCorrected;

export const notCorrected = (reason: string): NotCorrected => ({ ok: false, reason });

export const correctionId = ({ name, version }: Pick<Correction, 'name' | 'version'>): string => `${name}@${version}`;

/** A value of the conditions, once `correct` has seen that it is there. */
export const condition = (conditions: Conditions, quantity: Quantity): number => conditions[quantity] ?? Number.NaN;

/**
 * Corrects a raw observation by what was measured beside it. Not corrected, with the reason, when it is of another quantity, missing,
 * corrected already, when a condition is missing or impossible, or when the formula does not hold for it: nothing is guessed and the
 * raw value is never passed off as corrected.
 */
export const correct = (
  correction: Correction,
  observation: RawObservation,
  conditions: Conditions,
): CorrectionOutcome => {
  const { quantity, value } = observation;
  if (observation.correction !== undefined) return notCorrected('corrected already');
  if (quantity !== correction.quantity) return notCorrected(`${correctionId(correction)} does not correct ${quantity}`);
  if (value === null || !Number.isFinite(value)) return notCorrected('there is no value to correct');
  const lacking = correction.needs.find((need) => !Number.isFinite(conditions[need]));
  if (lacking !== undefined) return notCorrected(`${lacking} was not measured beside it`);
  const corrected = correction.apply(value, conditions);
  if (typeof corrected !== 'number') return corrected;
  if (!Number.isFinite(corrected)) return notCorrected('the formula gives no finite value');
  return {
    ok: true,
    value: { ...observation, value: corrected, rawValue: value, correction: correctionId(correction) },
  };
};
