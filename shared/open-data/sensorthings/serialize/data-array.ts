import { type Entity, readProperty, relatedTo } from '../city/entity.ts';
import { entityTypes } from '../model/entity-model.ts';
import type { SelectItem } from '../query/ast.ts';
import { type Json, selfLink } from './entity-json.ts';

const usual = ['id', 'phenomenonTime', 'result', 'resultTime', 'resultQuality', 'parameters'];

/** Which columns: those selected, otherwise all that an observation can have here. */
const columnsOf = (select: readonly SelectItem[]): readonly string[] => {
  const selected = select.flatMap((item) => (item.kind === 'property' ? [item.property] : []));
  return selected.length === 0 ? usual : [...new Set(selected)];
};

/** Observations as rows, one table a datastream (18-088, 12.2). What has no value is null. */
export const dataArray = (root: string, observations: readonly Entity[], select: readonly SelectItem[]): Json[] => {
  const columns = columnsOf(select);
  const groups = Map.groupBy(observations, (observation) => relatedTo(observation, 'Datastream')[0]);
  return [...groups].map(([datastream, own]) => ({
    ...(datastream && {
      [`${entityTypes.Datastream.name}@iot.navigationLink`]: selfLink(root, datastream),
    }),
    // By the standard's example: `id`, not `@iot.id`.
    components: columns,
    'dataArray@iot.count': own.length,
    dataArray: own.map((observation) => columns.map((name) => readProperty(observation, name) ?? null)),
  }));
};
