import type { Bin, WasteStream } from '../../city/entities.ts';
import type { SensorState } from '../../telemetry/sensor-state.ts';
import { fillStateOf } from '../../waste/fill-state.ts';
import { entityIdOf, type NgsiEntity, type NgsiProperty } from './entity.ts';
import { lastHeard, measured, newestOf, place, property } from './observed.ts';

export type Publishing = {
  readonly cityId: string;
  /** Who answers for the data. */
  readonly dataProvider: string;
  /** UTC epoch milliseconds. */
  readonly at: number;
};

/** The model's kinds are materials: what is recyclable is several of them, and has no one word. */
const kindOf: Readonly<Partial<Record<WasteStream, string>>> = { food: 'organic', other: 'other' };

/** A lid that is open and a fire are told by sensors; without either nobody knows. */
const statusOf = (states: readonly SensorState[]): NgsiProperty => {
  const fire = newestOf(states, 'fireAlarm');
  const tilt = newestOf(states, 'tilt');
  if (fire?.value === 1) return { ...measured(fire, {}), value: 'burning' };
  if (tilt?.value === 1) return { ...measured(tilt, {}), value: 'lidOpen' };
  const calm = fire ?? tilt;
  return calm === undefined ? property('unknown') : { ...measured(calm, {}), value: 'ok' };
};

/** Three decimals: a millimetre of a metre. */
const level = (fraction: number): number => Math.round(fraction * 1_000) / 1_000;

const fillOf = (bin: Bin, states: readonly SensorState[], at: number): Readonly<Record<string, NgsiProperty>> => {
  const fill = fillStateOf(bin, states, at);
  if (fill.status === 'no-data') return { noDataReason: property(fill.reason) };
  const { fraction, measuredAt, flag } = fill;
  return { fillingLevel: property(level(fraction), { unitCode: 'C62', observedAt: measuredAt, qualityFlag: flag }) };
};

/**
 * A bin as a WasteContainer of the Smart Data Models. `fillingLevel` is 0..1 and is not there where nobody knows it: `noDataReason`
 * says why, as after a day of silence.
 */
export const wasteContainer = (bin: Bin, states: readonly SensorState[], publishing: Publishing): NgsiEntity => {
  const temperature = newestOf(states, 'binTemperature');
  const kind = kindOf[bin.stream];
  return {
    id: entityIdOf('WasteContainer', publishing.cityId, bin.id),
    type: 'WasteContainer',
    ...lastHeard(states),
    attributes: {
      name: property(bin.name),
      location: place(bin.position),
      ...(bin.positionApproximate && { positionApproximate: property(true) }),
      ...(bin.ward !== undefined && { areaServed: property(bin.ward) }),
      binId: property(bin.id),
      binCapacity: property(bin.container.capacityLitres, { unitCode: 'LTR' }),
      binFullnessThreshold: property(level(bin.serviceLevel * 100), { unitCode: 'P1' }),
      category: property(['underground']),
      wasteStream: property(bin.stream),
      ...(kind !== undefined && { storedWasteKind: property(kind) }),
      status: statusOf(states),
      ...fillOf(bin, states, publishing.at),
      ...(temperature !== undefined && { temperature: measured(temperature, { unitCode: 'CEL' }) }),
      dataProvider: property(publishing.dataProvider),
    },
  };
};
