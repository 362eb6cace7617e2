import type { Quantity } from '../quantity.ts';
import type { Result } from '../refusal.ts';
import { decodeBrighterBins } from './brighterbins.ts';
import { decodeDlCtd10, decodeDlMbx, decodeDlNtu, decodeDlOptod, decodeDlPheht, decodeDlPm } from './decentlab.ts';
import { decodeDf702 } from './dingtek.ts';
import { decodeDds, decodeDds3, decodeLdds } from './dragino-distance.ts';
import { decodeLaq4 } from './dragino-laq4.ts';
import { decodeWqs } from './dragino-wqs.ts';
import { decodeElsys } from './elsys.ts';
import { refuseAt } from './frame.ts';
import { decodeAdt1 } from './keller.ts';
import type { Decode, Measurement } from './measurement.ts';
import { decodeAm107, decodeAm319 } from './milesight-ambience.ts';
import { decodeEm310Udl, decodeEm400Mud, decodeEm400Tld, decodeEm400Udl, decodeEm500Udl } from './milesight-level.ts';
import { decodeR718pe } from './netvox.ts';
import { decodeTek766, TEK766_LOG_INTERVAL_SECONDS } from './tekelek.ts';
import { decodeTeneo } from './teneo.ts';
import { decodeTerabee } from './terabee.ts';
import { decodeWilsen } from './wilsen.ts';

/** A device whose binary payloads we decode. */
export type Codec = {
  /** Counts up whenever a frame would decode to something else than before, so that history can be decoded again. */
  readonly version: number;
  /** LoRaWAN ports of its uplinks, the one as delivered first. */
  readonly ports: readonly number[];
  readonly decode: Decode;
  /** What it may say, by frame, model and equipment. */
  readonly quantities: readonly Quantity[];
  /** How far apart the earlier readings lie that it repeats, unless the registry says otherwise. */
  readonly logIntervalSeconds?: number;
};

const codec = (decode: Decode, ports: readonly number[], quantities: readonly Quantity[]): Codec => ({
  version: 1,
  ports,
  decode,
  quantities,
});

/**
 * Milesight's application port is a setting: 85 as delivered, and frames that their vendor's partners publish come on others. LoRaWAN
 * leaves 1 to 223 to applications.
 */
const milesightPorts = [85, ...Array.from({ length: 223 }, (_, index) => index + 1).filter((port) => port !== 85)];

/** 5 as delivered, 6 for settings; its partners publish frames on 1. */
const elsysPorts = [5, 6, 1];

const em400: readonly Quantity[] = ['battery', 'binTemperature', 'fillDistance', 'tilt'];
const draginoLevel: readonly Quantity[] = ['batteryVoltage', 'fillDistance', 'binTemperature'];
const ambience: readonly Quantity[] = ['battery', 'airTemperature', 'relativeHumidity', 'co2', 'airPressure'];

