import type { Position } from '../../../city/entities.ts';
import { areasOnTheWayTo, type ClosedArea, type ClosedWays, isHome, isOpen } from '../closed-area.ts';
import { draftMatrix, type MatrixDraft, matrixRows } from '../matrix.ts';
import { type StraightTravel, straightWay } from '../off-network.ts';
import type { Line, TravelMatrix, TravelTimes } from '../travel-times.ts';
import { closeRoads } from './close-roads.ts';
import { createClosedPlacer } from './closed-placer.ts';
import { manyToMany } from './many-to-many.ts';
import { alongOneRoad, createPlacer, type PlaceOnRoad, type Placer, type RoadNetwork } from './road-network.ts';
import { createRouter } from './road-route.ts';
import { createSnapper } from './snap.ts';

/** A bin stands beside a road. What is farther from all of them is not on this map. */
const MOST_METRES_TO_ROAD = 1_000;
/** From the road to the place and back: a yard, a lane. */
const YARD_METRES_PER_SECOND = 10 / 3.6;
/** Networks without closed roads that stay in memory: a day has few closures. */
const CLOSED_NETWORKS_KEPT = 3;

/** Metres and seconds of a way; infinite seconds where there is none. */
type WayBetween = { metres: number; seconds: number };

/** The way between two places on the road: over crossings as the search found it, or along their one road where that is faster. */
const overRoads = (from: PlaceOnRoad, to: PlaceOnRoad, ms: number, mm: number, way: WayBetween): void => {
  const direct = alongOneRoad(from, to);
  const isDirect = direct !== undefined && direct.milliseconds <= ms;
  const yards = (from.snapped.distanceMillimetres + to.snapped.distanceMillimetres) / 1_000;
  way.metres = (isDirect ? direct.millimetres : mm) / 1_000 + yards;
  way.seconds = (isDirect ? direct.milliseconds : ms) / 1_000 + yards / YARD_METRES_PER_SECOND;
};

/** A network as it may be driven, with what brings places onto it. */
type Ways = {
  readonly network: RoadNetwork;
  readonly placeOn: Placer;
  /** Whether one gets to a place from the connected roads. */
  readonly isReached: (place: Position) => boolean;
  readonly lineBetween: (from: Position, to: Position) => Line | undefined;
};

const waysOver = (network: RoadNetwork, placeOn: Placer, isReached: Ways['isReached'] = () => true): Ways => {
  let router: ReturnType<typeof createRouter> | undefined;
  return {
    network,
    placeOn,
    isReached,
    lineBetween: (from, to) => {
      router ??= createRouter(network, placeOn);
      return router(from, to);
    },
  };
};

/** The ways over a network while areas are closed, kept while they are asked for. */
const waysByClosure = (network: RoadNetwork): ((areas: readonly ClosedArea[]) => Ways) => {
  const snap = createSnapper(network.graph, MOST_METRES_TO_ROAD);
  const open = waysOver(network, createPlacer(network, snap));
  const kept = new Map<string, Ways>();
  return (areas) => {
    if (areas.length === 0) return open;
    const key = JSON.stringify(areas);
    let ways = kept.get(key);
    if (ways === undefined) {
      const closed = closeRoads(network, areas);
      const placeOn = createClosedPlacer(network.graph, closed, snap);
      const isReached = (place: Position): boolean =>
        placeOn(place)?.into.some(({ node }) => closed.reached[node] === 1) ?? true;
      ways = waysOver(closed.network, placeOn, isReached);
    }
    kept.delete(key);
    kept.set(key, ways);
    for (const old of [...kept.keys()].slice(0, -CLOSED_NETWORKS_KEPT)) kept.delete(old);
    return ways;
  };
};

type Matrices = { readonly distance: MatrixDraft; readonly duration: MatrixDraft };

