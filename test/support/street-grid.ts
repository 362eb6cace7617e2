import type { City } from '../../shared/city/entities.ts';
import { buildRoadGraph } from '../../shared/routing/travel/roads/build-road-graph.ts';
import { buildHierarchy } from '../../shared/routing/travel/roads/hierarchy.ts';
import type { OsmWay } from '../../shared/routing/travel/roads/osm.ts';
import { roadTravelTimes } from '../../shared/routing/travel/roads/road-travel-times.ts';
import { twoAxleCompactor } from '../../shared/routing/travel/roads/truck-access.ts';
import type { TravelTimes } from '../../shared/routing/travel/travel-times.ts';

const STEP_E7 = 20_000;
const WEST_E7 = 1_066_200_000;
const SOUTH_E7 = 109_500_000;
const [COLUMNS, ROWS] = [38, 46];

/** The end of a lane of a kilometre that leaves the streets at their western edge. */
export const endOfLane = { latitude: 10.976, longitude: 106.61 };

/**
 * The streets of `day-city.ts`, 220 metres apart, where all its bins, its depot and its landfill stand at crossings. Nothing is asked of anybody:
 * each travel has roads of its own.
 */
export const streetGrid = (): ((city: City) => TravelTimes) => {
  const nodes = new Map<number, readonly [number, number]>();
  const ways: OsmWay[] = [];
  const nodeAt = (column: number, row: number): number => row * COLUMNS + column + 1;
  /** Of four parallel streets the second is one-way, and the fourth the other way. */
  const add = (from: number, to: number, street = 0): void => {
    const oneway = ['no', 'yes', 'no', '-1'][street % 4] ?? 'no';
    ways.push({ id: ways.length + 1, nodes: [from, to], tags: { highway: 'residential', oneway } });
  };
  for (let row = 0; row < ROWS; row += 1)
    for (let column = 0; column < COLUMNS; column += 1) {
      nodes.set(nodeAt(column, row), [WEST_E7 + column * STEP_E7, SOUTH_E7 + row * STEP_E7]);
      if (column > 0) add(nodeAt(column - 1, row), nodeAt(column, row), row);
      if (row > 0) add(nodeAt(column, row - 1), nodeAt(column, row), column);
    }
  const lane = COLUMNS * ROWS + 1;
  nodes.set(lane, [Math.round(endOfLane.longitude * 1e7), Math.round(endOfLane.latitude * 1e7)]);
  add(lane, nodeAt(0, 13));
  const { graph } = buildRoadGraph({ nodes, ways, restrictions: [] }, twoAxleCompactor);
  const network = { graph, hierarchy: buildHierarchy(graph), source: 'streets of a grid' };
  return ({ travel }) => roadTravelTimes(network, travel);
};
