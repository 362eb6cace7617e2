import type { Position, Sensor } from '../../../city/entities.ts';
import {
  averagedQuantities,
  type DerivedPeriod,
  indexQuantities,
  isDerived,
  meanQuantityOf,
  meanSource,
  stationSeriesId,
} from '../../../telemetry/derived-quantities.ts';
import { type Quantity, quantities } from '../../../telemetry/quantity.ts';
import type { SensorState } from '../../../telemetry/sensor-state.ts';
import type { Series } from '../../series.ts';
import type { Site } from '../../site.ts';
import type { Source } from '../../source.ts';
import { definitionOf } from './definitions.ts';
import type { NumberedType } from './entity-ids.ts';
import { unitOfMeasurement } from './units.ts';

/** What the city owns, as far as the public may know it. */
export type CityFacts = {
  readonly sites: readonly Site[];
  readonly sensors: readonly Sensor[];
  readonly states: readonly SensorState[];
};

/** An entity before it has a number: its natural key, its values, and the keys it is linked to. */
export type Draft = {
  readonly type: NumberedType;
  readonly key: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly relation: string; readonly key: string }[];
  /** Of a datastream: where its readings are. */
  readonly series?: Series;
};

const siteKey = ({ kind, id }: Site): string => `${kind === 'bin' ? 'bin' : 'station'}:${id}`;

/** A place is another place when it moves; the key tells where it was. */
const locationKey = (site: Site): string => `${siteKey(site)}@${site.position.latitude},${site.position.longitude}`;

export const pointOf = ({ latitude, longitude }: Position) => ({
  type: 'Point' as const,
  coordinates: [longitude, latitude] as const,
});

const GEO_JSON = 'application/geo+json';
const kindWords = { bin: 'Underground waste bin', air: 'Air quality station', water: 'Water quality station' } as const;

/** Members without a value are left out: nothing to say is not null. */
const told = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

const thingOf = (site: Site): Draft => ({
  type: 'Thing',
  key: siteKey(site),
  values: {
    name: site.name,
    description: `${kindWords[site.kind]} ${site.id}`,
    properties: told({
      id: site.id,
      kind: site.kind,
      ward: site.ward,
      stream: site.stream,
      capacityLitres: site.capacityLitres,
      stationClass: site.stationClass,
      referenceStation: site.referenceStation,
      mayPublishIndex: site.mayPublishIndex,
    }),
  },
  links: [],
});

/** Where a site is now. */
export const locationOf = (site: Site): Draft => ({
  type: 'Location',
  key: locationKey(site),
  values: {
    name: site.name,
    description: site.positionApproximate ? `About where ${site.name} is: not surveyed yet` : `Where ${site.name} is`,
    encodingType: GEO_JSON,
    location: pointOf(site.position),
    properties: { positionApproximate: site.positionApproximate, ...told({ ward: site.ward }) },
  },
  links: [{ relation: 'Things', key: siteKey(site) }],
});

const featureOf = (site: Site): Draft => ({
  type: 'FeatureOfInterest',
  key: siteKey(site),
  values: {
    name: site.name,
    description: `What is observed at ${site.name}`,
    encodingType: GEO_JSON,
    feature: pointOf(site.position),
    properties: { positionApproximate: site.positionApproximate },
  },
  links: [],
});

const codecName = ({ codec }: Sensor): unknown => (typeof codec === 'object' ? 'script' : codec);

/** 18-088, table 15: metadata is a text, of one of three encodings; what programs read is among the properties. */
const METADATA_TYPE = 'text/html';

const deviceOf = (sensor: Sensor): Draft => ({
  type: 'Sensor',
  key: sensor.id,
  values: {
    name: sensor.id,
    description: `Sensor ${sensor.id}`,
    encodingType: METADATA_TYPE,
    metadata: `A sensor (${sensor.kind}) whose messages are decoded by ${codecName(sensor) ?? 'the city’s own codec'}`,
    properties: told({
      id: sensor.id,
      kind: sensor.kind,
      codec: codecName(sensor),
      intervalSeconds: sensor.intervalSeconds,
      status: sensor.status,
      corrections: sensor.corrections,
    }),
  },
  links: [],
});

/** The indices of a station are made by nobody's device. */
const computationOf = (site: Site): Draft => ({
  type: 'Sensor',
  key: stationSeriesId(site.id),
  values: {
    name: `Indices of ${site.id}`,
    description: `Computation of indices from the means of station ${site.id}`,
    encodingType: METADATA_TYPE,
    metadata: `No device: indices computed from the means of station ${site.id}`,
    properties: { id: stationSeriesId(site.id), kind: 'computation', stationId: site.id },
  },
  links: [],
});