/** Fills the columns of some destinations; answers how many places are off the map. */
const fillColumns = (
  { network, placeOn }: Ways,
  places: readonly Position[],
  columns: readonly number[],
  straight: StraightTravel,
  { distance, duration }: Matrices,
): number => {
  const placed = places.map(placeOn);
  const way: WayBetween = { metres: 0, seconds: 0 };
  const rowTaker = (isWayOut: boolean) => (from: number, milliseconds: Float64Array, millimetres: Float64Array) => {
    const origin = placed[from];
    columns.forEach((to, column) => {
      const at = from * places.length + to;
      if (to === from || (isWayOut && Number.isFinite(duration.values[at]))) return;
      const destination = placed[to];
      if (origin === undefined || destination === undefined)
        [way.metres, way.seconds] = straightWay(places[from] as Position, places[to] as Position, straight);
      else overRoads(origin, destination, milliseconds[column] as number, millimetres[column] as number, way);
      const isWay = Number.isFinite(way.seconds);
      distance.values[at] = isWay ? Math.round(way.metres) : Number.POSITIVE_INFINITY;
      duration.values[at] = isWay ? Math.round(way.seconds) : Number.POSITIVE_INFINITY;
    });
  };
  const search = (waysFrom: 'out' | 'wayOut'): void =>
    manyToMany(
      network.hierarchy,
      placed.map((place) => place?.[waysFrom] ?? []),
      columns.map((to) => placed[to]?.into ?? []),
      rowTaker(waysFrom === 'wayOut'),
    );
  search('out');
  if (placed.some((place) => place?.wayOut)) search('wayOut');
  return placed.filter((place) => place === undefined).length;
};

/** What is closed on the way to a place; nothing where trucks belong there and only closed roads lead there. */
const closedTo = (waysWith: (areas: readonly ClosedArea[]) => Ways, closed: ClosedWays, to: Position) => {
  const areas = areasOnTheWayTo(closed, to);
  return isHome(closed, to) && areas.length > 0 && !waysWith(areas).isReached(to) ? [] : areas;
};

/** Columns by what is closed on the way to them: one group, unless places are open all the same. */
const columnGroups = (
  places: readonly Position[],
  areasTo: (to: Position) => readonly ClosedArea[],
  closed: ClosedWays,
) => {
  const groups = new Map<string, { readonly areas: readonly ClosedArea[]; readonly columns: number[] }>();
  places.forEach((to, column) => {
    const areas = areasTo(to);
    const key = areas.map((area) => closed.areas.indexOf(area)).join();
    const group = groups.get(key);
    if (group) group.columns.push(column);
    else groups.set(key, { areas, columns: [column] });
  });
  return [...groups.values()];
};

/**
 * Travel times over a road network: fastest ways, whole seconds and the metres of those same ways, from and to the nearest road,
 * with the metres between a place and its road at a walking truck's pace. A place more than a kilometre from any road is reached
 * as without a road map, and the source says how many there are. Closed roads are left out; what nobody gets to then is no way.
 */
export const roadTravelTimes = (network: RoadNetwork, straight: StraightTravel): TravelTimes => {
  const waysWith = waysByClosure(network);
  return async (places, closed = { areas: [], open: [] }): Promise<TravelMatrix> => {
    const draft: Matrices = { distance: draftMatrix(places.length), duration: draftMatrix(places.length) };
    let off = 0;
    const areasTo = (to: Position): readonly ClosedArea[] => closedTo(waysWith, closed, to);
    for (const { areas, columns } of columnGroups(places, areasTo, closed))
      off = fillColumns(waysWith(areas), places, columns, straight, draft);
    const around =
      closed.areas.length === 0
        ? ''
        : `; ways around ${closed.areas.length} closed area${closed.areas.length > 1 ? 's' : ''}`;
    const offMap =
      off > 0 ? `; ${off} of ${places.length} places off the map by great-circle × ${straight.detourFactor}` : '';
    return {
      distanceMetres: matrixRows(draft.distance),
      durationSeconds: matrixRows(draft.duration),
      source: `${network.source}${around}${offMap}`,
      openedFor: [...places.keys()].filter((to) => {
        const place = places[to] as Position;
        return isOpen(closed, place) && areasTo(place).length < closed.areas.length;
      }),
      lines: async (stops) =>
        stops.slice(1).map((to, at) => waysWith(areasTo(to)).lineBetween(stops[at] as Position, to)),
    };
  };
};
