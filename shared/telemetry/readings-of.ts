import type { Sensor } from '../city/entities.ts';
import { decodeMilesight } from './codecs/milesight.ts';
import type { LorawanFrame } from './envelopes/aws-lorawan.ts';
import type { Observation } from './observation.ts';
import type { OpenedUplink } from './open-uplink.ts';
import { assess, isTooFarAhead } from './quality.ts';
import type { Reading } from './reading.ts';
import { accept, quote, type Result, refuse, showInstant } from './refusal.ts';

const decodeFrame = (frame: LorawanFrame, sensor: Sensor, receivedAt: number): Result<readonly Observation[]> => {
  if (frame.bytes.length === 0) return accept([]);
  if (sensor.codec === undefined) {
    return refuse('undecodable-frame', `sensor ${sensor.id} has no codec in the registry`);
  }
  const measurements = decodeMilesight(sensor.codec, Buffer.from(frame.bytes));
  if (!measurements.ok) return measurements;
  // The frame carries no time of its own: the device measures and sends in one go.
  const measuredAt = frame.heardAt ?? receivedAt;
  return accept(measurements.value.map((measurement) => ({ ...measurement, measuredAt })));
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
    uplink.envelope === 'city-json' ? accept(uplink.observations) : decodeFrame(uplink.frame, sensor, receivedAt);
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
