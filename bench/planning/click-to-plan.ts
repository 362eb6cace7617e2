import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type ChildCity, startChildCity } from '../../local/child-city.ts';
import { cityEnvironment } from '../../local/home.ts';
import { ROADS_BUCKET } from '../../local/roads/objects.ts';
import { prepareRoads } from '../../local/roads/prepare-roads.ts';
import { readEnvironment, storesEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { writeRoadNetwork } from '../../shared/routing/travel/roads/road-file.ts';
import { twoAxleCompactor } from '../../shared/routing/travel/roads/truck-access.ts';
import { openStores } from '../../shared/storage/open.ts';
import { openRoadFiles } from '../../shared/storage/s3/road-files.ts';
import { gridCity } from '../travel/grid-city.ts';
import { bigCity, corner, profileOf, readingsOf } from './big-city.ts';

/**
 * From a dispatcher's click to a plan in the console's hands, through a real local city in a child process:
 * `node bench/planning/click-to-plan.ts [--bins 2000] [--trucks 25] [--seconds 20] [--roads on|off] [--days 7]`. Roads are an invented
 * grid of 250 × 250 crossings. Prints one JSON line.
 */
const { values } = parseArgs({
  options: {
    bins: { type: 'string', default: '2000' },
    trucks: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '20' },
    roads: { type: 'string', default: 'on' },
    days: { type: 'string', default: '7' },
    runs: { type: 'string', default: '1' },
  },
});

const TICKS_A_SECOND = 100;
const GRID = { ...corner, columns: 250, rows: 250, stepE7: 7_500 };

const peakMb = async ({ process: { pid } }: ChildCity): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(status.match(/VmHWM:\s+(\d+) kB/)?.[1] ?? 0) / 1_024);
};

/** Of the whole city, user and system, seconds. */
const processorSeconds = async ({ process: { pid } }: ChildCity): Promise<number> => {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};

const fill = async (): Promise<void> => {
  const city = bigCity(Number(values.bins), Number(values.trucks));
  const environment = readEnvironment(storesEnvironmentSchema);
  const { registry, readings, sensorStates } = openStores(environment);
  const profile = await registry.get('city', environment.CITY_ID);
  if (profile === undefined) throw new Error('The city has no profile');
  await registry.put('city', profileOf(profile));
  await registry.putMany('bin', city.bins);
  await registry.putMany('sensor', city.sensors);
  await registry.putMany('depot', city.depots);
  await registry.putMany('disposal-site', city.disposalSites);
  await registry.putMany('vehicle', city.vehicles);
  const history = readingsOf(city, Number(values.days), Math.floor(Date.now() / 3_600_000) * 3_600_000);
  for (let at = 0; at < history.length; at += 20_000) await readings.append(history.slice(at, at + 20_000));
  await sensorStates.record(history.filter((_, at) => (at + 1) % (Number(values.days) * 24) === 0));
};

const storeRoads = async (): Promise<void> => {
  const { network } = prepareRoads(gridCity(GRID), twoAxleCompactor);
  await openRoadFiles(ROADS_BUCKET).put(writeRoadNetwork({ ...network, source: 'an invented grid' }), {
    source: 'an invented grid',
    file: 'none',
    attribution: 'invented',
    truck: twoAxleCompactor,
    storedAt: new Date().toISOString(),
  });
};

const requested = z.object({ planId: z.string() });
const states = z.looseObject({
  status: z.string(),
  reason: z.string().optional(),
  routes: z.array(z.unknown()).optional(),
});
const planned = z.object({
  status: z.literal('planned'),
  travelSource: z.string(),
  totals: z.object({ bins: z.number(), vehicles: z.number(), trips: z.number(), distanceMetres: z.number() }),
  unserved: z.array(z.unknown()),
  solver: z.object({ iterations: z.number(), seconds: z.number() }),
});

const click = async (city: ChildCity) => {
  const { http } = city.running;
  const [from, cpu] = [performance.now(), await processorSeconds(city)];
  const post = await fetch(`${http}/api/v1/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { planId } = requested.parse(await post.json());
  for (;;) {
    const text = await (await fetch(`${http}/api/v1/plans/${planId}`)).text();
    const body: unknown = JSON.parse(text);
    const { status, reason, routes } = states.parse(body);
    if (status === 'failed') throw new Error(`No plan: ${reason}`);
    if (routes !== undefined) {
      const plan = planned.parse(body);
      return {
        bins: plan.totals.bins,
        trucks: plan.totals.vehicles,
        trips: plan.totals.trips,
        km: Math.round(plan.totals.distanceMetres / 1_000),
        unserved: plan.unserved.length,
        travelSource: plan.travelSource,
        iterations: plan.solver.iterations,
        solverSeconds: Number(plan.solver.seconds.toFixed(1)),
        seconds: Number(((performance.now() - from) / 1_000).toFixed(1)),
        processorSeconds: Number(((await processorSeconds(city)) - cpu).toFixed(1)),
        planKb: Math.round(text.length / 1_024),
        peakMb: await peakMb(city),
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

const home = await mkdtemp(join(tmpdir(), 'click-'));
const city = await startChildCity(home, { PHOSACH_SOLVE_SECONDS: values.seconds });
try {
  Object.assign(process.env, cityEnvironment(city.running));
  await fill();
  if (values.roads === 'on') await storeRoads();
  for (let run = 0; run < Number(values.runs); run += 1) console.log(JSON.stringify(await click(city)));
} finally {
  await city.stop();
  await rm(home, { recursive: true });
}
process.exit(0);
