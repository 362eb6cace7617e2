import * as z from 'zod';
import { positionSchema, type Sensor, wasteStreamSchema } from '../city/entities.ts';
import type { Registry } from '../city/registry.ts';
import { mayPublishIndex, stationClassOf, stationClassSchema } from '../city/station-class.ts';

export const siteKindSchema = z.enum(['air', 'water', 'bin']);
export type SiteKind = z.infer<typeof siteKindSchema>;

/** A place that the city observes, as the public sees it: a bin or a station. */
export const siteSchema = z
  .object({
    id: z.string(),
    kind: siteKindSchema,
    name: z.string(),
    position: positionSchema,
    positionApproximate: z.boolean().meta({ description: 'True where nobody has surveyed the position yet' }),
    ward: z.string().nullable(),
    stream: wasteStreamSchema.nullable().meta({ description: 'What a bin is for; null for stations' }),
    capacityLitres: z.number().nullable().meta({ description: 'Of a bin; null for stations' }),
    referenceStation: z
      .boolean()
      .nullable()
      .meta({ description: 'Trạm tham khảo (TT 10/2021/TT-BTNMT, Điều 29); null for bins' }),
    stationClass: stationClassSchema.nullable().meta({ description: 'Of a station; null for bins' }),
    mayPublishIndex: z.boolean().nullable().meta({
      description: 'False for a reference station: concentrations yes, an index (AQI, WQI) no; null for bins',
    }),
    sensorIds: z.array(z.string()),
  })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof siteSchema>;

/** Every site, or those of one kind, sorted by id. Retired sensors stay listed: their readings remain public. */
export const listSites = async (registry: Registry, kind?: SiteKind): Promise<readonly Site[]> => {
  const [bins, stations, sensors] = await Promise.all([
    kind === undefined || kind === 'bin' ? registry.list('bin') : [],
    kind === 'bin' ? [] : registry.list('station'),
    registry.list('sensor'),
  ]);
  const sensorIdsOf = sensorIdsBySite(sensors);
  const common = (place: (typeof bins)[number] | (typeof stations)[number]) => ({
    id: place.id,
    name: place.name,
    position: place.position,
    positionApproximate: place.positionApproximate ?? false,
    ward: place.ward ?? null,
    sensorIds: [...(sensorIdsOf.get(place.id) ?? [])],
  });
  return [
    ...bins.map((bin) => ({
      ...common(bin),
      kind: 'bin' as const,
      stream: bin.stream,
      capacityLitres: bin.container.capacityLitres,
      referenceStation: null,
      stationClass: null,
      mayPublishIndex: null,
    })),
    ...stations
      .filter((station) => kind === undefined || station.kind === kind)
      .map((station) => ({
        ...common(station),
        kind: station.kind,
        stream: null,
        capacityLitres: null,
        referenceStation: stationClassOf(station) === 'reference',
        stationClass: stationClassOf(station),
        mayPublishIndex: mayPublishIndex(station),
      })),
  ].sort((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
};

const sensorIdsBySite = (sensors: readonly Sensor[]): ReadonlyMap<string, readonly string[]> => {
  const bySite = Map.groupBy(sensors, (sensor) => sensor.siteId);
  return new Map(
    [...bySite].flatMap(([siteId, group]) => (siteId === undefined ? [] : [[siteId, group.map(({ id }) => id)]])),
  );
};
