import type { Model } from '../model/model.ts';

/**
 * A solution under construction, in flat arrays. A route is a doubly linked ring: stops are their own nodes, route r's ends are
 * the one sentinel `stopCount + r`. Every change is written to a journal, so that a rejected step is undone in the time it took.
 */
export type State = {
  readonly next: Int32Array;
  readonly prev: Int32Array;
  /** Metres straight on from a node to the next. */
  readonly wayOn: Float64Array;
  /** Route of a stop; −1 while it is in none. */
  readonly routeOf: Int32Array;
  /** Disposal site where the vehicle empties after a stop, or right after its start (by sentinel); −1 = drives straight on. */
  readonly siteAfter: Int32Array;
  readonly typeOf: Int32Array;
  /** Places where the route starts and ends. */
  readonly startOf: Int32Array;
  readonly endOf: Int32Array;
  readonly size: Int32Array;
  readonly litres: Float64Array;
  readonly kg: Float64Array;
  readonly units: Float64Array;
  /** Sum of `wayOn`: without detours to disposal sites. */
  readonly metres: Float64Array;
  /** With the vehicle's fixed cost. */
  readonly routeCost: Float64Array;
  /** Open routes in `open[0 … openCount − 1]`; `openAt` is the inverse, −1 when closed. */
  readonly open: Int32Array;
  readonly openAt: Int32Array;
  openCount: number;
  /** No more routes than this may be open. */
  mostOpen: number;
  readonly spare: Int32Array;
  spareCount: number;
  readonly usedOfType: Int32Array;
  /** Stops that no route serves. */
  readonly absent: Int32Array;
  readonly absentAt: Int32Array;
  absentCount: number;
  /** Routes' costs and penalties of the absent. */
  cost: number;
  /** Routes changed since the last `commit`, and their figures before. */
  readonly touched: Int32Array;
  readonly isTouched: Uint8Array;
  readonly costBefore: Float64Array;
  readonly metresBefore: Float64Array;
  readonly sizeBefore: Int32Array;
  readonly litresBefore: Float64Array;
  readonly kgBefore: Float64Array;
  readonly unitsBefore: Float64Array;
  touchedCount: number;
  /** What was changed since then: four figures a change, and two ways. */
  journal: Int32Array;
  journalWays: Float64Array;
  journalLength: number;
  costAtCommit: number;
};

/** Whether a route's vehicle drives even if no stop is left for it. */
export const isPinned = (model: Model, state: State, route: number): boolean =>
  model.types[state.typeOf[route] as number]?.isPinned === true;

/** Whether no vehicle is left that could be sent out. */
export const areAllOut = (model: Model, state: State): boolean => state.openCount >= model.vehicleCount;

const JOURNAL_PER_STOP = 16;

export const allocateState = ({ stopCount, routeSlots, types }: Model): State => ({
  next: new Int32Array(stopCount + routeSlots),
  prev: new Int32Array(stopCount + routeSlots),
  wayOn: new Float64Array(stopCount + routeSlots),
  routeOf: new Int32Array(stopCount).fill(-1),
  siteAfter: new Int32Array(stopCount + routeSlots).fill(-1),
  typeOf: new Int32Array(routeSlots),
  startOf: new Int32Array(routeSlots),
  endOf: new Int32Array(routeSlots),
  size: new Int32Array(routeSlots),
  litres: new Float64Array(routeSlots),
  kg: new Float64Array(routeSlots),
  units: new Float64Array(routeSlots),
  metres: new Float64Array(routeSlots),
  routeCost: new Float64Array(routeSlots),
  open: new Int32Array(routeSlots),
  openAt: new Int32Array(routeSlots).fill(-1),
  openCount: 0,
  mostOpen: routeSlots,
  spare: Int32Array.from({ length: routeSlots }, (_, index) => routeSlots - 1 - index),
  spareCount: routeSlots,
  usedOfType: new Int32Array(types.length),
  absent: new Int32Array(stopCount),
  absentAt: new Int32Array(stopCount).fill(-1),
  absentCount: 0,
  cost: 0,
  touched: new Int32Array(routeSlots),
  isTouched: new Uint8Array(routeSlots),
  costBefore: new Float64Array(routeSlots),
  metresBefore: new Float64Array(routeSlots),
  sizeBefore: new Int32Array(routeSlots),
  litresBefore: new Float64Array(routeSlots),
  kgBefore: new Float64Array(routeSlots),
  unitsBefore: new Float64Array(routeSlots),
  touchedCount: 0,
  journal: new Int32Array(JOURNAL_PER_STOP * stopCount + 256),
  journalWays: new Float64Array((JOURNAL_PER_STOP * stopCount + 256) / 2),
  journalLength: 0,
  costAtCommit: 0,
});
