import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { binSchema, type City, depotSchema, disposalSiteSchema, vehicleSchema } from '../../shared/city/entities.ts';
import { randomOf } from '../forecast/random.ts';
import type { SimulatedCity, Source } from './city.ts';
import { byPublishedRules } from './published-rules.ts';

/**
 * Málaga's underground containers as OpenStreetMap has them (`malaga_underground_containers.geojson` in the folder, © OpenStreetMap
 * contributors, ODbL): places and kinds are real, how fast they fill is drawn. A truck carries one kind at a time (the kinds
 * must not mix), so each kind has its trucks; depot and disposal site stand where the city has industry.
 */
const fileSchema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ id: z.string(), _layer: z.string(), capacity: z.string().optional() }),
      geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
    }),
  ),
});

const FILE = 'malaga_underground_containers.geojson';
const USUAL_CUBIC_METRES = 3;
/** Mean filling of the kinds, capacities a day, and how far containers differ (log-normal); bags of 30 to 65 litres. */
const KINDS: Readonly<Record<string, { readonly stream: 'other' | 'recyclable'; readonly perDay: number }>> = {
  trash: { stream: 'other', perDay: 0.3 },
  paper: { stream: 'recyclable', perDay: 0.16 },
  plastic: { stream: 'recyclable', perDay: 0.2 },
  glass: { stream: 'recyclable', perDay: 0.06 },
};
const RATE_SPREAD = 0.4;
const BAG_LITRES = 47.5;

const city: City = {
  id: 'malaga',
  name: 'Málaga, underground containers',
  timeZone: 'Europe/Madrid',
  centre: { latitude: 36.72, longitude: -4.42 },
  travel: { speedKmh: 22, detourFactor: 1.4 },
  densityKgPerLitre: { recyclable: 0.06, food: 0.4, other: 0.12 },
};

const depot = depotSchema.parse({ id: 'depot', name: 'Depot', position: { latitude: 36.705, longitude: -4.475 } });
const site = disposalSiteSchema.parse({
  id: 'plant',
  name: 'Treatment plant',
  position: { latitude: 36.74, longitude: -4.53 },
  unloadSeconds: 900,
});

const truck = (number: number, streams: readonly string[]) =>
  vehicleSchema.parse({
    id: `truck-${number}`,
    name: `Truck ${number}`,
    type: 'crane truck',
    depotId: depot.id,
    capacityLitres: 100_000,
    capacityKg: 12_000,
    shift: { from: '07:00', to: '14:30' },
    streams,
    costPerKmVnd: 1_000,
  });

const containersIn = async (folder: string) =>
  fileSchema.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8'))).features;

/**
 * Málaga's places under the rules of Groningen's published case: one kind of waste, each container a cluster of its own, two trucks
 * from the same depot.
 * @throws as `malaga`.
 */
export const malagaByPublishedRules = async (folder: string, seed: number): Promise<SimulatedCity> => {
  const clusters = (await containersIn(folder)).map(({ properties, geometry }) => {
    const [longitude, latitude] = geometry.coordinates;
    return { id: properties.id.replace('/', '-'), containers: 1, position: { latitude, longitude } };
  });
  return byPublishedRules({ name: 'malaga-published', city, depot, trucks: 2, clusters }, randomOf(seed * 7_919 + 29));
};

/** @throws when the folder has no such file, or it holds something else. */
export const malaga = async (folder: string, seed: number): Promise<SimulatedCity> => {
  const features = await containersIn(folder);
  const random = randomOf(seed * 7_919 + 29);
  const known = features.flatMap((feature) => {
    const kind = KINDS[feature.properties._layer];
    return kind === undefined ? [] : [{ ...feature, kind }];
  });
  const bins = known.map(({ properties, geometry, kind }) => {
    const cubicMetres = Number.parseFloat(properties.capacity ?? '');
    const [longitude, latitude] = geometry.coordinates;
    return binSchema.parse({
      id: properties.id.replace('/', '-'),
      name: `${properties._layer} ${properties.id}`,
      position: { latitude, longitude },
      stream: kind.stream,
      container: {
        depthMm: 2_200,
        blindZoneMm: 0,
        capacityLitres: 1_000 * (cubicMetres > 0 && cubicMetres < 20 ? cubicMetres : USUAL_CUBIC_METRES),
      },
      serviceLevel: 1,
      service: { overflowProbability: 0.003 },
      serviceSeconds: 240,
    });
  });
  const sources = known.map(
    ({ kind }, index): Source => ({
      perDay: kind.perDay * Math.exp(RATE_SPREAD * random.normal() - RATE_SPREAD ** 2 / 2),
      bag: BAG_LITRES / (bins[index]?.container.capacityLitres ?? 3_000),
    }),
  );
  const loadsADay = sources.reduce((sum, { perDay }) => sum + perDay, 0);
  return {
    name: 'malaga',
    city,
    fleet: {
      vehicles: [truck(1, ['other']), truck(2, ['recyclable']), truck(3, ['other']), truck(4, ['recyclable'])],
      depots: [depot],
      disposalSites: [site],
    },
    bins,
    sources,
    dayVariation: 0.15,
    firstDay: '2026-04-06',
    planTime: '06:30',
    // As full when collected as Groningen's rule leaves them.
    selected: Math.round(loadsADay / 0.489),
  };
};
