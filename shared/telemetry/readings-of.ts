import type { Sensor } from '../city/entities.ts';
import type { Measurement } from './codecs/measurement.ts';
import { codecOf, decodeFrame } from './codecs/registry.ts';
import type { LorawanFrame } from './envelopes/lorawan-frame.ts';
import type { Observation } from './observation.ts';
import type { OpenedUplink } from './open-uplink.ts';
import { assess, isTooFarAhead } from './quality.ts';
import type { Reading } from './reading.ts';
import { accept, quote, type Result, refuse, showInstant } from './refusal.ts';
import { isScriptReference } from './scripted-codecs/scripted-codec.ts';

/** When a measurement was made: with the frame, unless the device says otherwise. `heardAt` is UTC epoch milliseconds. */
const momentOf = ({ measuredAt, intervalsAgo = 0 }: Measurement, heardAt: number, intervalSeconds: number): number =>
  measuredAt ?? heardAt - intervalsAgo * intervalSeconds * 1_000;

type Doubted = Observation & Pick<Measurement, 'doubt'>;

const observationsOf = (
  frame: LorawanFrame,
  sensor: Sensor,
  receivedAt: number,
  scripted: Result<readonly Measurement[]> | undefined,
): Result<readonly Doubted[]> => {
  if (frame.bytes.length === 0) return accept([]);
  if (sensor.codec === undefined) {
    return refuse('undecodable-frame', `sensor ${sensor.id} has no codec in the registry`);
  }
  if (frame.fPort === undefined) {
    return refuse('undecodable-frame', 'byte 0: the network does not say on which port the frame came');
  }
  const builtIn = isScriptReference(sensor.codec) ? undefined : sensor.codec;
  const measurements =
    builtIn === undefined
      ? (scripted ?? refuse('undecodable-frame', `codec ${sensor.codec} cannot be run here`))
      : decodeFrame(builtIn, Buffer.from(frame.bytes), frame.fPort);
  if (!measurements.ok) return measurements;
  const heardAt = frame.heardAt ?? receivedAt;
  const intervalSeconds = sensor.logIntervalSeconds ?? (builtIn && codecOf(builtIn).logIntervalSeconds) ?? 0;
  return accept(
    measurements.value.map((measurement): Doubted => {
      const { quantity, value, missing, doubt } = measurement;
      const measuredAt = momentOf(measurement, heardAt, intervalSeconds);
      return { quantity, value, measuredAt, ...(missing !== undefined && { missing }), ...(doubt && { doubt }) };
    }),
  );
};

/** How a message names its device, for the person who reads why it was refused. */
const deviceName = (uplink: OpenedUplink): string =>
  uplink.envelope === 'city-json' ? `sensor ${quote(uplink.sensorId)}` : `device ${uplink.frame.devEui}`;

/**
 * The readings of an opened uplink from the sensor that the registry knows for it. All or nothing: an unknown or retired sensor,
 * an undecodable frame or one instant too far ahead refuses the message. `scripted` is what the script says that is the sensor's codec.
 */
export const readingsOf = (
  uplink: OpenedUplink,
  sensor: Sensor | undefined,
  scripted?: Result<readonly Measurement[]>,
): Result<readonly Reading[]> => {
  const { receivedAt } = uplink;
  if (sensor === undefined) {
    const code = uplink.envelope === 'city-json' ? 'unknown-sensor' : 'unknown-device';
    return refuse(code, `${deviceName(uplink)} is not in the registry`);
  }
  if (sensor.status === 'retired') return refuse('unknown-sensor', `${deviceName(uplink)} is retired`);

  const observations: Result<readonly Doubted[]> =
    uplink.envelope === 'city-json'
      ? accept(uplink.observations)
      : observationsOf(uplink.frame, sensor, receivedAt, scripted);
  if (!observations.ok) return observations;
  const readings: Reading[] = [];
  for (const observation of observations.value) {
    const { quantity, value, measuredAt } = observation;
    if (isTooFarAhead(measuredAt, receivedAt)) {
      const reason = `${quantity} measured at ${showInstant(measuredAt)}, but received at ${showInstant(receivedAt)}`;
      return refuse('clock-ahead', reason);
    }
    const assessed = assess(observation, receivedAt);
    const quality =
      observation.doubt && assessed.flag === 1 ? ({ flag: 3, test: observation.doubt } as const) : assessed;
    readings.push({ sensorId: sensor.id, quantity, value, measuredAt, receivedAt, quality });
  }
  return accept(readings);
};
