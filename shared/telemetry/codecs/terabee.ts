import { accept } from '../refusal.ts';
import { lengthFault } from './frame.ts';
import { absent, type Decode, type Measurement, measured } from './measurement.ts';

const distanceOf = (millimetres: number): Measurement => {
  switch (millimetres) {
    case 0:
      return absent('fillDistance', 'too-close');
    case 1:
      return absent('fillDistance', 'invalid-reading');
    case 0xffff:
      return absent('fillDistance', 'too-far');
    default:
      return measured('fillDistance', millimetres);
  }
};

/** Bits of the last byte. Reset (0) and sleep (1) do not touch the values. */
const BATTERY_UNREAD = 0b0100;
const SENSOR_SILENT = 0b1000;
const LEVEL_ERROR = 255;

/**
 * Terabee LoRa Level Monitoring XL (user manual, "Payload"; TheThingsNetwork/lorawan-devices, vendor/terabee/lora-lm-xl): distance
 * (mm), fill level (%), battery (mV), error bits. The level is the device's own, by the empty and full distances set in it.
 */
export const decodeTerabee: Decode = (frame) => {
  const fault = lengthFault(frame, 6);
  if (fault !== undefined) return fault;
  const errors = frame.readUInt8(5);
  const isSilent = (errors & SENSOR_SILENT) !== 0;
  const distance = isSilent ? absent('fillDistance', 'sensor-error') : distanceOf(frame.readUInt16BE(0));
  const level = frame.readUInt8(2);
  // A level next to a distance that is none was not measured either.
  const hasLevel = level !== LEVEL_ERROR && distance.value !== null;
  const isBatteryUnread = (errors & BATTERY_UNREAD) !== 0;
  return accept([
    distance,
    hasLevel ? measured('fillLevel', level) : absent('fillLevel', distance.missing ?? 'sensor-error'),
    isBatteryUnread
      ? absent('batteryVoltage', 'sensor-error')
      : measured('batteryVoltage', frame.readUInt16BE(3) / 1_000),
  ]);
};
