/**
 * What one hourly run over a city costs: stations that measure six quantities every five minutes, in a store in memory, so that the
 * figures are ours and not a database's. A second table shows how the cost grows with the city.
 *
 *   node bench/environment/evaluate-hour.ts [stations ...]
 */
import type { Sensor, Station } from '../../shared/city/entities.ts';
import { evaluateCity } from '../../shared/environment/evaluate.ts';
import { memoryReadingStore } from '../../shared/telemetry/memory-reading-store.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import {
  memoryExceedances,
  memoryLateData,
  memoryRegistry,
  memorySensorStates,
} from '../../test/support/memory-stores.ts';

const HOUR = 3_600_000;
const STEP = 5 * 60_000;
const measured: readonly (readonly [Quantity, mean: number])[] = [
  ['pm25', 40],
  ['pm10', 80],
  ['so2', 60],
  ['no2', 90],
  ['co', 4_000],
  ['o3', 100],
];

const position = { latitude: 10.98, longitude: 106.66 };

const registryOf = (count: number) => {
  const ids = Array.from({ length: count }, (_, index) => `tram-${String(index).padStart(4, '0')}`);
  const station = ids.map((id): Station => ({ id, name: id, kind: 'air', referenceStation: false, position }));
  const sensor = ids.map(
    (id): Sensor => ({ id: `s-${id}`, kind: 'air', siteId: id, intervalSeconds: 300, status: 'active' }),
  );
  const city = {
    id: 'tdm',
    name: 'Thủ Dầu Một',
    timeZone: 'Asia/Ho_Chi_Minh',
    centre: position,
    travel: { speedKmh: 30, detourFactor: 1.3 },
    densityKgPerLitre: { recyclable: 0.05, food: 0.3, other: 0.15 },
  };
  return { sensorIds: sensor.map(({ id }) => id), registry: memoryRegistry({ city: [city], station, sensor }) };
};

/** Readings with `from` < t ≤ `to`, the same for the same arguments: a daily wave, and noise of a small generator. */
const readingsOf = function* (sensorIds: readonly string[], from: number, to: number): Generator<Reading> {
  let seed = 42;
  for (const sensorId of sensorIds) {
    for (const [quantity, mean] of measured) {
      for (let measuredAt = from + STEP; measuredAt <= to; measuredAt += STEP) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        const wave = 1 + 0.5 * Math.sin(((measuredAt / HOUR) * Math.PI) / 12);
        const value = Math.round(mean * wave * (0.5 + seed / 2 ** 32) * 10) / 10;
        yield {
          sensorId,
          quantity,
          value,
          measuredAt,
          receivedAt: measuredAt,
          quality: { flag: 1, test: 'gross-range' },
        };
      }
    }
  }
};

type Cost = {
  readonly stations: number;
  readonly cpuSeconds: number;
  readonly derived: number;
  readonly firstSeconds: number;
};

const cpuSeconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

/** The median of some consecutive hourly runs, the one that ends a day among them. */
const measure = async (stations: number): Promise<Cost & { readonly worst: number }> => {
  const { sensorIds, registry } = registryOf(stations);
  const ports = { readings: memoryReadingStore(), exceedances: memoryExceedances(), lateData: memoryLateData() };
  const sensorStates = memorySensorStates();
  const start = Date.parse('2026-11-19T20:00:00+07:00');
  const deliver = async (from: number, to: number): Promise<void> => {
    const readings = [...readingsOf(sensorIds, from, to)];
    await ports.readings.append(readings);
    await sensorStates.record(readings);
  };
  const evaluate = (at: number) => evaluateCity({ at, cityId: 'tdm', registry, sensorStates, ...ports });
  await deliver(start - 48 * HOUR, start);
  const first = process.cpuUsage();
  await evaluate(start);
  const firstSeconds = cpuSeconds(first);
  const runs: { readonly cpu: number; readonly derived: number }[] = [];
  for (let hour = 1; hour <= 6; hour += 1) {
    const at = start + hour * HOUR;
    await deliver(at - HOUR, at);
    const before = process.cpuUsage();
    const { derived } = await evaluate(at + 10 * 60_000);
    runs.push({ cpu: cpuSeconds(before), derived });
  }
  runs.sort((a, b) => a.cpu - b.cpu);
  const median = runs[3];
  const worst = runs.at(-1);
  if (median === undefined || worst === undefined) throw new Error('No run was measured');
  return { stations, cpuSeconds: median.cpu, derived: worst.derived, firstSeconds, worst: worst.cpu };
};

const sizes = process.argv.slice(2).map(Number);
console.log('stations  CPU s/hour  worst hour  CPU ms/station  first run (48 h)');
await measure(10);
for (const stations of sizes.length > 0 ? sizes : [50, 100, 200, 400]) {
  const cost = await measure(stations);
  const cells = [
    String(stations).padStart(8),
    cost.cpuSeconds.toFixed(2).padStart(11),
    cost.worst.toFixed(2).padStart(11),
    ((cost.cpuSeconds / stations) * 1_000).toFixed(2).padStart(15),
    cost.firstSeconds.toFixed(2).padStart(17),
  ];
  console.log(cells.join(' '));
}
