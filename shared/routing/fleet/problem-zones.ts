import type { Bin, Zone } from '../../city/entities.ts';
import type { CollectionProblem } from '../problem.ts';
import { metresInside } from './area.ts';
import { closedHours } from './bans.ts';
import type { ReadyTruck } from './ready-trucks.ts';
import type { ServiceDay } from './service-day.ts';
import { outside, type Span } from './spans.ts';

/** What zones with bans become for the optimizer. */
export type ProblemZones = {
  readonly zones: NonNullable<CollectionProblem['zones']>;
  /** By bin id; absent where no ban holds any truck. */
  readonly zoneOfBin: ReadonlyMap<string, string>;
  /** Zones that a truck may enter at some time of its shift, by vehicle id; absent = all. */
  readonly zonesOfTruck: ReadonlyMap<string, readonly string[]>;
};

/** A zone round a bin: by the place of a truck in the list, when it may not be there. */
type Around = { readonly zone: Zone; readonly metres: number; readonly closed: readonly (readonly Span[])[] };

const MINUTE = 60;

/** How long a truck takes from a bin to the nearest edge of the zone, in whole minutes, at the city's speed. */
const secondsOut = (metres: number, { city }: ServiceDay): number =>
  Math.ceil((metres * city.travel.detourFactor) / (city.travel.speedKmh / 3.6) / MINUTE) * MINUTE;

/**
 * When service of a bin may start: the truck gets in after one ban has ended and is out again before the next begins. `undefined`
 * where no ban touches the truck's shift.
 */
const startsOf = (truck: ReadyTruck, index: number, bin: Bin, around: readonly Around[], day: ServiceDay) => {
  const [from, to] = truck.shift;
  const closed = around.flatMap(({ closed: byTruck, metres }) => {
    const way = secondsOut(metres, day);
    return (byTruck[index] ?? []).map(([start, end]): Span => [start - way - bin.serviceSeconds, end + way]);
  });
  const holds = closed.some(([start, end]) => start < to && from < end);
  return holds ? outside(truck.shift, closed) : undefined;
};

type Allowance = readonly (readonly Span[] | undefined)[];

const nameOf = (around: readonly Around[], taken: ReadonlySet<string>): string => {
  const name = around.map(({ zone }) => zone.name).join(' + ');
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : `${name} (${number})`;
    if (!taken.has(numbered)) return numbered;
  }
};

const windowsForOf = (trucks: readonly ReadyTruck[], allowance: Allowance) => {
  const groups = new Map<string, { vehicleIds: string[]; windows: Span[] }>();
  trucks.forEach(({ vehicle }, index) => {
    const windows = allowance[index];
    if (windows === undefined || windows.length === 0) return;
    const key = JSON.stringify(windows);
    const group = groups.get(key) ?? { vehicleIds: [], windows: windows.map(([from, to]): Span => [from, to]) };
    group.vehicleIds.push(vehicle.id);
    groups.set(key, group);
  });
  return [...groups.values()];
};

/**
 * Zones for the optimizer, one for all bins that the same trucks may serve in the same hours. A truck that a ban holds for its whole
 * shift may not enter the zone at all; the others keep to hours of their own.
 */
export const problemZones = (
  bins: readonly Bin[],
  trucks: readonly ReadyTruck[],
  zones: readonly Zone[],
  day: ServiceDay,
): ProblemZones => {
  const banned = zones
    .filter(({ area }) => area !== 'city')
    .map((zone) => ({ zone, closed: trucks.map(({ vehicle }) => closedHours(zone, vehicle, day)) }))
    .filter(({ closed }) => closed.some((spans) => spans.length > 0));
  const known = new Map<string, { readonly id: string; readonly allowance: Allowance }>();
  const zoneOfBin = new Map<string, string>();
  const taken = new Set<string>();
  for (const bin of bins) {
    const around = banned.flatMap(({ zone, closed }): Around[] => {
      const metres = metresInside(zone.area, bin.position);
      return metres === undefined ? [] : [{ zone, metres, closed }];
    });
    const allowance = trucks.map((truck, index) => startsOf(truck, index, bin, around, day));
    if (allowance.every((starts) => starts === undefined)) continue;
    const key = JSON.stringify(allowance.map((starts) => starts ?? null));
    const zone = known.get(key) ?? { id: nameOf(around, taken), allowance };
    known.set(key, zone);
    taken.add(zone.id);
    zoneOfBin.set(bin.id, zone.id);
  }
  const all = [...known.values()];
  return {
    zones: all.map(({ id, allowance }) => {
      const windowsFor = windowsForOf(trucks, allowance);
      return { id, ...(windowsFor.length > 0 && { windowsFor }) };
    }),
    zoneOfBin,
    zonesOfTruck: new Map(
      trucks.map(({ vehicle }, index) => [
        vehicle.id,
        all.filter(({ allowance }) => allowance[index]?.length !== 0).map(({ id }) => id),
      ]),
    ),
  };
};
