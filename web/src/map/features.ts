import type * as GeoJSON from 'geojson';
import { type RouteLeg, routeLegs } from '../../../shared/routing/route-lines.ts';
import { ringOf } from '../../../shared/routing/travel/closed-area.ts';
import type { BinWithFill, Depot, DisposalSite, StationWithLatest, WirePlan } from '../api/wire.ts';
import { fractionOf, silentSinceOf } from '../state/fill-look.ts';
import type { OverflowMarks } from '../state/overflow-marks.ts';
import { type PlannedStop, plannedStops, routeColour, routeColours, stopLabel } from '../state/route-look.ts';
import type { AirLook } from './air-marker.ts';
import { fillLevel } from './marker-shapes.ts';

type Position = { readonly latitude: number; readonly longitude: number };

const coordinates = ({ latitude, longitude }: Position): [number, number] => [longitude, latitude];

const point = (position: Position, properties: Record<string, string | number>): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: coordinates(position) },
  properties,
});

const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});

/** The map's words: a level, and what marks a bin beside it. */
export type BinLabels = {
  readonly percent: (fraction: number) => string;
  readonly reported: string;
  readonly silent: string;
};

export const binFeatures = (
  bins: readonly BinWithFill[],
  { percent, ...words }: BinLabels,
  marks: OverflowMarks,
): GeoJSON.FeatureCollection =>
  collection(
    bins.map((bin) => {
      const fraction = fractionOf(bin.fill);
      const isReported = marks.has(bin.id);
      const isSilent = silentSinceOf(bin.fill) !== undefined;
      const icon = fraction === undefined ? 'bin-no-data' : `bin-${fillLevel(fraction)}${isSilent ? '-silent' : ''}`;
      const level = fraction === undefined ? '?' : percent(fraction);
      return point(bin.position, {
        id: bin.id,
        name: bin.name,
        icon,
        label: isSilent ? `${level}\n${words.silent}` : level,
        ...(isReported && { report: words.reported }),
        // Fuller bins lie above emptier ones, and reported ones above all; a bin without data lies above the half-full, so
        // that it is not overlooked.
        rank: isReported ? 2 : (fraction ?? 0.6),
      });
    }),
  );

export const placeFeatures = (
  stations: readonly StationWithLatest[],
  depots: readonly Depot[],
  disposalSites: readonly DisposalSite[],
  airLooks: ReadonlyMap<string, AirLook> = new Map(),
): GeoJSON.FeatureCollection =>
  collection([
    ...stations.map(({ id, name, position, kind }) => {
      const look = airLooks.get(id);
      const own = { icon: look?.icon ?? kind, label: look?.label ?? '' };
      return point(position, { id, name: look ? `${name}\nVN_AQI ${look.label}` : name, ...own, kind: 'station' });
    }),
    ...depots.map(({ id, name, position }) => point(position, { id, name, icon: 'depot', kind: 'depot' })),
    ...disposalSites.map(({ id, name, position }) => point(position, { id, name, icon: 'disposal', kind: 'disposal' })),
  ]);

/** Lines of legs in their order, those that follow each other as one. */
const joined = (legs: readonly RouteLeg[]): [number, number][][] => {
  const lines: [number, number][][] = [];
  for (const { line } of legs) {
    const points = line.map(([longitude, latitude]): [number, number] => [longitude, latitude]);
    const [before, first] = [lines.at(-1), points[0]];
    const end = before?.at(-1);
    if (before && end && first && end[0] === first[0] && end[1] === first[1]) before.push(...points.slice(1));
    else lines.push(points);
  }
  return lines;
};

/** For each route its ways along roads, and those of which only the straight line is known: the map draws the latter dashed. */
export const routeFeatures = (plan: WirePlan | undefined): GeoJSON.FeatureCollection =>
  collection(
    (plan?.routes ?? []).flatMap((route, index) => {
      const legs = routeLegs({ stops: route.stops, geometry: route.geometry });
      return [true, false].flatMap((alongRoads): GeoJSON.Feature[] => {
        const lines = joined(legs.filter((leg) => leg.alongRoads === alongRoads));
        if (lines.length === 0) return [];
        const look = { colour: routeColour(index), arrow: `arrow-${index % routeColours.length}` };
        const geometry = { type: 'MultiLineString' as const, coordinates: lines };
        return [{ type: 'Feature', geometry, properties: { route: index, ...look, straight: !alongRoads } }];
      });
    }),
  );

/** What was closed when the plan was made. */
export const closureFeatures = (plan: WirePlan | undefined): GeoJSON.FeatureCollection =>
  collection(
    (plan?.closures ?? []).map(({ area, held }) => ({
      type: 'Feature',
      geometry: { type: 'Polygon', coordinates: [ringOf(area).map(([longitude, latitude]) => [longitude, latitude])] },
      properties: { held },
    })),
  );

const stopFeature = (planned: PlannedStop): GeoJSON.Feature[] =>
  planned.stop.position
    ? [
        point(planned.stop.position, {
          id: planned.stop.id ?? '',
          route: planned.routeIndex,
          badge: `badge-${planned.routeIndex % routeColours.length}`,
          label: stopLabel(planned),
          number: planned.number,
        }),
      ]
    : [];

export const stopFeatures = (plan: WirePlan | undefined): GeoJSON.FeatureCollection =>
  collection([...plannedStops(plan).values()].flatMap(stopFeature));

/** A ward's name at the middle of its bins: enough to find one's way without a map of streets. */
export const wardFeatures = (bins: readonly BinWithFill[]): GeoJSON.FeatureCollection => {
  const byWard = Map.groupBy(
    bins.filter(({ ward }) => ward !== undefined),
    ({ ward }) => ward,
  );
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return collection(
    [...byWard].map(([ward, members]) =>
      point(
        {
          latitude: mean(members.map(({ position }) => position.latitude)),
          longitude: mean(members.map(({ position }) => position.longitude)),
        },
        { name: ward ?? '' },
      ),
    ),
  );
};

/** Meridians and parallels every hundredth of a degree (about 1.1 km) around a city's centre. */
export const graticule = (centre: Position): GeoJSON.FeatureCollection => {
  const step = 0.01;
  const reach = 0.4;
  const lines: GeoJSON.Feature[] = [];
  const west = Math.round((centre.longitude - reach) / step) * step;
  const south = Math.round((centre.latitude - reach) / step) * step;
  const count = Math.round((2 * reach) / step);
  const line = (from: [number, number], to: [number, number]): GeoJSON.Feature => ({
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: [from, to] },
    properties: {},
  });
  for (let index = 0; index <= count; index += 1) {
    const longitude = west + index * step;
    const latitude = south + index * step;
    lines.push(line([longitude, south], [longitude, south + 2 * reach]));
    lines.push(line([west, latitude], [west + 2 * reach, latitude]));
  }
  return collection(lines);
};
