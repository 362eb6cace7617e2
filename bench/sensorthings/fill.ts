import { parseArgs } from 'node:util';
import { startChildCity } from '../../local/child-city.ts';
import { cityEnvironment } from '../../local/home.ts';
import { timestreamNames } from '../../local/names.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import type { Reading } from '../../shared/telemetry/reading.ts';
import { cityOfSize, type MadeCity, startFor } from './city-of-size.ts';
import { bulkLoad } from './load-timestream.ts';

/**
 * Makes a local city of a size in a folder: `node bench/sensorthings/fill.ts --home FOLDER [--things 1000] [--observations 50000000]`.
 * Registry and latest states go through the stores; observations are made by DuckDB in the store's own tables, because the usual way
 * would take an hour. The index of identities that the local endpoint keeps for writers stays empty: such a city is for reading.
 */
const { values } = parseArgs({
  options: {
    home: { type: 'string' },
    things: { type: 'string', default: '1000' },
    observations: { type: 'string', default: '50000000' },
  },
});
if (values.home === undefined) throw new Error('Say where the city goes: --home FOLDER');
const { home } = values;
const until = Math.floor(Date.now() / 300_000) * 300_000;
const city = cityOfSize(Number(values.things));
const from = startFor(city.series, Number(values.observations), until);

/** The last reading of each series that a sensor itself sends, as ingest would have left it. */
const latest = ({ series }: MadeCity): readonly Reading[] =>
  series
    .filter(({ quantity }) => !quantity.includes('Mean'))
    .map(({ sensorId, quantity, intervalMs, offsetMs, middle }) => {
      const measuredAt = (Math.ceil((until - offsetMs) / intervalMs) - 1) * intervalMs + offsetMs;
      const quality = { flag: 1, test: 'gross-range' } as const;
      return { sensorId, quantity, value: middle, measuredAt, receivedAt: measuredAt + 2_000, quality };
    });

/** Enters the city and one corrected reading of long ago, so that the store has all its columns. */
const enter = async (): Promise<void> => {
  const child = await startChildCity(home);
  try {
    Object.assign(process.env, cityEnvironment(child.running));
    const { registry, sensorStates, readings } = openStores(readEnvironment(storesEnvironmentSchema));
    await registry.putMany('bin', city.bins);
    await registry.putMany('station', city.stations);
    await registry.putMany('sensor', city.sensors);
    await sensorStates.record(latest(city));
    const [first] = latest(city);
    if (first === undefined) return;
    const old = { ...first, measuredAt: from - 86_400_000, receivedAt: from - 86_400_000 };
    await readings.append([old]);
    await readings.append([{ ...old, value: 1, receivedAt: old.receivedAt + 1 }]);
    await readings.counts({ series: [first], from: 0, to: until });
  } finally {
    await child.stop();
  }
};

const startedAt = performance.now();
await enter();
const rows = await bulkLoad(home, timestreamNames, { series: city.series, from, until });
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
process.stdout.write(
  `${JSON.stringify({ things: Number(values.things), datastreams: city.series.length, observations: rows, seconds })}\n`,
);
process.exit(0);
