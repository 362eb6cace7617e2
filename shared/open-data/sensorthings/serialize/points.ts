import type { Point } from '../../../telemetry/reading-store.ts';
import type { Entity } from '../city/entity.ts';
import { instantText } from '../city/instant-text.ts';
import { observationId } from '../city/observation.ts';
import { type Json, selfLink } from './entity-json.ts';
import { JsonText } from './entity-text.ts';

/** What of an observation its instant and its value tell. */
const pointProperties = ['id', 'phenomenonTime', 'result'] as const;
export type PointProperty = (typeof pointProperties)[number];

export const isPointProperty = (name: string): name is PointProperty =>
  (pointProperties as readonly string[]).includes(name);

type Writer = (point: Point) => string;

/** Neither ids nor instants have a character that JSON or CSV would escape. */
const writers = (datastream: Entity, quote: string, missing: string): Readonly<Record<PointProperty, Writer>> => ({
  id: ({ measuredAt }) => `${quote}${observationId({ datastream: Number(datastream.id), at: measuredAt })}${quote}`,
  phenomenonTime: ({ measuredAt }) => `${quote}${instantText(measuredAt)}${quote}`,
  result: ({ value }) => (value === null ? missing : JSON.stringify(value)),
});

const lines = (points: readonly Point[], cells: readonly Writer[]): readonly string[] =>
  points.map((point) => cells.map((write) => write(point)).join(','));

/** The same as `dataArray`, of thousands of observations of one datastream and without making them. */
export const pointsArray = (
  root: string,
  datastream: Entity,
  points: readonly Point[],
  columns: readonly PointProperty[],
): readonly JsonText[] => {
  if (points.length === 0) return [];
  const own = writers(datastream, '"', 'null');
  const rows = lines(
    points,
    columns.map((name) => own[name]),
  );
  const head: Json = {
    'Datastream@iot.navigationLink': selfLink(root, datastream),
    components: columns,
    'dataArray@iot.count': points.length,
  };
  return [new JsonText(`${JSON.stringify(head).slice(0, -1)},"dataArray":[[${rows.join('],[')}]]}`)];
};

/** The same as entities in JSON of which nothing else is selected, ids neither. */
export const pointsJson = (
  datastream: Entity,
  points: readonly Point[],
  columns: readonly PointProperty[],
): readonly JsonText[] => {
  const own = writers(datastream, '"', 'null');
  const members = columns.map((name) => ({ head: `"${name}":`, write: own[name] }));
  return points.map(
    (point) => new JsonText(`{${members.map(({ head, write }) => `${head}${write(point)}`).join(',')}}`),
  );
};

/** The same as `entitiesCsv`, columns in the order of the model; their names stand there also when there is no row. */
export const pointsCsv = (datastream: Entity, points: readonly Point[], columns: readonly PointProperty[]): string => {
  const shown = pointProperties.filter((name) => columns.includes(name));
  const own = writers(datastream, '', '');
  const rows = lines(
    points,
    shown.map((name) => own[name]),
  );
  return [shown.join(','), ...rows, ''].join('\r\n');
};
