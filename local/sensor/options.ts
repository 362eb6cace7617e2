import { parseArgs } from 'node:util';
import type * as z from 'zod';
import { codecSchema, entityIdSchema, positionSchema, type Sensor, sensorSchema } from '../../shared/city/entities.ts';
import { NETWORK_SERVER_THING } from '../mqtt/policy.ts';
import { sensorFileColumns } from './sensor-file.ts';

const NAMES_IN_A_LINE = 4;

/** The codecs' names, a few in a line, below the options' descriptions. */
const inLines = (names: readonly string[]): string =>
  Array.from({ length: Math.ceil(names.length / NAMES_IN_A_LINE) }, (_, line) =>
    names.slice(line * NAMES_IN_A_LINE, (line + 1) * NAMES_IN_A_LINE).join(', '),
  )
    .map((line) => `${' '.repeat(34)}${line}`)
    .join('\n');

export const sensorUsage = `npm run sensor -- COMMAND

  add ID --kind bin|air|water   enters a sensor into the registry, or changes what is named of it (the rest stays), and writes its
                                key and certificate
      --site SITE_ID            the bin or station it observes
      --latitude D --longitude D  creates the site where there is none (without --site one of the sensor's own id),
                                with usual values to be corrected later
      --interval SECONDS        how often it should report (900)
      --dev-eui HEX             a LoRaWAN device: 16 hexadecimal digits; it needs no certificate
      --serial NUMBER           the maker's serial number, by which a new device may fetch its certificate itself
      --csr FILE                a certificate for the key that the device made itself (PEM), instead of a new key
      --claim                   registers only: the device fetches its certificate with a claim certificate (AWS)
      --codec NAME              how its frames are read, one of
${inLines(codecSchema.options)}
                                 or script:NAME, one that the city brought along (npm run codec)
      --settings JSON           quality thresholds, corrections and health limits of its own (docs/quality.md), e.g.
                                '{"corrections":["ultrasonic-temperature@1"],"health":{"batteryPercent":30}}'
      --cloud                   in AWS instead: registry of TABLE_NAME, thing and certificate in IoT Core
  list                          all sensors  (--cloud)
  retire ID                     its certificate is revoked and what it sends is refused; its history stays  (--cloud)
  renew ID                      a new certificate; the one it has stops working  (--csr FILE, --cloud)
  import FILE.csv               adds a sensor a line, columns ${sensorFileColumns.join(',')};
                                tells the lines at fault, and may be run again  (--dry-run, --claim, --cloud)
  certificate ID                key and certificate without the registry; "${NETWORK_SERVER_THING}" for a network server

Keys and certificates lie in certificates/ under PHOSACH_HOME (.phosach).`;

export type AddOptions = {
  readonly command: 'add';
  readonly cloud: boolean;
  /** As it is to be where the registry does not know it. */
  readonly sensor: Sensor;
  /** Only what the command line says: the rest of a known sensor stays. */
  readonly named: Partial<Sensor>;
  /** Where the site lies if it must be created. */
  readonly position?: z.infer<typeof positionSchema>;
  /** File of the CSR. */
  readonly csr?: string;
  readonly claim: boolean;
};

export type SensorCommand =
  | AddOptions
  | { readonly command: 'list'; readonly cloud: boolean }
  | { readonly command: 'retire'; readonly cloud: boolean; readonly id: string }
  | { readonly command: 'renew'; readonly cloud: boolean; readonly id: string; readonly csr?: string }
  | {
      readonly command: 'import';
      readonly cloud: boolean;
      readonly file: string;
      readonly dryRun: boolean;
      readonly claim: boolean;
    }
  | { readonly command: 'certificate'; readonly id: string }
  | { readonly command: 'help' };

