import { parseArgs } from 'node:util';
import type { Observation } from '../../shared/telemetry/observation.ts';
import { assessObservations, type QualityState } from '../../shared/telemetry/qartod/assess-observations.ts';
import { sensorThresholds, type ThresholdOverrides } from '../../shared/telemetry/qartod/thresholds.ts';
import type { Quantity } from '../../shared/telemetry/quantity.ts';
import { readStationFile } from '../../shared/telemetry/station-files/read-station-file.ts';
import type { StationEntry } from '../../shared/telemetry/station-files/write-station-file.ts';
import { writeStationFile } from '../../shared/telemetry/station-files/write-station-file.ts';

/**
 * `node bench/telemetry/quality.ts [--observations 2000000] [--rounds 5]`: how many observations a second go through all QARTOD tests on one
 * core, all switched on for all quantities: a history in one call, and message by message with the state going through JSON text,
 * as a store keeps it. And how many lines of station files are read and written. Prints one JSON line with the medians.
 */
const { values } = parseArgs({
  options: {
    observations: { type: 'string', default: '2000000' },
    rounds: { type: 'string', default: '5' },
    sensors: { type: 'string', default: '500' },
  },
});
const total = Number(values.observations);
const rounds = Number(values.rounds);
const sensors = Number(values.sensors);

const quantities: readonly Quantity[] = ['pm25', 'pm10', 'no2', 'relativeHumidity'];
const everyTest = {
  spike: { suspect: 20, fail: 80, method: 'average' },
  rateOfChange: { suspectPerHour: 300, failPerHour: 900 },
  flatLine: { suspectSeconds: 14_400, failSeconds: 28_800, tolerance: 0.05 },
  gapSeconds: 7_200,
} as const;
const overrides: ThresholdOverrides = Object.fromEntries(quantities.map((quantity) => [quantity, everyTest]));
const thresholds = sensorThresholds(300, overrides);

/** A day that rises and falls, noise, a spike now and then, an hour stuck, and a value missing in a hundred. */
const valueAt = (step: number, channel: number, random: () => number): number | null => {
  if (random() < 0.01) return null;
  const day = 40 + 20 * Math.sin((step / 288) * 2 * Math.PI) + channel * 10;
  if (step % 288 > 250 && step % 288 < 262) return 40 + channel * 10;
  return Math.round((day + random() * 5 + (random() < 0.002 ? 300 : 0)) * 10) / 10;
};

/** Mulberry32: the same series in every run. */
const randomOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const START = Date.parse('2026-01-01T00:00:00Z');
const stepsPerSensor = Math.ceil(total / sensors / quantities.length);

/** For each sensor its messages, each with one observation of every quantity. */
const messagesOf = (sensor: number): readonly (readonly Observation[])[] => {
  const random = randomOf(sensor + 1);
  return Array.from({ length: stepsPerSensor }, (_, step) =>
    quantities.map((quantity, channel) => ({
      quantity,
      value: valueAt(step, channel, random),
      measuredAt: START + step * 300_000,
    })),
  );
};

const city = Array.from({ length: sensors }, (_, sensor) => messagesOf(sensor));
const histories = city.map((messages) => messages.flat());

const tally = { flagged: 0 };

const asHistories = (): number => {
  let done = 0;
  for (const history of histories) {
    const { qualities } = assessObservations(undefined, history, thresholds);
    for (const { flag } of qualities) if (flag === 3 || flag === 4) tally.flagged += 1;
    done += qualities.length;
  }
  return done;
};

/** Sensors take turns, as they do in a queue. */
const asMessages = (throughJson: boolean): number => {
  const states: (QualityState | string | undefined)[] = city.map(() => undefined);
  let done = 0;
  for (let step = 0; step < stepsPerSensor; step += 1) {
    for (const [sensor, messages] of city.entries()) {
      const kept = states[sensor];
      const given: QualityState | undefined = typeof kept === 'string' ? JSON.parse(kept) : kept;
      const { state, qualities } = assessObservations(given, messages[step] ?? [], thresholds);
      states[sensor] = throughJson ? JSON.stringify(state) : state;
      done += qualities.length;
    }
  }
  return done;
};

const stationSettings = { timeZone: 'Asia/Ho_Chi_Minh', kind: 'air' } as const;
const station = { province: 'BD', facility: 'BAUB', station: 'KHIBBA', at: START };
const files = Array.from({ length: 2_000 }, (_, step) =>
  (city[0]?.[step % stepsPerSensor] ?? []).map(
    (observation): StationEntry => ({ ...observation, measuredAt: START + step * 300_000, status: 'measuring' }),
  ),
);
const encoder = new TextEncoder();
const fileBytes = files.map((entries) => {
  const { name, text } = writeStationFile(station, entries, stationSettings);
  return { name, bytes: encoder.encode(text) };
});

const readFiles = (): number =>
  fileBytes.reduce((lines, { name, bytes }) => {
    const file = readStationFile(name, bytes, stationSettings);
    return lines + (file.ok ? file.value.readings.length : 0);
  }, 0);

const writeFiles = (): number =>
  files.reduce(
    (lines, entries) => lines + entries.length - writeStationFile(station, entries, stationSettings).omitted.length,
    0,
  );

/** Median of the rounds, the first of which only warms up. */
const perSecond = (work: () => number): number => {
  work();
  const rates = Array.from({ length: rounds }, () => {
    const from = performance.now();
    const done = work();
    return (done / (performance.now() - from)) * 1_000;
  });
  return Math.round(rates.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0);
};

const result = {
  observations: histories.reduce((sum, history) => sum + history.length, 0),
  historyPerSecond: perSecond(asHistories),
  messagesPerSecond: perSecond(() => asMessages(false)),
  messagesThroughJsonPerSecond: perSecond(() => asMessages(true)),
  flaggedShare: Math.round((tally.flagged / (rounds + 1) / histories.flat().length) * 1e4) / 1e4,
  stationLinesReadPerSecond: perSecond(readFiles),
  stationLinesWrittenPerSecond: perSecond(writeFiles),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
