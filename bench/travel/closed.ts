import { parseArgs } from 'node:util';
import { buildRoadGraph } from '../../shared/routing/travel/roads/build-road-graph.ts';
import { buildHierarchy } from '../../shared/routing/travel/roads/hierarchy.ts';
import { roadTravelTimes } from '../../shared/routing/travel/roads/road-travel-times.ts';
import { twoAxleCompactor } from '../../shared/routing/travel/roads/truck-access.ts';
import { corner, placesIn, roadsOf, timed } from './bench-city.ts';

/** `node bench/travel/closed.ts [--side 316] [--places 2000] [--radius 500]`: what closing an area in the middle of an invented city costs. */
const { values } = parseArgs({
  options: {
    side: { type: 'string', default: '316' },
    places: { type: 'string', default: '2000' },
    radius: { type: 'string', default: '500' },
  },
});
const [side, count, radiusMetres] = [Number(values.side), Number(values.places), Number(values.radius)];
const places = placesIn(side, count);
const { graph } = buildRoadGraph(roadsOf(side), twoAxleCompactor);
const network = { graph, hierarchy: buildHierarchy(graph), source: 'an invented grid' };
const centre = { longitude: corner.longitude + side * 0.0005, latitude: corner.latitude + side * 0.0005 };
const closed = { areas: [{ centre, radiusMetres }], open: [] };
const travel = roadTravelTimes(network, { detourFactor: 1.35, speedKmh: 28 });
console.log({ crossings: graph.nodeCount, arcs: graph.arcCount });
await timed(`${count} × ${count}, all roads open`, () => travel(places));
await timed('roads closed, their lines ready', () =>
  travel([], closed).then(({ lines }) => lines?.(places.slice(0, 2))),
);
const { durationSeconds, lines } = await timed(`${count} × ${count} around it`, () => travel(places, closed));
await timed(`lines of ${count} legs`, () => lines?.(places));
const cutOff = durationSeconds[0]?.filter((seconds) => seconds === null || seconds === Number.POSITIVE_INFINITY).length;
console.log({ 'places that the first one does not get to': cutOff });
