import type * as GeoJSON from 'geojson';
import type { Zone } from '../../../shared/city/fleet/zone.ts';

type Ring = readonly GeoJSON.Position[];
type Polygon = readonly Ring[];

const xOf = (position: GeoJSON.Position | undefined): number => position?.[0] ?? 0;
const yOf = (position: GeoJSON.Position | undefined): number => position?.[1] ?? 0;

/** Twice the signed area of a ring, and its centre of gravity. */
const weigh = (ring: Ring): { readonly area: number; readonly centre: [number, number] } => {
  const first = ring[0];
  let [area, x, y] = [0, 0, 0];
  for (const [index, to] of ring.entries()) {
    const from = ring[index - 1];
    if (from === undefined) continue;
    // Beside the first corner, so that small areas far from the equator keep their digits.
    const [ax, ay] = [xOf(from) - xOf(first), yOf(from) - yOf(first)];
    const [bx, by] = [xOf(to) - xOf(first), yOf(to) - yOf(first)];
    const cross = ax * by - bx * ay;
    area += cross;
    x += cross * (ax + bx);
    y += cross * (ay + by);
  }
  const centre: [number, number] = area === 0 ? [0, 0] : [x / (3 * area), y / (3 * area)];
  return { area, centre: [xOf(first) + centre[0], yOf(first) + centre[1]] };
};

/** Where a zone's name stands: in the middle of its largest part. */
const labelPlace = (polygons: readonly Polygon[]): [number, number] | undefined =>
  polygons
    .map(([outer = []]) => weigh(outer))
    .sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
    .at(0)?.centre;

/** Zones that have an outline, and for each a place with what its label says; the whole city has none. */
export const zoneFeatures = (zones: readonly Zone[], labelOf: (zone: Zone) => string): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: zones.flatMap((zone): GeoJSON.Feature[] => {
    const { area } = zone;
    if (area === 'city') return [];
    const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
    const coordinates = polygons.map((rings) => rings.map((ring) => ring.map((position) => [...position])));
    const place = labelPlace(polygons);
    const shape = { type: 'MultiPolygon' as const, coordinates };
    return [
      { type: 'Feature', geometry: shape, properties: { id: zone.id } },
      ...(place === undefined
        ? []
        : [
            {
              type: 'Feature' as const,
              geometry: { type: 'Point' as const, coordinates: place },
              properties: { id: zone.id, label: labelOf(zone) },
            },
          ]),
    ];
  }),
});
