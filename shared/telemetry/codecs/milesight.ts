import type { CodecName } from '../../city/entities.ts';
import type { Observation } from '../observation.ts';
import { accept, type Result, refuse } from '../refusal.ts';

/** What a channel of a frame says; the frame has one instant, which the envelope knows. */
export type Measurement = Omit<Observation, 'measuredAt'>;

/** A channel's data: how many bytes, and what they say; without `read` they are the device's own affairs. */
type Channel = { readonly bytes: number; readonly read?: (frame: Buffer, at: number) => Measurement };

type ChannelTable = Readonly<Record<string, Channel>>;

/**
 * The manuals name no value for a lost echo or a failed probe. Both sensors measure 30 to 4,500 mm (data sheets), so the top
 * sixteen of 65,536, where 16-bit devices put such codes (0xFFFF, 0xFFFD, ...), cannot be distances: a lost echo is no
 * measurement, and no measurement is neither a full bin nor an empty one.
 */
const NO_ECHO_FROM = 0xfff0;

const battery: Channel = {
  bytes: 1,
  read: (frame, at) => ({ quantity: 'battery', value: frame.readUInt8(at) }),
};
const temperature: Channel = {
  bytes: 2,
  read: (frame, at) => ({ quantity: 'binTemperature', value: frame.readInt16LE(at) / 10 }),
};
const distance: Channel = {
  bytes: 2,
  read: (frame, at) => {
    const millimetres = frame.readUInt16LE(at);
    if (millimetres >= NO_ECHO_FROM) return { quantity: 'fillDistance', value: null, missing: 'no-echo' };
    return { quantity: 'fillDistance', value: millimetres };
  },
};
/** 0 upright, 1 tilted by 20° or more. */
const position: Channel = {
  bytes: 1,
  read: (frame, at) => ({ quantity: 'tilt', value: frame.readUInt8(at) }),
};

/** The value, then whether a threshold set in the device was crossed: the city judges by its own. */
const withAlarm = (channel: Channel): Channel => ({ ...channel, bytes: channel.bytes + 1 });

const silent = (bytes: number): Channel => ({ bytes });

/** Sent once after joining: protocol, hardware, firmware and TSL version, serial number, class, reset, power. */
const deviceInformation: ChannelTable = {
  ff01: silent(1),
  ff09: silent(2),
  ff0a: silent(2),
  ffff: silent(2),
  ff16: silent(8),
  ff0f: silent(1),
  fffe: silent(1),
  ff0b: silent(1),
};

/** The device repeats a setting that it was given: intervals, thresholds, modes, installation height. */
const settings = Object.entries({ '02': 2, '03': 2, '06': 9, '10': 1, '13': 1, '1c': 2, '28': 1, '3e': 1 })
  .concat(Object.entries({ '4a': 1, '56': 1, '70': 2, '71': 1, '77': 2 }))
  .flatMap(([type, bytes]) => [`fe${type}`, `ff${type}`].map((key): [string, Channel] => [key, silent(bytes)]));

const common: ChannelTable = { ...Object.fromEntries(settings), ...deviceInformation, '0175': battery };

/**
 * Channel id and type, in hexadecimal. Sources: Milesight's EM310-UDL and EM400-MUD user guides, "Uplink Data", and the payload
 * tables in Milesight-IoT/SensorDecoders (em-series/em310-udl, em-series/em400-mud).
 */
const tables: Readonly<Record<CodecName, ChannelTable>> = {
  'milesight-em310-udl': { ...common, '0382': distance, '0400': position },
  'milesight-em400-mud': {
    ...common,
    '0367': temperature,
    '0482': distance,
    '0500': position,
    '8367': withAlarm(temperature),
    '8482': withAlarm(distance),
  },
};

/**
 * What a Milesight frame says: channels one after another, each an id, a type and its data, little endian. Of a quantity that
 * comes twice (periodic value and alarm in one frame) the later one counts. Anything that is not in the device's manual refuses
 * the frame and names the byte, counted from 0.
 */
export const decodeMilesight = (codec: CodecName, frame: Buffer): Result<readonly Measurement[]> => {
  const table = tables[codec];
  const measurements = new Map<string, Measurement>();
  for (let at = 0; at < frame.length; ) {
    if (frame.length - at < 2) return refuse('undecodable-frame', `byte ${at}: one byte is left over`);
    const key = frame.toString('hex', at, at + 2);
    const channel = Object.hasOwn(table, key) ? table[key] : undefined;
    if (channel === undefined) {
      return refuse(
        'undecodable-frame',
        `byte ${at}: ${codec} has no channel ${key.slice(0, 2)} of type ${key.slice(2)}`,
      );
    }
    const data = at + 2;
    if (frame.length - data < channel.bytes) {
      const left = frame.length - data;
      return refuse(
        'undecodable-frame',
        `byte ${data}: channel ${key} has ${channel.bytes} bytes of data, ${left} are there`,
      );
    }
    const measurement = channel.read?.(frame, data);
    if (measurement !== undefined) measurements.set(measurement.quantity, measurement);
    at = data + channel.bytes;
  }
  return accept([...measurements.values()]);
};
