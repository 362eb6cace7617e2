/**
 * The functions a `$filter` may call: OGC SensorThings 1.1 (18-088, 9.3.3.5.2) and, from FROST, the relations of intervals.
 * What they take and give, by kind of value; `time` is an instant or an interval.
 */
export type ValueType =
  | 'boolean'
  | 'number'
  | 'string'
  | 'instant'
  | 'interval'
  | 'time'
  | 'date'
  | 'timeOfDay'
  | 'duration'
  | 'geometry'
  | 'id'
  | 'null'
  | 'any';

export type Signature = {
  readonly parameters: readonly ValueType[];
  /** How many of the last parameters may be left out. */
  readonly optional?: number;
  readonly result: ValueType;
};

const takes = (result: ValueType, ...parameters: ValueType[]): Signature => ({ parameters, result });

export const functions = {
  substringof: takes('boolean', 'string', 'string'),
  contains: takes('boolean', 'string', 'string'),
  endswith: takes('boolean', 'string', 'string'),
  startswith: takes('boolean', 'string', 'string'),
  length: takes('number', 'string'),
  indexof: takes('number', 'string', 'string'),
  substring: { parameters: ['string', 'number', 'number'], optional: 1, result: 'string' },
  tolower: takes('string', 'string'),
  toupper: takes('string', 'string'),
  trim: takes('string', 'string'),
  concat: takes('string', 'string', 'string'),
  year: takes('number', 'time'),
  month: takes('number', 'time'),
  day: takes('number', 'time'),
  hour: takes('number', 'time'),
  minute: takes('number', 'time'),
  second: takes('number', 'time'),
  fractionalseconds: takes('number', 'time'),
  date: takes('date', 'time'),
  time: takes('timeOfDay', 'time'),
  totaloffsetminutes: takes('number', 'time'),
  now: takes('instant'),
  mindatetime: takes('instant'),
  maxdatetime: takes('instant'),
  round: takes('number', 'number'),
  floor: takes('number', 'number'),
  ceiling: takes('number', 'number'),
  before: takes('boolean', 'time', 'time'),
  after: takes('boolean', 'time', 'time'),
  meets: takes('boolean', 'time', 'time'),
  during: takes('boolean', 'time', 'time'),
  overlaps: takes('boolean', 'time', 'time'),
  starts: takes('boolean', 'time', 'time'),
  finishes: takes('boolean', 'time', 'time'),
  'geo.distance': takes('number', 'geometry', 'geometry'),
  'geo.length': takes('number', 'geometry'),
  'geo.intersects': takes('boolean', 'geometry', 'geometry'),
  st_equals: takes('boolean', 'geometry', 'geometry'),
  st_disjoint: takes('boolean', 'geometry', 'geometry'),
  st_touches: takes('boolean', 'geometry', 'geometry'),
  st_within: takes('boolean', 'geometry', 'geometry'),
  st_overlaps: takes('boolean', 'geometry', 'geometry'),
  st_crosses: takes('boolean', 'geometry', 'geometry'),
  st_intersects: takes('boolean', 'geometry', 'geometry'),
  st_contains: takes('boolean', 'geometry', 'geometry'),
  st_relate: takes('boolean', 'geometry', 'geometry', 'string'),
} as const satisfies Record<string, Signature>;

export type FunctionName = keyof typeof functions;

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(functions, name);

export const signatureOf = (name: FunctionName): Signature => functions[name];
