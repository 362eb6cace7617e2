import { createHash } from 'node:crypto';

/** Tells versions of an entity apart: the same only for the same JSON. The entity's strong entity tag is this in quotes. */
export const entityDigest = (entity: object): string =>
  createHash('sha256').update(JSON.stringify(entity)).digest('base64url').slice(0, 27);
