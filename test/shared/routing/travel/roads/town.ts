import { buildRoadGraph } from '../../../../../shared/routing/travel/roads/build-road-graph.ts';
import { buildHierarchy } from '../../../../../shared/routing/travel/roads/hierarchy.ts';
import type { OsmExtract, OsmTurnRestriction } from '../../../../../shared/routing/travel/roads/osm.ts';
import type { RoadNetwork } from '../../../../../shared/routing/travel/roads/road-network.ts';
import { twoAxleCompactor } from '../../../../../shared/routing/travel/roads/truck-access.ts';

/** A degree is 111,195 metres on our sphere; near the equator in both directions. */
export const METRES_PER_E7 = 0.0111195;

type Town = {
  /** Places by letter, metres east and north. */
  readonly places: Readonly<Record<string, readonly [east: number, north: number]>>;
  /** Ways as letters, with tags; `residential` unless said otherwise. */
  readonly ways: readonly (readonly [path: string, tags?: Readonly<Record<string, string>>])[];
  readonly restrictions?: readonly OsmTurnRestriction[];
};

export const idOf = (letter: string): number => letter.codePointAt(0) ?? 0;

/** Where a place of a town is, in degrees; the town lies on the equator. */
export const positionOf = (east: number, north: number) => ({
  longitude: east / METRES_PER_E7 / 1e7,
  latitude: north / METRES_PER_E7 / 1e7,
});

export const extractOf = ({ places, ways, restrictions = [] }: Town): OsmExtract => ({
  nodes: new Map(
    Object.entries(places).map(([letter, [east, north]]) => [
      idOf(letter),
      [Math.round(east / METRES_PER_E7), Math.round(north / METRES_PER_E7)] as const,
    ]),
  ),
  ways: ways.map(([path, tags], index) => ({
    id: index + 1,
    nodes: [...path].map(idOf),
    tags: { highway: 'residential', ...tags },
  })),
  restrictions,
});

export const networkOf = (extract: OsmExtract): RoadNetwork => {
  const { graph } = buildRoadGraph(extract, twoAxleCompactor);
  return { graph, hierarchy: buildHierarchy(graph), source: 'a town' };
};
