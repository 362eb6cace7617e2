import { entitySetNames } from '../model/entity-model.ts';
import type { Json } from '../serialize/entity-json.ts';

const SPEC = 'http://www.opengis.net/spec/iot_sensing/1.1/req';

/** Requirements classes of OGC 18-088 that hold here; nothing is listed that a request could disprove. */
const conformance = [
  `${SPEC}/datamodel/thing`,
  `${SPEC}/datamodel/location`,
  `${SPEC}/datamodel/historical-location`,
  `${SPEC}/datamodel/datastream`,
  `${SPEC}/datamodel/sensor`,
  `${SPEC}/datamodel/observed-property`,
  `${SPEC}/datamodel/observation`,
  `${SPEC}/datamodel/feature-of-interest`,
  `${SPEC}/datamodel/entity-control-information`,
  `${SPEC}/resource-path/resource-path-to-entities`,
  `${SPEC}/request-data/status-codes`,
  `${SPEC}/request-data/query-status-codes`,
  `${SPEC}/request-data/orderby`,
  `${SPEC}/request-data/order`,
  `${SPEC}/request-data/expand`,
  `${SPEC}/request-data/select`,
  `${SPEC}/request-data/count`,
  `${SPEC}/request-data/skip`,
  `${SPEC}/request-data/top`,
  `${SPEC}/request-data/filter`,
  `${SPEC}/request-data/built-in-filter-operations`,
  `${SPEC}/request-data/built-in-query-functions`,
  `${SPEC}/request-data/pagination`,
] as const;

/** Those that hold where the writable profile is on. */
const writing = [
  `${SPEC}/create-update-delete/create-entity`,
  `${SPEC}/create-update-delete/link-to-existing-entities`,
  `${SPEC}/create-update-delete/deep-insert`,
  `${SPEC}/create-update-delete/deep-insert-status-code`,
  `${SPEC}/create-update-delete/update-entity`,
  `${SPEC}/create-update-delete/update-entity-put`,
  `${SPEC}/create-update-delete/update-entity-jsonpatch`,
  `${SPEC}/create-update-delete/delete-entity`,
  `${SPEC}/create-update-delete/historical-location-auto-creation`,
  `${SPEC}/create-update-delete/historical-location-manual-creation`,
] as const;

/** The service's root (18-088, 9.2.1). */
export const rootDocument = (root: string, isWritable = false): Json => ({
  value: entitySetNames.map((name) => ({ name, url: `${root}/${name}` })),
  serverSettings: { conformance: isWritable ? [...conformance, ...writing] : conformance },
});
