import * as z from 'zod';
import { ngsiTypes } from '../ngsi-ld/vocabulary.ts';

/** Headers that carry the message itself: no setting may take them. */
const ownHeaders = [
  'host',
  'content-type',
  'content-length',
  'accept',
  'link',
  'ngsild-tenant',
  'connection',
  'cookie',
];

const endpointSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => {
    // What is no address is told so by the check before.
    if (!URL.canParse(url)) return true;
    const { username, password, hash, search } = new URL(url);
    return [username, password, hash, search].every((part) => part === '');
  }, 'holds no user, password, query or fragment')
  .overwrite((url) => url.replace(/\/+$/, ''));

/**
 * A context broker, or any other receiver, that the city tells of its bins and stations: part of the city's profile. Where it may
 * be is for the deployment to say (`CONTEXT_BROKER_ORIGINS`), and its secret is kept by its host, so that nobody who may edit the
 * registry can have the city call elsewhere or send a secret elsewhere.
 */
export const contextBrokerSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'lower-case letters, digits and "-"; at most 31'),
  /** For `upsert` the root of its NGSI-LD API, with `/ngsi-ld/v1`; for `notify` the address that takes notifications. */
  endpoint: endpointSchema,
  /** `upsert`: ETSI GS CIM 009, 5.6.8; `notify`: 5.3.1, for receivers that are no brokers. */
  mode: z.enum(['upsert', 'notify']).default('upsert'),
  types: z
    .array(z.enum(ngsiTypes))
    .min(1)
    .default([...ngsiTypes]),
  /** An entity is told of again after so long at the earliest. */
  throttleSeconds: z.int().min(0).max(86_400).default(60),
  /** Entities in one request at most. */
  batchSize: z.int().min(1).max(500).default(100),
  /** Name of the header that holds the host's secret, e.g. `Authorization`; without it none is sent. */
  secretHeader: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'the name of a header')
    .refine((name) => !ownHeaders.includes(name.toLowerCase()), 'is not for secrets')
    .optional(),
  /** NGSILD-Tenant, where the broker has tenants. */
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
});
export type ContextBroker = z.infer<typeof contextBrokerSchema>;

/** No two of one id: what one was told would count as told to the other. */
export const contextBrokersSchema = z
  .array(contextBrokerSchema)
  .max(8)
  .refine((brokers) => new Set(brokers.map(({ id }) => id)).size === brokers.length, 'two context brokers of one id');
