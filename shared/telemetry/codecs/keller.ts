import type { Quantity } from '../quantity.ts';
import { accept, type Result } from '../refusal.ts';
import { lengthFault, refuseAt } from './frame.ts';
import { type Decode, latestOfEach, type Measurement, measured, measuredFloat } from './measurement.ts';

/** A channel that the city observes, and the factor from Keller's unit (bar, °C, mS/cm); `undefined` for the others. */
type Channel = { readonly quantity: Quantity; readonly factor: number } | undefined;

const HPA_PER_BAR = 1_000;

/** Pressure of the water alone, the air's taken off. */
const difference: Channel = { quantity: 'waterPressure', factor: HPA_PER_BAR };
const barometer: Channel = { quantity: 'airPressure', factor: HPA_PER_BAR };
const airTemperature: Channel = { quantity: 'airTemperature', factor: 1 };
const water: Channel = { quantity: 'waterTemperature', factor: 1 };
const conductivity: Channel = { quantity: 'conductivity', factor: 1_000 };
const other: Channel = undefined;

/** Difference, P1, P2, T, temperature at the first sensor, at the second. */
const probe = [difference, other, other, other, water, other];
const withBarometer = [...probe, barometer, airTemperature];
const withInputs = [...withBarometer, other, other];

/** By connection type: which sensors are attached, and so what each bit of the channel mask is. */
const channelsByConnection: Readonly<Record<number, readonly Channel[]>> = {
  0: probe,
  1: probe,
  2: withBarometer,
  3: withBarometer,
  4: withInputs,
  5: [...withInputs, difference],
  6: [...withInputs, other, other, other, other, other],
  7: [barometer, airTemperature, ...Array<Channel>(12).fill(other)],
  8: [other, water, ...Array<Channel>(10).fill(other), barometer, airTemperature, other],
  9: [...withInputs, conductivity, other],
  10: [...withInputs, conductivity, other],
  11: [other, water, conductivity, ...Array<Channel>(9).fill(other), barometer, airTemperature, other],
  13: [other, other, water, ...Array<Channel>(5).fill(other), barometer, airTemperature, other, other, other],
};

const MEASUREMENTS = 1;
const INFORMATION = 12;
const HEADER_BYTES = 4;

/** Function, connection type, mask of the channels (2 bytes), a float for each of them, lowest bit first. */
const readMeasurements = (frame: Buffer): Result<readonly Measurement[]> => {
  if (frame.length < HEADER_BYTES) return refuseAt(frame.length, `the header of ${HEADER_BYTES} bytes is cut short`);
  const connection = frame.readUInt8(1);
  const channels = channelsByConnection[connection];
  if (channels === undefined) return refuseAt(1, `connection type ${connection} is unknown`);
  const mask = frame.readUInt16BE(2);
  if (mask >>> channels.length !== 0) {
    return refuseAt(2, `channels 0x${mask.toString(16)}, but connection type ${connection} has ${channels.length}`);
  }
  const active = channels.filter((_, bit) => ((mask >>> bit) & 1) === 1);
  const fault = lengthFault(frame, HEADER_BYTES + 4 * active.length);
  if (fault !== undefined) return fault;
  return accept(
    latestOfEach(
      active.flatMap((channel, index) =>
        channel === undefined
          ? []
          : [measuredFloat(channel.quantity, frame.readFloatBE(HEADER_BYTES + 4 * index), channel.factor)],
      ),
    ),
  );
};

/**
 * KELLER ADT1 and ARC1, level and pressure (docs.kolibricloud.ch, "KELLER LoRa payload"; KellerAgTheThingsNetworkPayloadDecoder):
 * measurements as floats, and information with the battery's voltage and per cent. How deep the water is follows from the pressure
 * and where the probe hangs, which the device does not know.
 */
export const decodeAdt1: Decode = (frame): Result<readonly Measurement[]> => {
  if (frame.length === 0) return refuseAt(0, 'an empty frame');
  const kind = frame.readUInt8(0);
  if (kind === MEASUREMENTS) return readMeasurements(frame);
  if (kind !== INFORMATION) return refuseAt(0, `function ${kind}, known are ${MEASUREMENTS} and ${INFORMATION}`);
  return (
    lengthFault(frame, 20) ??
    accept([measured('battery', frame.readUInt8(18)), measuredFloat('batteryVoltage', frame.readFloatBE(14))])
  );
};
