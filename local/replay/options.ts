import { parseArgs } from 'node:util';
import { isQuantity, type Quantity } from '../../shared/telemetry/quantity.ts';
import { toCanonical } from '../../shared/telemetry/units.ts';

export const replayUsage = `npm run replay -- FILE.csv --map COLUMN=QUANTITY[:UNIT],... [options]

Publishes a CSV time series through MQTT as sensors would, and accounts for every reading.

What the columns say
  --map PM2.5=pm25,CO=co:µg/m³   which column holds which quantity, and in what unit if not the canonical one
  --time COLUMN                  (time)    --time-format FORMAT   iso | epoch-ms | epoch-s | e.g. "DD-MM-YYYY HH:mm" (iso)
  --time-zone ZONE               of a wall-clock format (Asia/Ho_Chi_Minh)
  --sensor COLUMN                which sensor a row belongs to; or --sensor-id ID for a file of one sensor
  --sensor-prefix TEXT           put before every sensor's name in the file
  --delimiter SIGN               (,)
Who may speak
  --register                     registers sensors, and the sites they stand at, that the city does not know yet
  --kind air|water|bin           (air)     --latitude DEG --longitude DEG    where; marked as approximate
  --interval SECONDS             between two readings of a sensor (3600)
How fast
  --speed N                      N times as fast as it was measured, by the file's own times
  --rows-per-second N            or so many rows a second
  --as-fast-as-possible          or as fast as the city takes them (the default)
  --batch N                      rows of a sensor in one message, as a back-fill array (1)
  --limit N                      the first N rows only`;

export type MappedColumn = { readonly column: string; readonly quantity: Quantity; readonly unit?: string };

export type Pace =
  | { readonly kind: 'free' }
  | { readonly kind: 'rows-per-second'; readonly rows: number }
  | { readonly kind: 'real-time'; readonly speed: number };

export type ReplayOptions = {
  readonly file: string;
  readonly columns: readonly MappedColumn[];
  readonly time: string;
  readonly timeFormat: string;
  readonly timeZone: string;
  /** Column that names the sensor, or the one sensor of the file. */
  readonly sensor: { readonly column: string } | { readonly id: string };
  readonly sensorPrefix: string;
  readonly delimiter: string;
  readonly register: boolean;
  readonly kind: 'air' | 'water' | 'bin';
  readonly position?: { readonly latitude: number; readonly longitude: number };
  readonly intervalSeconds: number;
  readonly pace: Pace;
  readonly batch: number;
  readonly limit: number;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const definitions = {
  map: text,
  time: text,
  'time-format': text,
  'time-zone': text,
  sensor: text,
  'sensor-id': text,
  'sensor-prefix': text,
  delimiter: text,
  register: flag,
  kind: text,
  latitude: text,
  longitude: text,
  interval: text,
  speed: text,
  'rows-per-second': text,
  'as-fast-as-possible': flag,
  batch: text,
  limit: text,
} as const;

/** @throws Error that names the option. */
export const numberOf = (option: string, value: string, least: number, most = Number.POSITIVE_INFINITY): number => {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (number >= least && number <= most) return number;
  throw new Error(
    `--${option} wants a number of at least ${least}${most < Infinity ? ` and at most ${most}` : ''}, not "${value}"`,
  );
};

/** @throws Error that names the option. */
export const wholeNumberOf = (option: string, value: string, most: number): number => {
  const number = numberOf(option, value, 1, most);
  if (Number.isInteger(number)) return number;
  throw new Error(`--${option} wants a whole number, not "${value}"`);
};

/** Units and quantities are checked here, so that a slip of the keyboard is not refused fifty thousand times. */
export const columnOf = (pair: string): MappedColumn => {
  const [column = '', target = ''] = splitAt(pair, pair.lastIndexOf('='));
  const [quantity = '', unit] = target.includes(':') ? splitAt(target, target.indexOf(':')) : [target];
  if (column === '' || quantity === '') throw new Error(`--map wants COLUMN=QUANTITY, not "${pair}"`);
  if (!isQuantity(quantity)) throw new Error(`--map: "${quantity}" is not a quantity we know`);
  if (unit !== undefined && toCanonical(quantity, 1, unit) === undefined) {
    throw new Error(`--map: "${unit}" is no unit of ${quantity}`);
  }
  return { column, quantity, ...(unit !== undefined && { unit }) };
};

const splitAt = (value: string, at: number): readonly [string, string] => [
  value.slice(0, Math.max(0, at)).trim(),
  value.slice(at + 1).trim(),
];

const paceOf = (speed: string | undefined, rowsPerSecond: string | undefined, free: boolean): Pace => {
  const given = [speed !== undefined, rowsPerSecond !== undefined, free].filter(Boolean).length;
  if (given > 1) throw new Error('One of --speed, --rows-per-second and --as-fast-as-possible is enough');
  if (speed !== undefined) return { kind: 'real-time', speed: numberOf('speed', speed, 0.001) };
  if (rowsPerSecond === undefined) return { kind: 'free' };
  return { kind: 'rows-per-second', rows: numberOf('rows-per-second', rowsPerSecond, 0.001) };
};

const kindOf = (value: string): 'air' | 'water' | 'bin' => {
  if (value === 'air' || value === 'water' || value === 'bin') return value;
  throw new Error(`--kind is air, water or bin, not "${value}"`);
};

const sensorOf = (column: string | undefined, id: string | undefined): ReplayOptions['sensor'] => {
  if (column !== undefined && id === undefined) return { column };
  if (id !== undefined && column === undefined) return { id };
  throw new Error('One of --sensor COLUMN and --sensor-id ID is wanted');
};

const positionOf = (latitude: string | undefined, longitude: string | undefined): Pick<ReplayOptions, 'position'> => {
  if (latitude === undefined && longitude === undefined) return {};
  return {
    position: {
      latitude: numberOf('latitude', latitude ?? '', -90, 90),
      longitude: numberOf('longitude', longitude ?? '', -180, 180),
    },
  };
};

/** @throws Error in words for the person at the keyboard. */
export const readReplayOptions = (args: readonly string[]): ReplayOptions => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error('One CSV file is wanted');
  const columns = (values.map ?? '')
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map(columnOf);
  if (columns.length === 0) throw new Error('--map is wanted: which column holds which quantity');
  if (new Set(columns.map(({ quantity }) => quantity)).size < columns.length) {
    throw new Error('--map: one quantity comes from two columns');
  }
  const place = positionOf(values.latitude, values.longitude);
  if (values.register && place.position === undefined) throw new Error('--register wants --latitude and --longitude');
  return {
    file,
    columns,
    time: values.time ?? 'time',
    timeFormat: values['time-format'] ?? 'iso',
    timeZone: values['time-zone'] ?? 'Asia/Ho_Chi_Minh',
    sensor: sensorOf(values.sensor, values['sensor-id']),
    sensorPrefix: values['sensor-prefix'] ?? '',
    delimiter: values.delimiter ?? ',',
    register: values.register,
    kind: kindOf(values.kind ?? 'air'),
    ...place,
    intervalSeconds: wholeNumberOf('interval', values.interval ?? '3600', 604_800),
    pace: paceOf(values.speed, values['rows-per-second'], values['as-fast-as-possible']),
    batch: wholeNumberOf('batch', values.batch ?? '1', 500),
    limit: values.limit === undefined ? Number.POSITIVE_INFINITY : wholeNumberOf('limit', values.limit, 1e12),
  };
};
