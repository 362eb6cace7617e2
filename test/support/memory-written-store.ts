import {
  FIRST_WRITTEN_ID,
  type ObservationRange,
  type Written,
  type WrittenEntity,
  type WrittenObservation,
  type WrittenStore,
} from '../../shared/open-data/sensorthings/writing/written-entity.ts';

const inOrder = (a: WrittenObservation, b: WrittenObservation): number => a.at - b.at || a.id - b.id;

/** The reference of the `WrittenStore` port. */
export const memoryWrittenStore = (): WrittenStore => {
  let revision = 0;
  const entities = new Map<string, WrittenEntity>();
  const hidden = new Map<string, Written['hidden'][number]>();
  let readingsHidden = false;
  const features = new Map<number, number>();
  const observed = new Map<number, Set<number>>();
  const observations = new Map<number, WrittenObservation>();
  const keyOf = ({ type, id }: { type: string; id: number }): string => `${type}#${id}`;
  const within = ({ at }: { at: number }, { from, to }: ObservationRange): boolean => at >= from && at < to;
  const last = new Map<string, number>();
  return {
    take: async (type, count) => {
      const first = (last.get(type) ?? (type === 'Observation' ? 0 : FIRST_WRITTEN_ID - 1)) + 1;
      last.set(type, first + count - 1);
      return first;
    },
    revision: async () => revision,
    load: async () =>
      structuredClone({
        entities: [...entities.values()],
        hidden: [...hidden.values()],
        readingsHidden,
        featuresOfLocations: features,
        datastreamsOfFeatures: observed,
      }),
    insert: async (some, more) => {
      for (const each of some) entities.set(keyOf(each), structuredClone(each));
      for (const each of more) observations.set(each.id, structuredClone(each));
      if (some.length > 0) revision += 1;
    },
    replace: async (entity) => {
      if (entities.get(keyOf(entity))?.version !== entity.version - 1) return false;
      entities.set(keyOf(entity), structuredClone(entity));
      revision += 1;
      return true;
    },
    remove: async (some) => {
      for (const each of some) entities.delete(keyOf(each));
      revision += 1;
    },
    hide: async (some) => {
      for (const each of some) hidden.set(keyOf(each), each);
      revision += 1;
    },
    noteFeatureOfLocation: async (location, feature) => {
      features.set(location, feature);
      revision += 1;
    },
    noteDatastreamOfFeature: async (feature, datastream) => {
      observed.set(feature, (observed.get(feature) ?? new Set()).add(datastream));
      revision += 1;
    },
    hideReadings: async () => {
      readingsHidden = true;
      revision += 1;
    },
    showCity: async () => {
      readingsHidden = false;
      hidden.clear();
      revision += 1;
    },
    observations: {
      get: async (id) => structuredClone(observations.get(id)),
      put: async (observation, replaced) => {
        if ((replaced === undefined) === observations.has(observation.id)) return false;
        observations.set(observation.id, structuredClone(observation));
        return true;
      },
      remove: async (id) => observations.delete(id),
      page: async (datastream, { descending, limit, after, ...range }) => {
        const all = [...observations.values()].filter((each) => each.datastream === datastream && within(each, range));
        const sorted = all.sort((a, b) => (descending ? inOrder(b, a) : inOrder(a, b)));
        const isBehind = (each: WrittenObservation): boolean => {
          const order = after === undefined ? 1 : each.at - after.at || each.id - after.id;
          return descending && after !== undefined ? order < 0 : order > 0;
        };
        return structuredClone(sorted.filter(isBehind).slice(0, limit));
      },
      count: async (datastream, range) =>
        [...observations.values()].filter((each) => each.datastream === datastream && within(each, range)).length,
      clear: async (datastream, feature) => {
        for (const each of [...observations.values()]) {
          if (each.datastream !== datastream || (feature !== undefined && each.feature !== feature)) continue;
          observations.delete(each.id);
        }
      },
    },
  };
};
