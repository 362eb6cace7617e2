import { parseArgs } from 'node:util';
import { greatCircleTravelTimes } from '../../shared/routing/travel/great-circle.ts';
import { buildRoadGraph } from '../../shared/routing/travel/roads/build-road-graph.ts';
import { buildHierarchy } from '../../shared/routing/travel/roads/hierarchy.ts';
import { roadTravelTimes } from '../../shared/routing/travel/roads/road-travel-times.ts';
import { twoAxleCompactor } from '../../shared/routing/travel/roads/truck-access.ts';
import { placesIn, roadsOf, timed } from './bench-city.ts';

/** `node bench/travel/matrix.ts [--side 316] [--places 2000]`: processor seconds for an invented city of side × side crossings. */
const { values } = parseArgs({
  options: { side: { type: 'string', default: '316' }, places: { type: 'string', default: '2000' } },
});
const [side, count] = [Number(values.side), Number(values.places)];
const places = placesIn(side, count);
const graph = await timed('graph', () => buildRoadGraph(roadsOf(side), twoAxleCompactor));
console.log(graph.report);
const hierarchy = await timed('hierarchy', () => buildHierarchy(graph.graph));
const fallback = { detourFactor: 1.35, speedKmh: 28 };
const times = roadTravelTimes({ graph: graph.graph, hierarchy, source: 'an invented grid' }, fallback);
await timed(`${count} × ${count} over roads`, () => times(places));
await timed(`${count} × ${count} great-circle`, () => greatCircleTravelTimes(fallback)(places));
