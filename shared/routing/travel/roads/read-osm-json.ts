import * as z from 'zod';
import { type OsmExtract, type OsmTurnRestriction, type OsmWay, RoadFileError, restrictionOf, toE7 } from './osm.ts';

const tags = z.record(z.string(), z.coerce.string()).optional();
const element = z.discriminatedUnion('type', [
  z.object({ type: z.literal('node'), id: z.number(), lat: z.number(), lon: z.number() }),
  z.object({ type: z.literal('way'), id: z.number(), nodes: z.array(z.number()).optional(), tags }),
  z.object({
    type: z.literal('relation'),
    id: z.number(),
    members: z.array(z.object({ type: z.string(), ref: z.number(), role: z.string() })).optional(),
    tags,
  }),
]);

/** The answer of an Overpass server (`[out:json]`, `out body; >; out skel;`). */
const overpassSchema = z.object({
  osm3s: z.object({ timestamp_osm_base: z.string().optional() }).optional(),
  elements: z.array(element),
});

/** Nodes by id as `[longitude, latitude]`, ways with their tags: what is left of an extract without the wrapping. */
const compactSchema = z.object({
  osm_timestamp: z.string().optional(),
  nodes: z.record(z.string(), z.tuple([z.number(), z.number()])),
  ways: z.array(z.object({ id: z.number(), nodes: z.array(z.number()), tags })),
});

const parsed = <T>(schema: z.ZodType<T>, json: unknown): T => {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RoadFileError(`not an OpenStreetMap extract: /${issue?.path.join('/') ?? ''}: ${issue?.message ?? ''}`);
};

const fromOverpass = (json: unknown): OsmExtract => {
  const { elements, osm3s } = parsed(overpassSchema, json);
  const nodes = new Map<number, readonly [number, number]>();
  const ways: OsmWay[] = [];
  const restrictions: OsmTurnRestriction[] = [];
  for (const entry of elements) {
    if (entry.type === 'node') nodes.set(entry.id, [toE7(entry.lon), toE7(entry.lat)]);
    else if (entry.type === 'way') ways.push({ id: entry.id, nodes: entry.nodes ?? [], tags: entry.tags ?? {} });
    else {
      const restriction = restrictionOf(entry.tags ?? {}, entry.members ?? []);
      if (restriction) restrictions.push(restriction);
    }
  }
  const timestamp = osm3s?.timestamp_osm_base;
  return { nodes, ways, restrictions, ...(timestamp !== undefined && { timestamp }) };
};

const fromCompact = (json: unknown): OsmExtract => {
  const { nodes, ways, osm_timestamp: timestamp } = parsed(compactSchema, json);
  return {
    nodes: new Map(Object.entries(nodes).map(([id, [lon, lat]]) => [Number(id), [toE7(lon), toE7(lat)] as const])),
    ways: ways.map((way) => ({ id: way.id, nodes: way.nodes, tags: way.tags ?? {} })),
    restrictions: [],
    ...(timestamp !== undefined && { timestamp }),
  };
};

/**
 * An OpenStreetMap extract from JSON: an Overpass answer (`elements`), or the compact form (`nodes` by id, `ways`).
 * @throws RoadFileError naming the member that is not as it should be.
 */
export const readOsmJson = (json: unknown): OsmExtract =>
  typeof json === 'object' && json !== null && 'elements' in json ? fromOverpass(json) : fromCompact(json);
