import * as z from 'zod';

/** Where prepared road networks lie in their bucket, each under the hash of its bytes. */
export const ROADS_PREFIX = 'roads/';

/** The one object that is replaced: it names the network in use. */
export const CURRENT_ROADS_KEY = `${ROADS_PREFIX}current.json`;

export const roadsKey = (sha256: string): string => `${ROADS_PREFIX}${sha256}.roads`;

/** What the city drives on, as `current.json` says. */
export const storedRoadsSchema = z.object({
  key: z.string().regex(/^roads\/[0-9a-f]{64}\.roads$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  /** For plans to say: `OpenStreetMap 2025-05-14, 823 crossings`. */
  source: z.string(),
  /** The file it was made of, without its folder. */
  file: z.string(),
  /** Whose data it is; who publishes routes made with it says so. */
  attribution: z.string(),
  truck: z.object({ tonnes: z.number(), heightMetres: z.number(), widthMetres: z.number() }),
  storedAt: z.iso.datetime(),
});
export type StoredRoads = z.infer<typeof storedRoadsSchema>;
