import type { Model, VehicleType } from './model.ts';

/**
 * Where in a long order of stops emptying is worth a thought. Emptying later in the trip at no dearer detour leaves more room
 * behind it, so that a place counts only when the next no dearer one is out of reach with what is on board. Exact as far as
 * money and room go; a site that closes early can make the earlier place the better one, which is why short routes try them all.
 */
export type DisposalPlaces = {
  readonly detour: Float64Array;
  /** By position: the site of that detour, the only one that a long route tries. */
  readonly site: Int32Array;
  /** By position: the next one that is no dearer; the last of its stream's run points to itself, emptying there is forced. */
  readonly noDearer: Int32Array;
  readonly litresBefore: Float64Array;
  readonly kgBefore: Float64Array;
  active: boolean;
};

const TRY_ALL_UP_TO = 8;

export const createDisposalPlaces = (model: Model): DisposalPlaces => ({
  detour: new Float64Array(model.stopCount + 1),
  site: new Int32Array(model.stopCount + 1),
  noDearer: new Int32Array(model.stopCount + 1),
  litresBefore: new Float64Array(model.stopCount + 1),
  kgBefore: new Float64Array(model.stopCount + 1),
  active: false,
});

/** Writes the site with the least detour behind a position, and that detour. */
const findCheapestSite = (
  model: Model,
  { arcCost }: VehicleType,
  places: DisposalPlaces,
  at: number,
  from: number,
  to: number,
): void => {
  const { nodeCount } = model;
  const direct = arcCost[from * nodeCount + to] as number;
  places.detour[at] = Number.POSITIVE_INFINITY;
  places.site[at] = -1;
  for (let index = 0; index < model.disposals.length; index += 1) {
    const site = model.disposals[index];
    if (site === undefined || site.accepts[model.stream[from] as number] === 0) continue;
    const there = arcCost[from * nodeCount + site.node] as number;
    const detour = there + (arcCost[site.node * nodeCount + to] as number) + site.costPerVisit - direct;
    if (detour >= (places.detour[at] as number)) continue;
    places.detour[at] = detour;
    places.site[at] = index;
  }
};

const isForced = (model: Model, sequence: Int32Array, at: number, length: number): boolean =>
  at === length - 1 || model.stream[sequence[at] as number] !== model.stream[sequence[at + 1] as number];

/** Looks at an order of stops before it is evaluated. */
export const findDisposalPlaces = (
  model: Model,
  type: VehicleType,
  sequence: Int32Array,
  length: number,
  places: DisposalPlaces,
): void => {
  places.active = model.disposals.length > 0 && length > TRY_ALL_UP_TO;
  if (!places.active) return;
  const { detour, noDearer, litresBefore, kgBefore } = places;
  let litres = 0;
  let kg = 0;
  for (let at = 0; at < length; at += 1) {
    litresBefore[at] = litres;
    kgBefore[at] = kg;
    litres += model.litres[sequence[at] as number] as number;
    kg += model.kg[sequence[at] as number] as number;
  }
  litresBefore[length] = litres;
  kgBefore[length] = kg;
  for (let at = length - 1; at >= 0; at -= 1) {
    const following = at === length - 1 ? type.endNode : (sequence[at + 1] as number);
    findCheapestSite(model, type, places, at, sequence[at] as number, following);
    if (isForced(model, sequence, at, length)) {
      detour[at] = 0;
      noDearer[at] = at;
      continue;
    }
    let later = at + 1;
    while (noDearer[later] !== later && (detour[later] as number) > (detour[at] as number)) {
      later = noDearer[later] as number;
    }
    noDearer[at] = later;
  }
};

/** Whether a vehicle with this on board after the stop at a position should think of emptying there. */
export const isDisposalPlace = (
  places: DisposalPlaces,
  type: VehicleType,
  at: number,
  litres: number,
  kg: number,
): boolean => {
  if (!places.active) return true;
  const later = places.noDearer[at] as number;
  if (later === at) return true;
  const { litresBefore, kgBefore } = places;
  // On board once the stop at `later` is taken too.
  const litresThen = litres + (litresBefore[later + 1] as number) - (litresBefore[at + 1] as number);
  const kgThen = kg + (kgBefore[later + 1] as number) - (kgBefore[at + 1] as number);
  return litresThen > type.litres || kgThen > type.kg;
};
