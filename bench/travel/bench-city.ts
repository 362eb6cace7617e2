import { randomOf } from '../routing/city-map.ts';
import { gridCity } from './grid-city.ts';

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Does the work and tells the processor seconds it took and the memory held after it. */
export const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
  const from = cpuSeconds();
  const answer = await work();
  const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
  console.log(`${name}: ${(cpuSeconds() - from).toFixed(2)} s, ${megabytes} MB`);
  return answer;
};

/** The south-west of the invented city. */
export const corner = { longitude: 106.6, latitude: 10.9 };

/** The roads of side × side crossings, a thousandth of a degree apart. */
export const roadsOf = (side: number) => gridCity({ ...corner, columns: side, rows: side, stepE7: 10_000 });

/** So many places, anywhere in the city of side × side crossings; always the same ones. */
export const placesIn = (side: number, count: number) => {
  const random = randomOf(1);
  return Array.from({ length: count }, () => ({
    longitude: corner.longitude + random() * side * 0.001,
    latitude: corner.latitude + random() * side * 0.001,
  }));
};