/** Every built-in codec by the name that the registry of sensors uses; sources and sentinels in docs/devices.md. */
export const codecs = {
  'milesight-em310-udl': codec(decodeEm310Udl, milesightPorts, ['battery', 'fillDistance', 'tilt']),
  'milesight-em400-mud': codec(decodeEm400Mud, milesightPorts, em400),
  'milesight-em400-tld': codec(decodeEm400Tld, milesightPorts, em400),
  'milesight-em400-udl': codec(decodeEm400Udl, milesightPorts, em400),
  'milesight-em500-udl': codec(decodeEm500Udl, milesightPorts, ['battery', 'fillDistance']),
  'milesight-am107': codec(decodeAm107, milesightPorts, [...ambience, 'tvoc', 'illuminance']),
  'milesight-am319': codec(decodeAm319, milesightPorts, [
    ...ambience,
    'tvocIndex',
    'tvocMass',
    'formaldehyde',
    'pm25',
    'pm10',
    'o3',
  ]),
  'dragino-ldds75': codec(decodeLdds, [2], draginoLevel),
  'dragino-ldds45': codec(decodeLdds, [2], draginoLevel),
  'dragino-ldds20': codec(decodeLdds, [2], draginoLevel),
  'dragino-dds75-lb': codec(decodeDds, [2, 3, 5], draginoLevel),
  'dragino-dds45-lb': codec(decodeDds, [2, 3, 5], draginoLevel),
  'dragino-dds20-lb': codec(decodeDds, [2, 3, 5], draginoLevel),
  'dragino-dds75-3-lb': codec(decodeDds3, [2, 3, 5], [...draginoLevel, 'fillDistance2', 'fillDistance3']),
  'dragino-wqs-lb': codec(
    decodeWqs,
    [2, 3, 5],
    [
      'batteryVoltage',
      'waterTemperature',
      'turbidity',
      'dissolvedOxygen',
      'redox',
      'conductivity',
      'salinity',
      'ph',
      'freeChlorine',
    ],
  ),
  'dragino-laq4': codec(decodeLaq4, [2], ['batteryVoltage', 'tvoc', 'co2', 'airTemperature', 'relativeHumidity']),
  'decentlab-dl-mbx': codec(decodeDlMbx, [1], ['batteryVoltage', 'fillDistance']),
  'decentlab-dl-pm': codec(
    decodeDlPm,
    [1],
    ['batteryVoltage', 'pm1', 'pm25', 'pm4', 'pm10', 'airTemperature', 'relativeHumidity', 'airPressure'],
  ),
  'decentlab-dl-ntu': codec(decodeDlNtu, [1], ['batteryVoltage', 'waterTemperature', 'turbidity', 'tss']),
  'decentlab-dl-optod': codec(
    decodeDlOptod,
    [1],
    ['batteryVoltage', 'waterTemperature', 'oxygenSaturation', 'dissolvedOxygen'],
  ),
  'decentlab-dl-pheht': codec(decodeDlPheht, [1], ['batteryVoltage', 'waterTemperature', 'ph', 'redox']),
  'decentlab-dl-ctd10': codec(decodeDlCtd10, [1], ['batteryVoltage', 'waterTemperature', 'waterDepth', 'conductivity']),
  'dingtek-df702': codec(decodeDf702, [3], ['fillDistance', 'binTemperature', 'fireAlarm', 'tilt', 'lowBattery']),
  brighterbins: codec(
    decodeBrighterBins,
    [1],
    ['battery', 'batteryVoltage', 'binTemperature', 'fillLevel', 'fillDistance', 'fireAlarm'],
  ),
  'tekelek-tek766': {
    ...codec(decodeTek766, [0x10, 0x30, 0x45], ['fillDistance', 'binTemperature', 'battery']),
    logIntervalSeconds: TEK766_LOG_INTERVAL_SECONDS,
  },
  'pepperl-fuchs-wilsen': codec(decodeWilsen, [1], ['fillDistance', 'fillLevel', 'binTemperature', 'batteryVoltage']),
  'terabee-lm-xl': codec(decodeTerabee, [1], ['fillDistance', 'fillLevel', 'batteryVoltage']),
  'teneo-filling-degree': codec(
    decodeTeneo,
    [1, 2, 3],
    ['fillDistance', 'binTemperature', 'relativeHumidity', 'batteryVoltage'],
  ),
  'netvox-r718pe': codec(decodeR718pe, [6, 7], ['batteryVoltage', 'lowBattery', 'fillDistance', 'fillLevel']),
  elsys: {
    ...codec(decodeElsys, elsysPorts, [
      'airTemperature',
      'relativeHumidity',
      'illuminance',
      'co2',
      'batteryVoltage',
      'probeTemperature',
      'fillDistance',
      'airPressure',
      'tvoc',
    ]),
    // Port 1 is taken since version 2.
    version: 2,
  },
  'keller-adt1': codec(
    decodeAdt1,
    [1, 4, 5],
    ['waterPressure', 'waterTemperature', 'airPressure', 'airTemperature', 'conductivity', 'battery', 'batteryVoltage'],
  ),
} as const satisfies Record<string, Codec>;

export type CodecName = keyof typeof codecs;

export const codecNames = Object.keys(codecs) as readonly CodecName[];

export const isCodecName = (name: string): name is CodecName => Object.hasOwn(codecs, name);

/** The codec of that name, seen as any other. */
export const codecOf = (name: CodecName): Codec => codecs[name];

const showPorts = (ports: readonly number[]): string =>
  ports === milesightPorts ? 'a port from 1 to 223' : `port ${ports.join(', ')}`;

/**
 * What a frame of a device says; pure, and refused with the byte at fault, counted from 0, where it is not in the vendor's
 * description: another port, too short, too long, unknown parts. The port is refused as of byte 0, which it speaks about.
 */
export const decodeFrame = (name: CodecName, frame: Buffer, fPort: number): Result<readonly Measurement[]> => {
  const { ports, decode } = codecOf(name);
  if (!ports.includes(fPort)) return refuseAt(0, `${name} sends on ${showPorts(ports)}, not on ${fPort}`);
  return frame.length === 0 ? refuseAt(0, `an empty frame on port ${fPort}`) : decode(frame, fPort);
};
