import * as z from 'zod';
import { type OsmExtract, type OsmWay, RoadFileError, toE7 } from './osm.ts';

const position = z.tuple([z.number(), z.number()]).rest(z.number());
const properties = z.record(z.string(), z.unknown()).nullable().optional();
const featuresSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.union([
      z.object({ geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(position) }), properties }),
      z.object({
        geometry: z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(position)) }),
        properties,
      }),
      z.object({ geometry: z.looseObject({ type: z.string() }).nullable() }),
    ]),
  ),
});

/** Tags stand in `properties.tags` or are the properties themselves; only texts count, lists and numbers become texts. */
const tagsOf = (given: Readonly<Record<string, unknown>> | null | undefined): Record<string, string> => {
  const holder = given?.tags;
  const tags = typeof holder === 'object' && holder !== null ? holder : (given ?? {});
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[key, String(value)]]
        : [],
    ),
  );
};

/**
 * Roads from GeoJSON lines whose properties are OpenStreetMap's tags. Lines meet where they share a vertex to 1e-7 degrees; turn
 * restrictions cannot be told in this form.
 * @throws RoadFileError naming the member that is not as it should be.
 */
export const readOsmGeoJson = (json: unknown): OsmExtract => {
  const result = featuresSchema.safeParse(json);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new RoadFileError(`not GeoJSON roads: /${issue?.path.join('/') ?? ''}: ${issue?.message ?? ''}`);
  }
  const nodes = new Map<number, readonly [number, number]>();
  const ids = new Map<string, number>();
  const idAt = ([longitude, latitude]: readonly [number, number, ...number[]]): number => {
    const at = [toE7(longitude), toE7(latitude)] as const;
    const key = at.join();
    const id = ids.get(key) ?? ids.size + 1;
    if (id > ids.size) {
      ids.set(key, id);
      nodes.set(id, at);
    }
    return id;
  };
  const ways: OsmWay[] = [];
  for (const feature of result.data.features) {
    if (!('properties' in feature) || feature.properties === undefined) continue;
    const { geometry } = feature;
    const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates;
    for (const line of lines)
      ways.push({ id: ways.length + 1, nodes: line.map(idAt), tags: tagsOf(feature.properties) });
  }
  return { nodes, ways, restrictions: [] };
};
