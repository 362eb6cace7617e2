import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readEnvironment, roadsEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { writeRoadNetwork } from '../../shared/routing/travel/roads/road-file.ts';
import type { RoadGraphReport } from '../../shared/routing/travel/roads/road-graph.ts';
import { openRoadFiles } from '../../shared/storage/s3/road-files.ts';
import { cityEnvironment, phosachHome, readRunning } from '../home.ts';
import { ROADS_BUCKET } from '../roads/objects.ts';
import { type RoadsOptions, readRoadsOptions, roadsUsage } from '../roads/options.ts';
import { prepareRoads, readExtract } from '../roads/prepare-roads.ts';

const ATTRIBUTION = '© OpenStreetMap contributors, ODbL 1.0';

const tell = ({ ways, nodes, arcs, kilometres, nodesLeftOut, ...report }: RoadGraphReport): void => {
  console.log(`${ways} ways: ${nodes} crossings, ${arcs} directed pieces, ${kilometres} km that trucks may use.`);
  const { restrictions, restrictionsIgnored } = report;
  console.log(`${restrictions} turn restrictions kept, ${restrictionsIgnored} that fit no crossing left out.`);
  if (nodesLeftOut > 0) console.log(`${nodesLeftOut} crossings lie on islands: no place is brought there.`);
};

/** `npm run roads`: prepares an extract and stores it. See `roadsUsage`. */
const run = async ({ file, box, truck, cityId, dryRun, cloud }: RoadsOptions): Promise<void> => {
  const startedAt = performance.now();
  if (!cloud && !dryRun) Object.assign(process.env, { ...cityEnvironment(readRunning(phosachHome())), ROADS_BUCKET });
  const environment = dryRun ? undefined : readEnvironment(roadsEnvironmentSchema);
  if (cityId !== undefined && environment !== undefined && environment.CITY_ID !== cityId)
    throw new Error(`This city is ${environment.CITY_ID}, not ${cityId}`);
  const { network, report } = prepareRoads(readExtract(await readFile(file), box), truck);
  const bytes = writeRoadNetwork(network);
  tell(report);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`Prepared in ${seconds} s: ${(bytes.length / 1e6).toFixed(1)} MB. ${ATTRIBUTION}`);
  if (environment === undefined) return console.log('Dry run: nothing was stored.');
  const stored = await openRoadFiles(environment.ROADS_BUCKET).put(bytes, {
    source: network.source,
    file: basename(file),
    attribution: ATTRIBUTION,
    truck,
    storedAt: new Date().toISOString(),
  });
  console.log(`Stored as ${stored.key}: plans of ${environment.CITY_ID} rest on "${stored.source}" from now on.`);
};

try {
  await run(readRoadsOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (process.argv.length < 3) console.error(`\n${roadsUsage}`);
  process.exitCode = 1;
}
