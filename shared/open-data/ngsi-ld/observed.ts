import type { Quantity } from '../../telemetry/quantity.ts';
import type { Reading } from '../../telemetry/reading.ts';
import type { SensorState } from '../../telemetry/sensor-state.ts';
import type { NgsiAttribute, NgsiGeoProperty, NgsiProperty, NgsiValue } from './entity.ts';

/** How one of our quantities becomes an attribute of a Smart Data Model. */
export type Translation = {
  readonly attribute: string;
  /** UN/CEFACT Recommendation 20: GQ µg/m³, M1 mg/L, CEL °C, C62 one, P1 %, ... Absent where it has no code for the unit. */
  readonly unitCode?: string;
  /** What the value is multiplied by; 1 when absent. */
  readonly factor?: number;
};

export const property = (value: NgsiValue, more: Omit<NgsiProperty, 'type' | 'value'> = {}): NgsiProperty => ({
  type: 'Property',
  value,
  ...more,
});

export const place = ({
  latitude,
  longitude,
}: {
  readonly latitude: number;
  readonly longitude: number;
}): NgsiGeoProperty => ({ type: 'GeoProperty', value: { type: 'Point', coordinates: [longitude, latitude] } });

/** Six significant digits: what multiplying adds behind them is no measurement. */
const scaled = (value: number, factor: number): number =>
  factor === 1 ? value : Number((value * factor).toPrecision(6));

/** A value that there is and that did not fail its tests. */
const isBelieved = ({ value, quality }: Reading): boolean => value !== null && quality.flag !== 4 && quality.flag !== 9;

/** The newest believed reading of a quantity among the sensors of one place. */
export const newestOf = (states: readonly SensorState[], quantity: Quantity): Reading | undefined =>
  states.reduce<Reading | undefined>((newest, { latest }) => {
    const reading = latest[quantity];
    if (reading === undefined || !isBelieved(reading)) return newest;
    return newest === undefined || reading.measuredAt > newest.measuredAt ? reading : newest;
  }, undefined);

export const measured = (
  { value, measuredAt, receivedAt, quality }: Reading,
  { unitCode, factor = 1 }: Omit<Translation, 'attribute'>,
): NgsiProperty =>
  property(scaled(value ?? Number.NaN, factor), {
    ...(unitCode !== undefined && { unitCode }),
    observedAt: measuredAt,
    modifiedAt: receivedAt,
    qualityFlag: quality.flag,
  });

/** All that is measured at a place, as attributes; one of no believed value is left out, and never zero. */
export const observations = (
  states: readonly SensorState[],
  translations: Readonly<Partial<Record<Quantity, Translation>>>,
): Readonly<Record<string, NgsiProperty>> => {
  const found: [string, NgsiProperty][] = [];
  for (const [quantity, translation] of Object.entries(translations) as [Quantity, Translation][]) {
    const reading = newestOf(states, quantity);
    if (reading !== undefined) found.push([translation.attribute, measured(reading, translation)]);
  }
  return Object.fromEntries(found);
};

/** The newest instant that any of these attributes was measured at; `undefined` when none was. */
export const newestInstant = (attributes: readonly NgsiAttribute[]): number | undefined => {
  const instants = attributes.flatMap((each) => (each.type === 'Property' ? (each.observedAt ?? []) : []));
  return instants.length === 0 ? undefined : Math.max(...instants);
};

/** When anything was last heard from these sensors. */
export const lastHeard = (states: readonly SensorState[]): { readonly modifiedAt?: number } =>
  states.length === 0 ? {} : { modifiedAt: Math.max(...states.map(({ lastReceivedAt }) => lastReceivedAt)) };