const propertyOf = (quantity: Quantity): Draft => {
  const { nameEn, nameVi, kind, unit } = quantities[quantity];
  const mean = meanSource(quantity);
  return {
    type: 'ObservedProperty',
    key: quantity,
    values: {
      name: nameEn,
      definition: definitionOf(quantity),
      description: `${nameEn} / ${nameVi}`,
      properties: told({ quantity, nameVi, kind, unit, meanOf: mean?.quantity, averagingPeriod: mean?.period }),
    },
    links: [],
  };
};

const MEASUREMENT = 'http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement';

const datastreamOf = (site: Site, series: Series): Draft => {
  const { nameEn, nameVi, unit } = quantities[series.quantity];
  const mean = meanSource(series.quantity);
  return {
    type: 'Datastream',
    key: `${series.sensorId}|${series.quantity}`,
    values: {
      name: `${nameEn}, ${site.name} (${series.sensorId})`,
      description: `${nameEn} at ${site.name} / ${nameVi}, ${site.name}`,
      observationType: MEASUREMENT,
      unitOfMeasurement: unitOfMeasurement(unit),
      observedArea: pointOf(site.position),
      properties: told({
        siteId: site.id,
        sensorId: series.sensorId,
        quantity: series.quantity,
        unit,
        derived: isDerived(series.quantity),
        meanOf: mean?.quantity,
        averagingPeriod: mean?.period,
        phenomenonTimeIs: isDerived(series.quantity) ? 'end of the period' : undefined,
      }),
    },
    links: [
      { relation: 'Thing', key: siteKey(site) },
      { relation: 'Sensor', key: series.sensorId },
      { relation: 'ObservedProperty', key: series.quantity },
    ],
    series,
  };
};

const periods: readonly DerivedPeriod[] = ['1h', '8h', '24h', 'month', 'year'];
const averaged: ReadonlySet<string> = new Set(averagedQuantities);

/** What a sensor was heard to say, and the means that are kept of it. */
const quantitiesOf = ({ latest }: SensorState): readonly Quantity[] => {
  const heard = Object.values(latest).map(({ quantity }) => quantity);
  const means = heard
    .filter((quantity) => averaged.has(quantity))
    .flatMap((quantity) => periods.flatMap((period) => meanQuantityOf(quantity, period) ?? []));
  return [...new Set([...heard, ...means])];
};

const indicesOf = (site: Site): readonly Quantity[] =>
  (Object.keys(indexQuantities) as (keyof typeof indexQuantities)[]).filter(
    (quantity) => site.mayPublishIndex === true && quantities[quantity].kind === site.kind,
  );

/**
 * The city as SensorThings' entities, all but observations and former locations. A sensor that stands nowhere has no datastreams:
 * a datastream must have its Thing.
 */
export const describeCity = ({ sites, sensors, states }: CityFacts): readonly Draft[] => {
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const stateOf = new Map(states.map((state) => [state.sensorId, state]));
  const measured = sensors.flatMap(({ id, siteId }) => {
    const [site, state] = [siteOf.get(siteId ?? ''), stateOf.get(id)];
    if (site === undefined || state === undefined) return [];
    return quantitiesOf(state).map((quantity) => datastreamOf(site, { sensorId: id, quantity }));
  });
  const withIndices = sites.filter((site) => indicesOf(site).length > 0);
  const computed = withIndices.flatMap((site) =>
    indicesOf(site).map((quantity) => datastreamOf(site, { sensorId: stationSeriesId(site.id), quantity })),
  );
  const datastreams = [...measured, ...computed];
  const observed = new Set(datastreams.flatMap(({ series }) => series?.quantity ?? []));
  return [
    ...sites.flatMap((site) => [thingOf(site), locationOf(site), featureOf(site)]),
    ...sensors.map(deviceOf),
    ...withIndices.map(computationOf),
    ...[...observed].map(propertyOf),
    ...datastreams,
  ];
};

/**
 * Under which licence and in whose name, among the properties of what the data belong to: the standard leaves those to the city, and
 * no client looks at members that it does not know.
 */
export const withSource = (drafts: readonly Draft[], { licence, attribution }: Source): readonly Draft[] =>
  drafts.map((draft) => {
    if (draft.type !== 'Thing' && draft.type !== 'Datastream') return draft;
    const properties = { ...Object(draft.values.properties), licence: licence.url, attribution };
    return { ...draft, values: { ...draft.values, properties } };
  });
