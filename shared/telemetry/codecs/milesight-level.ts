import { absent, measured, NO_ECHO_FROM } from './measurement.ts';
import {
  type Channel,
  type ChannelTable,
  deviceInformation,
  milesight,
  settings,
  silent,
  withAlarm,
} from './milesight.ts';

type FixedChannel = Channel & { readonly bytes: number };

const battery: Channel = { bytes: 1, read: (frame, at) => measured('battery', frame.readUInt8(at)) };

const temperature: FixedChannel = {
  bytes: 2,
  read: (frame, at) => measured('binTemperature', frame.readInt16LE(at) / 10),
};

/** The manuals name no value for a lost echo; see `NO_ECHO_FROM`. */
const distance: FixedChannel = {
  bytes: 2,
  read: (frame, at) => {
    const millimetres = frame.readUInt16LE(at);
    return millimetres >= NO_ECHO_FROM ? absent('fillDistance', 'no-echo') : measured('fillDistance', millimetres);
  },
};

/** 0 upright, 1 tilted by 20° or more. */
const position: Channel = { bytes: 1, read: (frame, at) => measured('tilt', frame.readUInt8(at)) };

/** An alarm of the EM500 carries tenths of a millimetre (distance, sudden change, kind of alarm), says the vendor's decoder. */
const alarmDistance: Channel = {
  bytes: 5,
  read: (frame, at) => {
    const tenths = frame.readUInt16LE(at);
    return tenths >= NO_ECHO_FROM ? absent('fillDistance', 'no-echo') : measured('fillDistance', tenths / 10);
  },
};

/** Resent after an outage: Unix seconds, then the distance of then. */
const pastDistance: Channel = {
  bytes: 6,
  read: (frame, at) => {
    const millimetres = frame.readUInt16LE(at + 4);
    const measuredAt = frame.readUInt32LE(at) * 1_000;
    return millimetres >= NO_ECHO_FROM
      ? { ...absent('fillDistance', 'no-echo'), measuredAt }
      : { ...measured('fillDistance', millimetres), measuredAt };
  },
};

const common: ChannelTable = {
  ...settings({ '02': 2, '03': 2, '06': 9, '10': 1, '13': 1, '1c': 2, '28': 1, '3e': 1 }),
  ...settings({ '4a': 1, '56': 1, '70': 2, '71': 1, '77': 2 }),
  ...deviceInformation,
  '0175': battery,
};

/** Milesight EM310-UDL user guide, "Uplink Data"; Milesight-IoT/SensorDecoders, em-series/em310-udl. */
export const decodeEm310Udl = milesight('milesight-em310-udl', { ...common, '0382': distance, '0400': position });

/** One payload for three sensors (MUD radar, TLD laser, UDL ultrasonic); `0688` is the position of the NB-IoT variants. */
const em400: ChannelTable = {
  ...common,
  '0367': temperature,
  '0482': distance,
  '0500': position,
  '0688': silent(9),
  '8367': withAlarm(temperature),
  '8482': withAlarm(distance),
};

/** Milesight EM400-MUD, -TLD and -UDL user guides, "Uplink Data"; SensorDecoders, em-series/em400-mud, -tld, -udl. */
export const decodeEm400Mud = milesight('milesight-em400-mud', em400);
export const decodeEm400Tld = milesight('milesight-em400-tld', em400);
export const decodeEm400Udl = milesight('milesight-em400-udl', em400);

/** Milesight EM500-UDL user guide, "Uplink Data"; SensorDecoders, em-series/em500-udl. */
export const decodeEm500Udl = milesight('milesight-em500-udl', {
  ...settings({ '02': 2, '03': 2, '06': 9, '10': 1, '11': 4, '17': 2, '1c': 2, '27': 1, '28': 1, '35': 8, '3b': 1 }),
  ...settings({ '4a': 1, '68': 1, '69': 1, '6a': 3, '84': 1, '96': 8, f1: 4, f2: 2, f5: 1 }),
  ...deviceInformation,
  '0175': battery,
  '0382': distance,
  '20ce': pastDistance,
  '83e9': alarmDistance,
});
