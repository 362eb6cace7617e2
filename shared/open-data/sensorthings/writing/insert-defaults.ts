import { type Entity, readProperty, relatedTo } from '../city/entity.ts';
import { printInstant } from '../query/times.ts';
import type { InsertPlan, PlannedEntity, Target } from './plan-insert.ts';
import { WriteError } from './write-fault.ts';
import { linkedEntity, type WriterView } from './writer.ts';

/** A feature that is made of a location, with the location that shall remember it. */
export type MadeFeature = { readonly feature: PlannedEntity; readonly location: Target };

export type CompletePlan = InsertPlan & { readonly made: readonly MadeFeature[] };

const historyOf = (thing: Target, locations: readonly Target[], now: number): PlannedEntity => ({
  type: 'HistoricalLocation',
  path: [],
  values: { time: printInstant(now) },
  links: new Map([
    ['Thing', [thing]],
    ['Locations', [...locations]],
  ]),
});

/** Where a Thing is from now on is also where it was from now on (18-088, 8.2.3): made with every new place. */
const histories = ({ entities, relinks }: InsertPlan, now: number): readonly PlannedEntity[] => [
  ...entities.flatMap((entity) => {
    const locations = entity.type === 'Thing' ? (entity.links.get('Locations') ?? []) : [];
    return locations.length === 0 ? [] : [historyOf({ kind: 'new', entity }, locations, now)];
  }),
  ...relinks.flatMap(({ type, id, relation, target }) =>
    type === 'Thing' && relation === 'Locations'
      ? [historyOf({ kind: 'known', id }, [{ kind: 'new', entity: target }], now)]
      : [],
  ),
];

/** What a location says of itself, whether it is there or to be made. */
type Place = { readonly target: Target; readonly values: Readonly<Record<string, unknown>>; readonly entity?: Entity };

const placeOfTarget = (view: WriterView, target: Target): Place =>
  target.kind === 'new'
    ? { target, values: target.entity.values }
    : (({ entity }) => ({ target, values: entity.values, entity }))({
        entity: linkedEntity(view, 'Location', target.id, []),
      });

const thingOf = (view: WriterView, observation: PlannedEntity): Target | undefined => {
  const [datastream] = observation.links.get('Datastream') ?? [];
  if (datastream?.kind === 'new') return datastream.entity.links.get('Thing')?.[0];
  if (datastream === undefined) return undefined;
  const entity = linkedEntity(view, 'Datastream', datastream.id, [...observation.path, 'Datastream', '@iot.id']);
  const [thing] = relatedTo(entity, 'Thing');
  return thing && { kind: 'known', id: Number(thing.id) };
};

const placeOf = (view: WriterView, thing: Target): Place | undefined => {
  if (thing.kind === 'new') {
    const [location] = thing.entity.links.get('Locations') ?? [];
    return location && placeOfTarget(view, location);
  }
  const [entity] = relatedTo(linkedEntity(view, 'Thing', thing.id, []), 'Locations');
  return entity && { target: { kind: 'known', id: Number(entity.id) }, values: entity.values, entity };
};

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is observed at a Thing of the city, or the feature made of a location before, as long as both are in one place. */
const knownFeature = (view: WriterView, thing: Target, { entity, values }: Place): number | undefined => {
  const { catalogue, written } = view;
  if (entity === undefined) return undefined;
  const own = thing.kind === 'known' ? catalogue.find('Thing', thing.id) : undefined;
  const ofCity = (own === undefined ? [] : relatedTo(own, 'Datastreams')).map(catalogue.featureOfDatastream);
  const noted = written.featuresOfLocations.get(Number(entity.id));
  const candidates = [...ofCity, noted === undefined ? undefined : catalogue.find('FeatureOfInterest', noted)];
  const found = candidates.find(
    (each) => each !== undefined && sameJson(readProperty(each, 'feature'), values.location),
  );
  return found && Number(found.id);
};

const featureFrom = ({ values }: Place): PlannedEntity => ({
  type: 'FeatureOfInterest',
  path: [],
  values: {
    name: values.name,
    description: `Made of the location ${String(values.name)}, where this was observed`,
    encodingType: values.encodingType,
    feature: values.location,
  },
  links: new Map(),
});

/** Gives every observation without a feature of interest that of its Thing's place (18-088, 10.2.1.2). */
const giveFeatures = (view: WriterView, observations: readonly PlannedEntity[]): readonly MadeFeature[] => {
  const made = new Map<number | PlannedEntity, MadeFeature>();
  for (const observation of observations) {
    if (observation.links.has('FeatureOfInterest')) continue;
    const thing = thingOf(view, observation);
    const place = thing && placeOf(view, thing);
    if (thing === undefined || place === undefined) {
      const message = 'is missing, and the Thing has no Location of which one could be made';
      throw new WriteError('invalid', [{ path: [...observation.path, 'FeatureOfInterest'], message }]);
    }
    const known = knownFeature(view, thing, place);
    if (known !== undefined) {
      observation.links.set('FeatureOfInterest', [{ kind: 'known', id: known }]);
      continue;
    }
    const { target } = place;
    const key = target.kind === 'new' ? target.entity : target.id;
    const feature = made.get(key) ?? { feature: featureFrom(place), location: target };
    made.set(key, feature);
    observation.links.set('FeatureOfInterest', [{ kind: 'new', entity: feature.feature }]);
  }
  return [...made.values()];
};

/**
 * Adds what the service makes by itself: histories of places, and features of interest.
 * @param now UTC epoch milliseconds
 */
export const completePlan = (view: WriterView, plan: InsertPlan, now: number): CompletePlan => {
  const made = giveFeatures(
    view,
    plan.entities.filter(({ type }) => type === 'Observation'),
  );
  return {
    ...plan,
    entities: [...plan.entities, ...made.map(({ feature }) => feature), ...histories(plan, now)],
    made,
  };
};
