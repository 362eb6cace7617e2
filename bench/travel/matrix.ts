import { parseArgs } from 'node:util';
import { greatCircleTravelTimes } from '../../shared/routing/travel/great-circle.ts';
import { buildRoadGraph } from '../../shared/routing/travel/roads/build-road-graph.ts';
import { buildHierarchy } from '../../shared/routing/travel/roads/hierarchy.ts';
import { roadTravelTimes } from '../../shared/routing/travel/roads/road-travel-times.ts';
import { twoAxleCompactor } from '../../shared/routing/travel/roads/truck-access.ts';
import { randomOf } from '../routing/city-map.ts';
import { gridCity } from './grid-city.ts';

/** `node bench/travel/matrix.ts [--side 316] [--places 2000]`: processor seconds for an invented city of side × side crossings. */
const { values } = parseArgs({
  options: { side: { type: 'string', default: '316' }, places: { type: 'string', default: '2000' } },
});
const [side, count] = [Number(values.side), Number(values.places)];
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
  const from = cpuSeconds();
  const answer = await work();
  const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(`${name}: ${(cpuSeconds() - from).toFixed(2)} s, ${megabytes} MB`);
  return answer;
};
const corner = { longitude: 106.6, latitude: 10.9 };
const random = randomOf(1);
const places = Array.from({ length: count }, () => ({
  longitude: corner.longitude + random() * side * 0.001,
  latitude: corner.latitude + random() * side * 0.001,
}));
const graph = await timed('graph', () =>
  buildRoadGraph(gridCity({ ...corner, columns: side, rows: side, stepE7: 10_000 }), twoAxleCompactor),
);
console.log(graph.report);
const hierarchy = await timed('hierarchy', () => buildHierarchy(graph.graph));
const fallback = { detourFactor: 1.35, speedKmh: 28 };
const times = roadTravelTimes({ graph: graph.graph, hierarchy, source: 'an invented grid' }, fallback);
await timed(`${count} × ${count} over roads`, () => times(places));
await timed(`${count} × ${count} great-circle`, () => greatCircleTravelTimes(fallback)(places));
