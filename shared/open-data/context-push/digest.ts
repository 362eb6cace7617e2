import { createHash } from 'node:crypto';
import type { JsonObject } from '../ngsi-ld/represent.ts';

/** Tells apart what is told of an entity: 128 bits, so that no two states of a city are taken for one. */
export const digestOf = (told: JsonObject): string =>
  createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 22);
