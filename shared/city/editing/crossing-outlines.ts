import type { EntityKind, EntityOf } from '../entities.ts';
import type { Area } from '../fleet/zone.ts';
import { outlineCrossing } from '../outline-crossing.ts';
import type { Coded } from './fault-code.ts';

/** An outline of an entity that crosses itself: where it stands, and what is wrong with it. */
export type CrossingOutline = Coded & { readonly path: readonly (string | number)[]; readonly message: string };

type Outlines = readonly { readonly path: readonly (string | number)[]; readonly rings: Rings }[];
type Rings = readonly (readonly (readonly number[])[])[];

const outlinesOf = (area: Area | undefined): Outlines => {
  if (area === undefined || area === 'city') return [];
  const path = ['area', 'coordinates'];
  return area.type === 'Polygon'
    ? [{ path, rings: area.coordinates }]
    : area.coordinates.map((rings, index) => ({ path: [...path, index], rings }));
};

/** A ten-thousandth of a degree, eleven metres: to find the place on a map. */
const degrees = (value: number): number => Math.round(value * 1e4) / 1e4;

/** What is said of an outline with a crossing, longitude and latitude. */
export const crossesItself = ([longitude, latitude]: readonly [number, number]): Coded & {
  readonly message: string;
} => {
  const place = { latitude: degrees(latitude), longitude: degrees(longitude) };
  return {
    message: `the outline must not cross itself, as it does near ${place.latitude}, ${place.longitude}`,
    code: 'crosses-itself',
    values: place,
  };
};

/**
 * Outlines of an entity that cross themselves. Asked when one is written, not when it is read: what was registered before that was
 * asked stays readable.
 */
export const crossingOutlines = <K extends EntityKind>(kind: K, entity: EntityOf<K>): readonly CrossingOutline[] => {
  if (kind !== 'zone' && kind !== 'special-event') return [];
  const { area } = entity as EntityOf<'zone' | 'special-event'>;
  return outlinesOf(area).flatMap(({ path, rings }): CrossingOutline[] => {
    const crossing = outlineCrossing(rings);
    return crossing === undefined ? [] : [{ path, ...crossesItself(crossing) }];
  });
};
