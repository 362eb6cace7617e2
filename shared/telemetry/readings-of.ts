import type { Sensor } from '../city/entities.ts';
import type { Measurement } from './codecs/measurement.ts';
import { codecOf, decodeFrame } from './codecs/registry.ts';
import type { LorawanFrame } from './envelopes/lorawan-frame.ts';
import type { Observation } from './observation.ts';
import type { OpenedUplink } from './open-uplink.ts';
import { assess, isTooFarAhead } from './quality.ts';
import type { Reading } from './reading.ts';
import { accept, quote, type Result, refuse, showInstant } from './refusal.ts';

/** When a measurement was made: with the frame, unless the device says otherwise. `heardAt` is UTC epoch milliseconds. */
const momentOf = ({ measuredAt, intervalsAgo = 0 }: Measurement, heardAt: number, intervalSeconds: number): number =>
  measuredAt ?? heardAt - intervalsAgo * intervalSeconds * 1_000;

const observationsOf = (frame: LorawanFrame, sensor: Sensor, receivedAt: number): Result<readonly Observation[]> => {
  if (frame.bytes.length === 0) return accept([]);
  if (sensor.codec === undefined) {
    return refuse('undecodable-frame', `sensor ${sensor.id} has no codec in the registry`);
  }
  if (frame.fPort === undefined) {
    return refuse('undecodable-frame', 'byte 0: the network does not say on which port the frame came');
  }
  const measurements = decodeFrame(sensor.codec, Buffer.from(frame.bytes), frame.fPort);
  if (!measurements.ok) return measurements;
  const heardAt = frame.heardAt ?? receivedAt;
  const intervalSeconds = sensor.logIntervalSeconds ?? codecOf(sensor.codec).logIntervalSeconds ?? 0;
  return accept(
    measurements.value.map((measurement): Observation => {
      const { quantity, value, missing } = measurement;
      const measuredAt = momentOf(measurement, heardAt, intervalSeconds);
      return { quantity, value, measuredAt, ...(missing !== undefined && { missing }) };
    }),
  );
};

/** How a message names its device, for the person who reads why it was refused. */
const deviceName = (uplink: OpenedUplink): string =>
  uplink.envelope === 'city-json' ? `sensor ${quote(uplink.sensorId)}` : `device ${uplink.frame.devEui}`;

/**
 * The readings of an opened uplink from the sensor that the registry knows for it. All or nothing: an unknown or retired sensor,
 * an undecodable frame or one instant too far ahead refuses the message.
 */
export const readingsOf = (uplink: OpenedUplink, sensor: Sensor | undefined): Result<readonly Reading[]> => {
  const { receivedAt } = uplink;
  if (sensor === undefined) {
    const code = uplink.envelope === 'city-json' ? 'unknown-sensor' : 'unknown-device';
    return refuse(code, `${deviceName(uplink)} is not in the registry`);
  }
  if (sensor.status === 'retired') return refuse('unknown-sensor', `${deviceName(uplink)} is retired`);

  const observations =
    uplink.envelope === 'city-json' ? accept(uplink.observations) : observationsOf(uplink.frame, sensor, receivedAt);
  if (!observations.ok) return observations;
  const readings: Reading[] = [];
  for (const observation of observations.value) {
    const { quantity, value, measuredAt } = observation;
    if (isTooFarAhead(measuredAt, receivedAt)) {
      const reason = `${quantity} measured at ${showInstant(measuredAt)}, but received at ${showInstant(receivedAt)}`;
      return refuse('clock-ahead', reason);
    }
    const quality = assess(observation, receivedAt);
    readings.push({ sensorId: sensor.id, quantity, value, measuredAt, receivedAt, quality });
  }
  return accept(readings);
};
