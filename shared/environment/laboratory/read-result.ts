import { grossRange } from '../../telemetry/quality.ts';
import { type Quantity, quantities } from '../../telemetry/quantity.ts';
import { toCanonical } from '../../telemetry/units.ts';
import type { LaboratoryResult } from './sample.ts';

/** A result as a report has it: a number, `<0.01`, or `KPH` (không phát hiện, not detected) beside its detection limit. */
export type ReportedResult = {
  readonly quantity: Quantity;
  readonly value: number | string;
  /** The canonical one when absent. */
  readonly unit?: string | undefined;
  /** In the same unit. */
  readonly detectionLimit?: number | undefined;
  readonly method?: string | undefined;
};

/** What is wrong, and with which part of the result. */
export type ResultFault = { readonly field: 'value' | 'unit' | 'detectionLimit'; readonly message: string };

type Outcome =
  | { readonly ok: true; readonly result: LaboratoryResult }
  | { readonly ok: false; readonly fault: ResultFault };

const refuse = (field: ResultFault['field'], message: string): Outcome => ({ ok: false, fault: { field, message } });

const notDetected = /^(?:kph|nd|n\.d\.|not detected|không phát hiện)$/i;
const reportedNumber = /^(<?)\s*(\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/i;

/** Of these "less than" says nothing, or makes the water look better than anybody knows it to be. */
const withoutDetectionLimit: ReadonlySet<Quantity> = new Set(['ph', 'waterTemperature', 'dissolvedOxygen', 'salinity']);

type Read = { readonly qualifier: LaboratoryResult['qualifier']; readonly number: number };

const readValue = ({ value, detectionLimit }: ReportedResult): Read | ResultFault => {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? { qualifier: '=', number: value } : { field: 'value', message: 'is no number' };
  }
  const text = value.trim();
  if (notDetected.test(text)) {
    if (detectionLimit !== undefined) return { qualifier: '<', number: detectionLimit };
    return {
      field: 'detectionLimit',
      message: `is needed beside "${text}": not detected is less than something, not zero`,
    };
  }
  const [, less, number] = reportedNumber.exec(text) ?? [];
  if (number === undefined) return { field: 'value', message: `"${text}" is no number and no "<" with a number` };
  return { qualifier: less === '<' ? '<' : '=', number: Number(number) };
};

type Measured = { readonly isBelow: boolean; readonly value: number; readonly detectionLimit: number | undefined };

/** The number and its detection limit in canonical units; a number below its own limit is not quantified. */
const measure = (reported: ReportedResult, { qualifier, number }: Read): Measured | ResultFault => {
  const { quantity, unit } = reported;
  const canonical = (value: number): number | undefined => toCanonical(quantity, value, unit);
  const given = canonical(number);
  if (given === undefined) {
    return { field: 'unit', message: `"${unit}" is no unit of ${quantity} (${quantities[quantity].unit})` };
  }
  const limit = reported.detectionLimit === undefined ? undefined : canonical(reported.detectionLimit);
  if (limit !== undefined && limit <= 0) return { field: 'detectionLimit', message: 'must be greater than zero' };
  if (qualifier === '<') return { isBelow: true, value: given, detectionLimit: limit ?? given };
  if (limit !== undefined && given < limit) return { isBelow: true, value: limit, detectionLimit: limit };
  return { isBelow: false, value: given, detectionLimit: limit };
};

const faultOf = (quantity: Quantity, { isBelow, value }: Measured): string | undefined => {
  const { unit, failSpan } = quantities[quantity];
  if (isBelow && withoutDetectionLimit.has(quantity)) {
    return `"less than" is no result for ${quantity}: enter what was measured`;
  }
  if (isBelow && value <= 0) return '"less than zero" cannot be: what is the detection limit?';
  if (grossRange(quantity, value) !== 4) return undefined;
  return `${value} ${unit} lies outside ${failSpan.join(' to ')} ${unit}: is the unit right?`;
};

/**
 * A result in canonical units, or what keeps it from being one. A number below its own detection limit becomes `<` that limit.
 */
export const readResult = (reported: ReportedResult): Outcome => {
  const { quantity, unit, method } = reported;
  const read = readValue(reported);
  if ('field' in read) return refuse(read.field, read.message);
  const measured = measure(reported, read);
  if ('field' in measured) return refuse(measured.field, measured.message);
  const fault = faultOf(quantity, measured);
  if (fault !== undefined) return refuse('value', fault);
  const { isBelow, value, detectionLimit } = measured;
  return {
    ok: true,
    result: {
      quantity,
      qualifier: isBelow ? '<' : '=',
      value,
      ...(detectionLimit !== undefined && { detectionLimit }),
      reported: `${reported.value} ${unit ?? quantities[quantity].unit}`.slice(0, 100),
      ...(method !== undefined && { method }),
    },
  };
};
