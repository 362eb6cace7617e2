import { parseArgs } from 'node:util';
import { type Position, positionSchema, type WasteStream, wasteStreamSchema } from '../../shared/city/entities.ts';
import type { BinColumns } from './read-bins.ts';

export const importUsage = `npm run import -- FILE.geojson [options]

Registers an underground bin for every point of a GeoJSON feature collection in the running city.

Which property says what
  --id PROPERTY              the id (default: the feature's own)        --prefix TEXT     put before every id
  --name PROPERTY            the name (default: the id)                 --ward PROPERTY
  --stream PROPERTY          the kind of waste                          --stream-map WORD=other|food|recyclable,...
  --default-stream STREAM    where the file does not say
  --capacity PROPERTY        the volume                                 --capacity-unit m3|l (default m3)
What to assume for all
  --default-capacity LITRES  3000       --depth-mm MM  2450       --blind-zone-mm MM   250
  --service-level FRACTION   0.8        --service-seconds S  720  --approximate        positions are not surveyed
What a plan needs besides
  --with-sensors             a level sensor of the same id for each bin (--interval SECONDS, 1800)
  --assume-fill STREAM=F,... one invented reading a bin, sent as its sensor would send it (implies --with-sensors)
  --with-fleet               an assumed depot, disposal site and trucks where the city has none
                             (--trucks N, 4; --depot LAT,LON; --disposal-site LAT,LON; --city-name; --time-zone; --city-id)
  --dry-run                  read and check only
  --cloud                    in AWS instead: the registry that CITY_ID, TABLE_NAME and READING_STORE name`;

/** What the command line asks for. */
export type ImportOptions = {
  readonly file: string;
  readonly columns: BinColumns;
  readonly dryRun: boolean;
  readonly cloud: boolean;
  readonly withSensors: boolean;
  readonly intervalSeconds: number;
  readonly assumedFill: ReadonlyMap<WasteStream, number>;
  readonly withFleet: boolean;
  readonly trucks: number;
  readonly depot?: Position;
  readonly disposalSite?: Position;
  readonly cityId?: string;
  readonly cityName?: string;
  readonly timeZone?: string;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const definitions = {
  id: text,
  prefix: text,
  name: text,
  ward: text,
  stream: text,
  'stream-map': text,
  'default-stream': text,
  capacity: text,
  'capacity-unit': text,
  'default-capacity': text,
  'depth-mm': text,
  'blind-zone-mm': text,
  'service-level': text,
  'service-seconds': text,
  approximate: flag,
  'with-sensors': flag,
  interval: text,
  'assume-fill': text,
  'with-fleet': flag,
  trucks: text,
  depot: text,
  'disposal-site': text,
  'city-id': text,
  'city-name': text,
  'time-zone': text,
  'dry-run': flag,
  cloud: flag,
} as const;

const numberOf = (option: string, value: string | undefined, fallback: number): number => {
  const number = value === undefined ? fallback : Number(value);
  if (value?.trim() === '' || !Number.isFinite(number)) throw new Error(`--${option} wants a number, not "${value}"`);
  return number;
};

const pairsOf = (option: string, value: string | undefined): readonly (readonly [string, string])[] =>
  (value ?? '')
    .split(',')
    .filter((pair) => pair.trim() !== '')
    .map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at < 1) throw new Error(`--${option} wants WORD=VALUE, not "${pair}"`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const;
    });

const streamOf = (option: string, word: string): WasteStream => {
  const parsed = wasteStreamSchema.safeParse(word);
  if (!parsed.success) throw new Error(`--${option}: "${word}" is none of ${wasteStreamSchema.options.join(', ')}`);
  return parsed.data;
};

const positionOf = (option: string, value: string): Position => {
  const [latitude, longitude] = value.split(',').map(Number);
  const parsed = positionSchema.safeParse({ latitude, longitude });
  if (!parsed.success) throw new Error(`--${option} wants LATITUDE,LONGITUDE, not "${value}"`);
  return parsed.data;
};

const unitOf = (value: string | undefined): 'm3' | 'l' => {
  if (value === undefined || value === 'm3') return 'm3';
  if (value === 'l') return 'l';
  throw new Error(`--capacity-unit is m3 or l, not "${value}"`);
};

/** @throws Error in words for the person at the keyboard. */
export const readImportOptions = (args: readonly string[]): ImportOptions => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error('One GeoJSON file is wanted');
  const fills = pairsOf('assume-fill', values['assume-fill']);
  if (values.cloud && fills.length > 0) throw new Error('--assume-fill invents readings: not with --cloud');
  const defaultStream = values['default-stream'];
  return {
    file,
    columns: {
      ...(values.id !== undefined && { id: values.id }),
      prefix: values.prefix ?? '',
      ...(values.name !== undefined && { name: values.name }),
      ...(values.ward !== undefined && { ward: values.ward }),
      ...(values.stream !== undefined && { stream: values.stream }),
      streamMap: new Map(
        pairsOf('stream-map', values['stream-map']).map(([from, to]) => [from, streamOf('stream-map', to)]),
      ),
      ...(defaultStream !== undefined && { defaultStream: streamOf('default-stream', defaultStream) }),
      ...(values.capacity !== undefined && { capacity: values.capacity }),
      capacityUnit: unitOf(values['capacity-unit']),
      defaultCapacityLitres: numberOf('default-capacity', values['default-capacity'], 3_000),
      depthMm: numberOf('depth-mm', values['depth-mm'], 2_450),
      blindZoneMm: numberOf('blind-zone-mm', values['blind-zone-mm'], 250),
      serviceLevel: numberOf('service-level', values['service-level'], 0.8),
      serviceSeconds: numberOf('service-seconds', values['service-seconds'], 720),
      positionApproximate: values.approximate,
    },
    dryRun: values['dry-run'],
    cloud: values.cloud,
    withSensors: values['with-sensors'] || fills.length > 0,
    intervalSeconds: numberOf('interval', values.interval, 1_800),
    assumedFill: new Map(
      fills.map(([stream, fill]) => [streamOf('assume-fill', stream), numberOf('assume-fill', fill, 0)]),
    ),
    withFleet: values['with-fleet'],
    trucks: numberOf('trucks', values.trucks, 4),
    ...(values.depot !== undefined && { depot: positionOf('depot', values.depot) }),
    ...(values['disposal-site'] !== undefined && {
      disposalSite: positionOf('disposal-site', values['disposal-site']),
    }),
    ...(values['city-id'] !== undefined && { cityId: values['city-id'] }),
    ...(values['city-name'] !== undefined && { cityName: values['city-name'] }),
    ...(values['time-zone'] !== undefined && { timeZone: values['time-zone'] }),
  };
};
