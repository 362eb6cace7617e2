import { isDerived } from '../../telemetry/derived-quantities.ts';
import { type Quantity, type QuantityDefinition, quantities } from '../../telemetry/quantity.ts';

/** What may be worked out of many values of a quantity. */
export type Statistics = {
  readonly mean: boolean;
  readonly range: boolean;
  /** Of a switch (0 or 1): how many readings said 1. */
  readonly sum: boolean;
};

/**
 * Units of amounts that add up, so that their mean means something. A unit is named here or not averaged: pH is a logarithm, counts of
 * coliforms are judged by geometric means, a direction goes round, a switch is on or off.
 */
const averageable: ReadonlySet<string> = new Set([
  ...['µg/m³', 'mg/m³', 'ng/m³', 'ppm', 'ppb', 'mg/L', 'µg/L', 'NTU', '‰', 'µS/cm'],
  ...['mm', 'm', '°C', '%', 'hPa', 'V', 'mV', 'lx'],
]);

const isSwitch = ({ unit, failSpan: [least, most] }: QuantityDefinition): boolean =>
  unit === '1' && least === 0 && most === 1;

/** `undefined` for a mean or an index: it is one already, and kept as a series of its own. */
export const statisticsOf = (quantity: Quantity): Statistics | undefined => {
  if (isDerived(quantity)) return undefined;
  const definition = quantities[quantity];
  const sum = isSwitch(definition);
  return { mean: averageable.has(definition.unit), range: true, sum };
};