const text = { type: 'string' } as const;
const definitions = {
  kind: text,
  site: text,
  latitude: text,
  longitude: text,
  interval: text,
  'dev-eui': text,
  codec: text,
  serial: text,
  csr: text,
  claim: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  settings: text,
  cloud: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @throws Error in words for the person at the keyboard. */
export const readSensorCommand = (args: readonly string[]): SensorCommand => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const [command, id, ...rest] = positionals;
  if (values.help || command === undefined || command === 'help') return { command: 'help' };
  if (rest.length > 0) throw new Error(`What is ${rest.join(' ')}?`);
  if (command === 'list') return { command, cloud: values.cloud };
  if (command === 'retire') return { command, cloud: values.cloud, id: sensorId(id) };
  if (command === 'certificate') return { command, id: thingName(id) };
  const csr = values.csr === undefined ? {} : { csr: values.csr };
  if (command === 'renew') return { command, cloud: values.cloud, id: sensorId(id), ...csr };
  if (command === 'import') {
    if (id === undefined) throw new Error('One CSV file is wanted');
    return { command, cloud: values.cloud, file: id, dryRun: values['dry-run'], claim: values.claim };
  }
  if (command === 'add') return readAdd(sensorId(id), values);
  throw new Error(`There is no command ${command}: add, list, retire, renew, import, certificate`);
};

type Values = ReturnType<typeof parseArgs<{ options: typeof definitions }>>['values'];

const readAdd = (id: string, values: Values): AddOptions => {
  if (values.kind === undefined) throw new Error('--kind is missing: bin, air or water');
  const position = readPosition(values);
  const siteId = values.site ?? (position && id);
  const said = {
    id,
    kind: values.kind,
    ...(siteId !== undefined && { siteId }),
    ...(values['dev-eui'] !== undefined && { devEui: values['dev-eui'].toLowerCase() }),
    ...(values.codec !== undefined && { codec: values.codec }),
    ...(values.serial !== undefined && { serialNumber: values.serial }),
    ...readSettings(values.settings),
    ...(values.interval !== undefined && { intervalSeconds: numberOf('interval', values.interval) }),
  };
  const sensor = parse(sensorSchema, said, {
    kind: '--kind',
    siteId: '--site',
    devEui: '--dev-eui',
    codec: '--codec',
    serialNumber: '--serial',
    intervalSeconds: '--interval',
  });
  if (values.csr !== undefined && sensor.devEui !== undefined)
    throw new Error('--csr: a LoRaWAN device has no certificate');
  if (values.csr !== undefined && values.claim) throw new Error('--csr and --claim exclude each other');
  return {
    command: 'add',
    cloud: values.cloud === true,
    claim: values.claim === true,
    sensor,
    named: Object.fromEntries(Object.entries(sensor).filter(([name]) => Object.hasOwn(said, name))),
    ...(position && { position }),
    ...(values.csr !== undefined && { csr: values.csr }),
  };
};

const settingsSchema = sensorSchema.pick({ thresholds: true, corrections: true, health: true }).strict();

/** Other members than these have options of their own. */
const readSettings = (json: string | undefined): z.infer<typeof settingsSchema> => {
  if (json === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Error(`--settings wants JSON, not ${json}`);
  }
  return parse(settingsSchema, value, {});
};

const readPosition = ({ latitude, longitude }: Values): z.infer<typeof positionSchema> | undefined => {
  if (latitude === undefined && longitude === undefined) return undefined;
  if (latitude === undefined || longitude === undefined) {
    throw new Error('--latitude and --longitude belong together');
  }
  const position = { latitude: numberOf('latitude', latitude), longitude: numberOf('longitude', longitude) };
  return parse(positionSchema, position, { latitude: '--latitude', longitude: '--longitude' });
};

const numberOf = (option: string, value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new Error(`--${option} wants a number, not "${value}"`);
  return number;
};

const thingName = (id: string | undefined): string => {
  if (id === undefined) throw new Error("The sensor's ID is missing");
  return parse(entityIdSchema, id, { '': `The ID "${id}"` });
};

const sensorId = (id: string | undefined): string => {
  const name = thingName(id);
  // A device of that name would be let into every network server's topics.
  if (name === NETWORK_SERVER_THING) throw new Error(`No sensor can be called ${NETWORK_SERVER_THING}`);
  return name;
};

/** Schema faults, told by the option that caused them. */
const parse = <S extends z.ZodType>(
  schema: S,
  value: unknown,
  optionOf: Readonly<Record<string, string>>,
): z.infer<S> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${optionOf[path.join('.')] ?? path.join('.')}: ${message}`,
  );
  throw new Error(faults.join('\n'));
};
