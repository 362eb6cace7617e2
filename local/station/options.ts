import { parseArgs } from 'node:util';
import * as z from 'zod';
import { entityIdSchema, type Position, positionSchema } from '../../shared/city/entities.ts';
import {
  type StationClass,
  stationClasses,
  stationClassSchema,
  stationCodeSchema,
} from '../../shared/city/station-class.ts';
import type { AppliedStandard } from '../../shared/environment/standards/applied-standard.ts';
import { standardsFromOptions } from './standards-option.ts';

const waterConcerns = ['organicPollution', 'pesticides', 'heavyMetals'] as const;
type WaterConcern = (typeof waterConcerns)[number];

export const stationUsage = `npm run station -- COMMAND

  add ID                        enters an air or water station into the registry, or changes it
      --kind air|water          (needed for a new one)
      --latitude D --longitude D  (needed for a new one)
      --name NAME               as people call it
      --class CLASS             ${stationClasses.join(', ')}: a reference station (trạm tham khảo,
                                TT 10/2021, Điều 29) may publish concentrations, but no index
      --standard ID[:CLASS]     what it is judged by, as often as needed, e.g. qcvn08-2023:B, or none; QCVN 05
                                for air and nothing for water where absent (docs/standards.md)
      --accept-unverified LIMIT a limit of these whose value nobody has verified, as often as needed
      --concern WHAT            what its water suffers from: ${waterConcerns.join(', ')}; or none. VN_WQI
                                then demands those groups, and weighs organic pollution double
      --code CODE               <province>_<facility>_<station> as its files are named, e.g. BD_BAUB_NUOBBA;
                                makes the sensor of that id, which keeps what the files say, and for a city
                                on this machine the station's folder, password and key for SFTP
      --interval SECONDS        how often a file should come (300)
      --cloud                   in AWS instead: the registry of TABLE_NAME
  list                          all stations  (--cloud)`;

export type AddStation = {
  readonly command: 'add';
  readonly cloud: boolean;
  readonly id: string;
  readonly kind?: 'air' | 'water';
  readonly position?: Position;
  readonly name?: string;
  readonly class?: StationClass;
  readonly standards?: readonly AppliedStandard[];
  readonly waterConcerns?: Record<WaterConcern, boolean>;
  readonly fileCode?: string;
  readonly intervalSeconds: number;
};

export type StationCommand =
  | AddStation
  | { readonly command: 'list'; readonly cloud: boolean }
  | { readonly command: 'help' };

const text = { type: 'string' } as const;
const definitions = {
  kind: text,
  latitude: text,
  longitude: text,
  name: text,
  class: text,
  code: text,
  standard: { ...text, multiple: true },
  'accept-unverified': { ...text, multiple: true },
  concern: { ...text, multiple: true },
  interval: text,
  cloud: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const concernsOf = (named: readonly string[]): Record<WaterConcern, boolean> => ({
  organicPollution: named.includes('organicPollution'),
  pesticides: named.includes('pesticides'),
  heavyMetals: named.includes('heavyMetals'),
});

const number = z.string().trim().min(1).transform(Number).pipe(z.number('a number'));

const addSchema = z
  .object({
    id: entityIdSchema,
    kind: z.enum(['air', 'water']).optional(),
    latitude: number.pipe(positionSchema.shape.latitude).optional(),
    longitude: number.pipe(positionSchema.shape.longitude).optional(),
    name: z.string().min(1).max(200).optional(),
    class: stationClassSchema.optional(),
    concern: z.array(z.enum([...waterConcerns, 'none'])).optional(),
    code: stationCodeSchema.optional(),
    interval: number.pipe(z.int().positive().max(604_800)).default(300),
  })
  .refine(
    ({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined),
    '--latitude and --longitude belong together',
  );

/** @throws Error in words for the person at the keyboard. */
export const readStationCommand = (args: readonly string[]): StationCommand => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const [command, id, ...rest] = positionals;
  const { cloud, help, ...options } = values;
  if (help || command === undefined || command === 'help') return { command: 'help' };
  if (rest.length > 0) throw new Error(`What is ${rest.join(' ')}?`);
  if (command === 'list') return { command, cloud };
  if (command !== 'add') throw new Error(`There is no command ${command}: add, list`);
  if (id === undefined) throw new Error("The station's ID is missing");
  const parsed = addSchema.safeParse({ ...options, id, ...(options.code && { code: options.code.toUpperCase() }) });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      ({ path, message }) =>
        `${path
          .slice(0, 1)
          .map((name) => `--${String(name)}: `)
          .join('')}${message}`,
    );
    throw new Error(faults.join('\n'));
  }
  const { latitude, longitude, code, interval, kind, name } = parsed.data;
  const standards = standardsFromOptions(options.standard, options['accept-unverified']);
  return {
    command,
    cloud,
    id,
    intervalSeconds: interval,
    ...(kind && { kind }),
    ...(name && { name }),
    ...(parsed.data.class && { class: parsed.data.class }),
    ...(standards && { standards }),
    ...(parsed.data.concern && { waterConcerns: concernsOf(parsed.data.concern) }),
    ...(code && { fileCode: code }),
    ...(latitude !== undefined && longitude !== undefined && { position: { latitude, longitude } }),
  };
};
