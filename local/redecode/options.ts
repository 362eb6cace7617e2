import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Sensor } from '../../shared/city/entities.ts';
import { codecNames, isCodecName } from '../../shared/telemetry/codecs/registry.ts';
import { RAW_UPLINK_RETENTION_MS } from '../../shared/telemetry/raw-uplinks.ts';
import { isScriptReference } from '../../shared/telemetry/scripted-codecs/scripted-codec.ts';

export const redecodeUsage = `npm run redecode -- [options]

Decodes kept LoRaWAN frames again, after a codec was mended or a sensor was registered with the wrong one. What comes
out different becomes a correction with history; what comes out the same stays untouched. Frames are kept for ${RAW_UPLINK_RETENTION_MS / 86_400_000} days.

  --sensor ID      only this sensor; otherwise all that have a DevEui and a codec
  --from INSTANT   only frames heard from here on, ISO 8601 with Z or an offset, or a date (UTC)
  --to INSTANT     only frames heard before
  --codec NAME     by this codec (or script:NAME) instead of the sensor's own; needs --sensor
  --dry-run        only count what would change

Of the city running here; on AWS, of the one that TABLE_NAME and READING_STORE in the environment name.`;

export type RedecodeArguments = {
  readonly sensorId?: string;
  /** UTC epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly codec?: NonNullable<Sensor['codec']>;
  readonly dryRun: boolean;
};

/** Something on the command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const instantSchema = z.union([z.iso.datetime({ offset: true }), z.iso.date()]);

const readInstant = (option: string, text: string): number => {
  if (!instantSchema.safeParse(text).success) throw new UsageError(`--${option} ${text}: neither ISO 8601 nor a date`);
  return Date.parse(text);
};

const readCodec = (name: string): NonNullable<Sensor['codec']> => {
  if (isCodecName(name) || isScriptReference(name)) return name;
  throw new UsageError(`--codec ${name}: neither script:NAME nor one of ${codecNames.join(', ')}`);
};

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { sensor: text, from: text, to: text, codec: text, 'dry-run': flag, help: flag };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/**
 * What the command line asks for; `undefined` when it asks for help. Without `--from` and `--to`, everything that is kept at `now`.
 * @throws UsageError naming what is wrong.
 */
export const readRedecodeArguments = (args: readonly string[], now: number): RedecodeArguments | undefined => {
  const { sensor, from, to, codec, help, ...rest } = parse(args);
  if (help) return undefined;
  if (codec !== undefined && sensor === undefined) throw new UsageError('--codec needs --sensor');
  const range = {
    from: from === undefined ? now - RAW_UPLINK_RETENTION_MS : readInstant('from', from),
    to: to === undefined ? now + 86_400_000 : readInstant('to', to),
  };
  if (range.from >= range.to) throw new UsageError('--from is not before --to');
  return {
    ...range,
    dryRun: rest['dry-run'],
    ...(sensor !== undefined && { sensorId: sensor }),
    ...(codec !== undefined && { codec: readCodec(codec) }),
  };
};
