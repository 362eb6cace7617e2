import type { Model } from '../model/model.ts';
import type { VehicleType } from '../model/vehicle-type.ts';
import type { Evaluation } from './evaluation.ts';

/** What choosing disposal visits along an order works with; positions count from 1, position 0 is the start. */
export type DisposalScratch = {
  /** Loads of the stops up to a position; position 0 is what is on board at the start. */
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  readonly units: Float64Array;
  /** Cost of going straight through the order up to a position. */
  readonly direct: Float64Array;
  /** Least cost with the vehicle emptied behind a position and standing at the next, less `direct` there. */
  readonly emptied: Float64Array;
  /** Position behind which the trip before began: −1 = at the start, with what was on board. */
  readonly tripFrom: Int32Array;
  readonly site: Int32Array;
  /** One queue of positions for each price of a kilogram, `size` long, from `head` to `tail`. */
  readonly queue: Int32Array;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly prices: readonly number[];
  readonly size: number;
};

export const createDisposalScratch = (model: Model): DisposalScratch => {
  const size = model.stopCount + 3;
  const prices = [...new Set(model.sites.map(({ costPerKg }) => costPerKg))];
  return {
    litres: new Float64Array(size),
    kg: new Float64Array(size),
    units: new Float64Array(size),
    direct: new Float64Array(size),
    emptied: new Float64Array(size),
    tripFrom: new Int32Array(size),
    site: new Int32Array(size),
    queue: new Int32Array(size * prices.length),
    head: new Int32Array(prices.length),
    tail: new Int32Array(prices.length),
    prices,
    size,
  };
};

/** Sums the loads up; answers the bits of all streams among them. */
export const sumLoads = (
  evaluation: Evaluation,
  scratch: DisposalScratch,
  type: VehicleType,
  length: number,
): number => {
  const { model, stops } = evaluation;
  let streams = type.dayBefore.streams;
  scratch.litres[0] = type.dayBefore.litres;
  scratch.kg[0] = type.dayBefore.kg;
  scratch.units[0] = type.dayBefore.units;
  for (let at = 1; at <= length; at += 1) {
    const stop = stops[at] as number;
    scratch.litres[at] = (scratch.litres[at - 1] as number) + (model.litres[stop] as number);
    scratch.kg[at] = (scratch.kg[at - 1] as number) + (model.kg[stop] as number);
    scratch.units[at] = (scratch.units[at - 1] as number) + (model.units[stop] as number);
    streams |= model.stream[stop] as number;
  }
  return streams;
};

/** Whether a trip that begins behind position `from` (−1 = at the start) can hold what is picked up until position `to`. */
export const hasRoom = (scratch: DisposalScratch, type: VehicleType, from: number, to: number): boolean => {
  const { litres, kg, units } = scratch;
  const isWhole = from < 0;
  // What is on board at the start is on board, too much or not.
  if (isWhole && to === 0) return true;
  return (
    (litres[to] as number) - (isWhole ? 0 : (litres[from] as number)) <= type.litres &&
    (kg[to] as number) - (isWhole ? 0 : (kg[from] as number)) <= type.kg &&
    (units[to] as number) - (isWhole ? 0 : (units[from] as number)) <= type.units
  );
};
